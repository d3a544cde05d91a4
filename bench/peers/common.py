"""What the peers in Python share: columns from files, a clock, the memory of the process, results as JSON lines."""
import array
import json
import os
import sys
import time

FOLDER = sys.argv[1]
RUNS = int(sys.argv[2])


def column(name, kind):
    """A column as an array of the standard library: kind 'I' for 32 bits, 'Q' for 64."""
    items = array.array(kind)
    path = os.path.join(FOLDER, name)
    with open(path, "rb") as file:
        items.fromfile(file, os.path.getsize(path) // items.itemsize)
    return items


def peak():
    """The most bytes of memory that this process has held so far."""
    # ru_maxrss of getrusage is inherited from the process that started this one; VmHWM is not.
    with open("/proc/self/status") as file:
        for line in file:
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024


def timed(work):
    start = time.perf_counter()
    value = work()
    return value, (time.perf_counter() - start) * 1000


def report(kernel, ms, count, **more):
    print(json.dumps({"kernel": kernel, "ms": ms, "count": count, **more}), flush=True)
