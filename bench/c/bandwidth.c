/* Bytes that memory moves: memcpy of a block far larger than the caches, reads and writes counted. Usage: bandwidth RUNS */
#include "common.h"

int main(int argc, char **argv) {
  int runs = argc > 1 ? atoi(argv[1]) : 5;
  size_t bytes = 256u << 20;
  u8 *from = zeroed(bytes), *to = zeroed(bytes);
  double ms[64];
  u32 h = FNV_START;
  for (int r = 0; r < runs; r++) {
    memset(from, r + 1, 4096);
    double start = now_ms();
    memcpy(to, from, bytes);
    ms[r] = now_ms() - start;
    h = fnv(h, to, 1024);
  }
  report("memcpy", ms, runs, h, 2 * bytes);
  return 0;
}
