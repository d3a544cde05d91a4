"""igraph: build, reach from one start, weak components. The pairs come as a NumPy array, which spares a Python list."""
import igraph
import numpy
from common import FOLDER, RUNS, peak, report, timed

before = peak()
source = numpy.fromfile(f"{FOLDER}/source.u32", dtype=numpy.uint32)
destination = numpy.fromfile(f"{FOLDER}/destination.u32", dtype=numpy.uint32)
nodes = int(numpy.fromfile(f"{FOLDER}/node-count.u32", dtype=numpy.uint32)[0])
start = int(numpy.fromfile(f"{FOLDER}/starts.u32", dtype=numpy.uint32)[0])
pairs = numpy.stack([source, destination], axis=1).astype(numpy.int64)
del source, destination

graph, build_ms = timed(lambda: igraph.Graph(n=nodes, edges=pairs, directed=True))
report("csr", [build_ms], graph.ecount(), bytes=peak() - before)
del pairs

runs = [timed(lambda: graph.subcomponent(start, mode="out")) for _ in range(RUNS)]
report("reach", [ms for _, ms in runs], len(runs[0][0]))

runs = [timed(lambda: len(graph.connected_components(mode="weak"))) for _ in range(RUNS)]
report("components", [ms for _, ms in runs], runs[0][0])
