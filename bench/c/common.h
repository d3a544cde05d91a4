/* What the C programs share: columns from files, a clock, checksums, results as JSON lines. */
#ifndef COMMON_H
#define COMMON_H
#define _GNU_SOURCE
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

typedef uint8_t u8;
typedef uint32_t u32;
typedef int32_t i32;
typedef uint64_t u64;
typedef int64_t i64;

static inline double now_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

static void fail(const char *what, const char *which) {
  fprintf(stderr, "%s: %s\n", what, which);
  exit(1);
}

static void *space(size_t bytes) {
  void *p = aligned_alloc(64, (bytes + 127) / 64 * 64);
  if (!p) fail("no memory", "");
  return p;
}

static void *zeroed(size_t bytes) {
  void *p = space(bytes);
  memset(p, 0, (bytes + 127) / 64 * 64);
  return p;
}

/* The column DIR/NAME; *count is its number of items of `size` bytes. */
__attribute__((unused)) static void *column(const char *dir, const char *name, size_t size, size_t *count) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", dir, name);
  FILE *f = fopen(path, "rb");
  if (!f) fail("cannot read", path);
  fseek(f, 0, SEEK_END);
  size_t bytes = ftell(f);
  fseek(f, 0, SEEK_SET);
  u8 *p = space(bytes + 64);
  if (bytes && fread(p, 1, bytes, f) != bytes) fail("short read", path);
  memset(p + bytes, 0, 64);
  fclose(f);
  *count = bytes / size;
  return p;
}

/* FNV-1a over words of 32 bits. */
#define FNV_START 2166136261u
static u32 fnv(u32 h, const void *data, size_t words) {
  const u32 *w = data;
  for (size_t i = 0; i < words; i++) h = (h ^ w[i]) * 16777619u;
  return h;
}

static void report(const char *kernel, const double *ms, int runs, u32 checksum, u64 count) {
  printf("{\"kernel\":\"%s\",\"ms\":[", kernel);
  for (int i = 0; i < runs; i++) printf("%s%.3f", i ? "," : "", ms[i]);
  printf("],\"checksum\":%u,\"count\":%llu}\n", checksum, (unsigned long long)count);
  fflush(stdout);
}

static inline u32 bit_at(const u32 *bits, u32 i) { return bits[i >> 5] >> (i & 31) & 1; }
static inline void set_bit(u32 *bits, u32 i) { bits[i >> 5] |= 1u << (i & 31); }
#endif
