"""Python without any package: reach over lists of lists, union-find, exact haircut with its own integers."""
from common import column, report, timed

source = column("source.u32", "I")
destination = column("destination.u32", "I")
nodes = column("node-count.u32", "I")[0]
start = column("starts.u32", "I")[0]


def build():
    lists = [[] for _ in range(nodes)]
    for left, right in zip(source, destination):
        lists[left].append(right)
    return lists


lists, build_ms = timed(build)
report("csr", [build_ms], len(source))


def reach():
    seen = bytearray(nodes)
    seen[start] = 1
    order = [start]
    for node in order:
        for to in lists[node]:
            if not seen[to]:
                seen[to] = 1
                order.append(to)
    return order


order, reach_ms = timed(reach)
report("reach", [reach_ms], len(order))
del lists


def components():
    parent = list(range(nodes))
    found = nodes
    for left, right in zip(source, destination):
        while parent[left] != left:
            parent[left] = parent[parent[left]]
            left = parent[left]
        while parent[right] != right:
            parent[right] = parent[parent[right]]
            right = parent[right]
        if left != right:
            found -= 1
            if left < right:
                parent[right] = left
            else:
                parent[left] = right
    return found


found, components_ms = timed(components)
report("components", [components_ms], found)

value = column("value.u64", "Q").tolist()
out_start = column("out-start.u32", "I")
in_start = column("in-start.u32", "I")
in_slot = column("in-slot.u32", "I").tolist()
seeds = dict(zip(column("taint-seed-slot.u32", "I"), column("taint-seed-total.u64", "Q")))


def haircut():
    taint = [0] * len(value)
    for slot, amount in seeds.items():
        taint[slot] = amount
    for tx in range(len(out_start) - 1):
        total = 0
        for at in range(in_start[tx], in_start[tx + 1]):
            total += taint[in_slot[at]]
        if not total:
            continue
        first, end = out_start[tx], out_start[tx + 1]
        weights = value[first:end]
        whole = sum(weights)
        shares = [divmod(total * weight, whole) for weight in weights]
        amounts = [quotient for quotient, _ in shares]
        left = total - sum(amounts)
        if left:
            ranked = sorted(range(len(shares)), key=lambda at: (-shares[at][1], at))
            for at in ranked[:left]:
                amounts[at] += 1
        for at, amount in enumerate(amounts):
            slot = first + at
            taint[slot] = min(weights[at], amount + seeds[slot]) if slot in seeds else amount
    return taint


taint, haircut_ms = timed(haircut)
mask = 2**32 - 1
checksum = 2166136261
for amount in taint:
    checksum = ((checksum ^ (amount & mask)) * 16777619) & mask
    checksum = ((checksum ^ (amount >> 32)) * 16777619) & mask
report("haircut", [haircut_ms], len(value), checksum=checksum)
