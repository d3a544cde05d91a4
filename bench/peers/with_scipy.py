"""scipy.sparse.csgraph: build, reach from one start, weak components."""
import numpy
from common import FOLDER, RUNS, peak, report, timed
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import breadth_first_order, connected_components

before = peak()
source = numpy.fromfile(f"{FOLDER}/source.u32", dtype=numpy.uint32).astype(numpy.int32)
destination = numpy.fromfile(f"{FOLDER}/destination.u32", dtype=numpy.uint32).astype(numpy.int32)
nodes = int(numpy.fromfile(f"{FOLDER}/node-count.u32", dtype=numpy.uint32)[0])
start = int(numpy.fromfile(f"{FOLDER}/starts.u32", dtype=numpy.uint32)[0])
ones = numpy.ones(len(source), dtype=numpy.float64)

runs = [timed(lambda: csr_matrix((ones, (source, destination)), shape=(nodes, nodes))) for _ in range(RUNS)]
matrix = runs[-1][0]
report("csr", [ms for _, ms in runs], len(source), bytes=peak() - before)

search = lambda: breadth_first_order(matrix, start, directed=True, return_predecessors=False)
runs = [timed(search) for _ in range(RUNS)]
report("reach", [ms for _, ms in runs], len(runs[0][0]))

runs = [timed(lambda: connected_components(matrix, directed=True, connection="weak")[0]) for _ in range(RUNS)]
report("components", [ms for _, ms in runs], int(runs[0][0]))
