/*
 * The kernels over plain transfers, as fast as we can write them in C.
 * Usage: graph-kernels DIR RUNS [csr] [reach] [components]
 */
#include "common.h"

static size_t count, nodes, start_count;
static u32 *source, *destination, *starts;
static u32 *offset, *target, *transfer, *bucket, *order, *seen, *parent, *forest;

typedef struct { u32 from, to, id; } record;
static record *records;

#ifndef SHIFT
#define SHIFT 12
#endif
#define AHEAD 32
/* Pairs that are looked at together. */
#define BATCH 64

static void build_csr(void) {
  size_t buckets = ((nodes - 1) >> SHIFT) + 1;
  memset(bucket, 0, (buckets + 1) * 4);
  memset(offset, 0, (nodes + 1) * 4);
  for (size_t i = 0; i < count; i++) bucket[source[i] >> SHIFT]++;
  u32 sum = 0;
  for (size_t b = 0; b < buckets; b++) {
    u32 size = bucket[b];
    bucket[b] = sum;
    sum += size;
  }
  for (size_t i = 0; i < count; i++) {
    u32 from = source[i];
    records[bucket[from >> SHIFT]++] = (record){from, destination[i], (u32)i};
  }
  u32 first = 0;
  for (size_t b = 0; b < buckets; b++) {
    u32 end = bucket[b], node = b << SHIFT, node_end = (b + 1) << SHIFT > nodes ? nodes : (b + 1) << SHIFT;
    for (u32 i = first; i < end; i++) offset[records[i].from]++;
    u32 at = first;
    for (u32 n = node; n < node_end; n++) {
      u32 degree = offset[n];
      offset[n] = at;
      at += degree;
    }
    for (u32 i = first; i < end; i++) {
      u32 place = offset[records[i].from]++;
      target[place] = records[i].to;
      transfer[place] = records[i].id;
    }
    u32 start = first;
    for (u32 n = node; n < node_end; n++) {
      u32 next = offset[n];
      offset[n] = start;
      start = next;
    }
    first = end;
  }
  offset[nodes] = count;
}

static size_t reached;

static void reach(void) {
  memset(seen, 0, (nodes / 32 + 1) * 4);
  size_t n = 0;
  for (size_t i = 0; i < start_count; i++)
    if (!bit_at(seen, starts[i])) {
      set_bit(seen, starts[i]);
      order[n++] = starts[i];
    }
  for (size_t at = 0; at < n; at++) {
    /* Two steps ahead: where the list of a node begins, then the list. */
    if (at + 2 * AHEAD < n) __builtin_prefetch(&offset[order[at + 2 * AHEAD]]);
    if (at + AHEAD < n) __builtin_prefetch(&target[offset[order[at + AHEAD]]]);
    u32 node = order[at], end = offset[node + 1];
    for (u32 e = offset[node]; e < end; e++) {
      u32 to = target[e];
      if (!bit_at(seen, to)) {
        set_bit(seen, to);
        order[n++] = to;
      }
    }
  }
  reached = n;
}

static inline u32 root(u32 n) {
  u32 above = parent[n];
  while (above != n) {
    u32 higher = parent[above];
    if (higher == above) return above;
    parent[n] = higher;
    n = higher;
    above = parent[n];
  }
  return n;
}

static size_t found, joined;

static void components(void) {
  joined = 0;
  for (size_t n = 0; n < nodes; n++) parent[n] = n;
  u32 apart[BATCH];
  for (size_t at = 0; at < count;) {
    size_t wave = at + BATCH < count ? at + BATCH : count, aside = 0;
    for (size_t i = wave; i < wave + BATCH && i < count; i++) {
      __builtin_prefetch(&parent[source[i]]);
      __builtin_prefetch(&parent[destination[i]]);
    }
    for (; at < wave; at++) {
      apart[aside] = at;
      aside += parent[source[at]] != parent[destination[at]];
    }
    for (size_t k = 0; k < aside; k++) {
      u32 a = root(source[apart[k]]), b = root(destination[apart[k]]);
      if (a == b) continue;
      forest[joined++] = apart[k];
      if (a < b) parent[b] = a;
      else parent[a] = b;
    }
  }
  for (size_t n = 0; n < nodes; n++) parent[n] = parent[parent[n]];
  found = nodes - joined;
}

static void measure(const char *name, void (*kernel)(void), int runs) {
  double ms[64];
  /* The first run is not counted: it meets cold memory. */
  kernel();
  for (int r = 0; r < runs; r++) {
    double start = now_ms();
    kernel();
    ms[r] = now_ms() - start;
  }
  if (kernel == build_csr) {
    u32 h = fnv(FNV_START, offset, nodes + 1);
    report(name, ms, runs, fnv(fnv(h, target, count), transfer, count), count);
  } else if (kernel == reach) {
    u64 edges = 0;
    for (size_t i = 0; i < reached; i++) edges += offset[order[i] + 1] - offset[order[i]];
    report(name, ms, runs, fnv(FNV_START, order, reached), edges);
  } else {
    report(name, ms, runs, fnv(fnv(FNV_START, parent, nodes), forest, joined), found);
  }
}

int main(int argc, char **argv) {
  if (argc < 4) fail("usage", "graph-kernels DIR RUNS KERNEL...");
  const char *dir = argv[1];
  int runs = atoi(argv[2]);
  size_t n;
  source = column(dir, "source.u32", 4, &count);
  destination = column(dir, "destination.u32", 4, &n);
  starts = column(dir, "starts.u32", 4, &start_count);
  u32 *node_count = column(dir, "node-count.u32", 4, &n);
  nodes = *node_count;
  offset = zeroed((nodes + 1) * 4);
  target = zeroed(count * 4);
  transfer = zeroed(count * 4);
  bucket = zeroed(((nodes >> SHIFT) + 2) * 4);
  records = zeroed(count * sizeof(record));
  order = zeroed(nodes * 4);
  seen = zeroed((nodes / 32 + 1) * 4);
  parent = zeroed(nodes * 4);
  forest = zeroed((nodes < count ? nodes : count) * 4);
  for (int i = 3; i < argc; i++)
    if (!strcmp(argv[i], "reach")) {
      build_csr();
      break;
    }
  for (int i = 3; i < argc; i++) {
    if (!strcmp(argv[i], "csr")) measure("csr", build_csr, runs);
    else if (!strcmp(argv[i], "reach")) measure("reach", reach, runs);
    else if (!strcmp(argv[i], "components")) measure("components", components, runs);
    else fail("no such kernel", argv[i]);
  }
  return 0;
}
