"""networkx: build, reach from one start, weak components. For a part of the graph: it takes hundreds of bytes an edge."""
import networkx
from common import column, peak, report, timed

before = peak()
source = column("source.u32", "I")
destination = column("destination.u32", "I")
nodes = column("node-count.u32", "I")[0]
start = column("starts.u32", "I")[0]


def build():
    graph = networkx.DiGraph()
    graph.add_nodes_from(range(nodes))
    graph.add_edges_from(zip(source, destination))
    return graph


graph, build_ms = timed(build)
report("csr", [build_ms], len(source), bytes=peak() - before)
reached, reach_ms = timed(lambda: networkx.descendants(graph, start))
report("reach", [reach_ms], len(reached) + 1)
found, components_ms = timed(lambda: networkx.number_weakly_connected_components(graph))
report("components", [components_ms], found)
