/*
 * The passes over a slot graph, as fast as we can write them in C: the algorithms of the kernels, with prefetch.
 * Usage: slot-passes DIR RUNS [poison] [haircut] [fifo]
 */
#include "common.h"

static size_t slots, txs, ins, seeds, lot_seeds;
static u64 *value, *seed_total, *seed_amount;
static u32 *out_start, *in_start, *in_slot, *seed_slot, *seed_start;
static i32 *seed_source;
static u32 *bits;
static u64 *taint, overlap;
static u32 created, inside, most_outs;

#define AHEAD 24

static void load_seeds(const char *dir, const char *kind) {
  char name[64];
  size_t n;
  snprintf(name, sizeof name, "%s-seed-slot.u32", kind);
  seed_slot = column(dir, name, 4, &seeds);
  snprintf(name, sizeof name, "%s-seed-total.u64", kind);
  seed_total = column(dir, name, 8, &n);
  snprintf(name, sizeof name, "%s-seed-start.u32", kind);
  seed_start = column(dir, name, 4, &n);
  snprintf(name, sizeof name, "%s-seed-source.i32", kind);
  seed_source = column(dir, name, 4, &lot_seeds);
  snprintf(name, sizeof name, "%s-seed-amount.u64", kind);
  seed_amount = column(dir, name, 8, &n);
  for (inside = 0; inside < seeds && seed_slot[inside] < created; inside++);
}

static void clear(void) { memset(bits, 0, (slots / 32 + 1) * 4); }

static void poison(void) {
  clear();
  for (size_t k = 0; k < seeds; k++) set_bit(bits, seed_slot[k]);
  u32 from = 0, out = 0;
  for (size_t t = 0; t < txs; t++) {
    u32 to = in_start[t + 1], end = out_start[t + 1], any = 0;
    for (u32 i = from; i < to; i++) any |= bit_at(bits, in_slot[i]);
    if (any) {
      for (u32 s = out; s < end;) {
        u32 word = s >> 5, stop = (word + 1) << 5, mask = 0;
        if (stop > end) stop = end;
        for (; s < stop; s++) mask |= (u32)(value[s] != 0) << (s & 31);
        bits[word] |= mask;
      }
    }
    from = to;
    out = end;
  }
}

static u64 *rests;
static u32 *heap;

static inline int ranks(u32 a, u32 b) { return rests[a] == rests[b] ? a < b : rests[a] > rests[b]; }

static void sink(u32 at, u32 n) {
  u32 moved = heap[at];
  for (;;) {
    u32 child = 2 * at + 1;
    if (child >= n) break;
    if (child + 1 < n && ranks(heap[child + 1], heap[child])) child++;
    if (!ranks(heap[child], moved)) break;
    heap[at] = heap[child];
    at = child;
  }
  heap[at] = moved;
}

static inline void give(u64 units, u32 out, u32 n) {
  if (n > 12) {
    for (u32 i = 0; i < n; i++) heap[i] = i;
    for (u32 i = n / 2; i-- > 0;) sink(i, n);
    while (units--) {
      taint[out + heap[0]]++;
      heap[0] = heap[--n];
      sink(0, n);
    }
    return;
  }
  while (units--) {
    u32 best = 0;
    for (u32 i = 1; i < n; i++) best = rests[i] > rests[best] ? i : best;
    rests[best] = 0;
    taint[out + best]++;
  }
}

/* Below this total a share by floats, to the nearest, is right or one too high; the kernel says why. */
#define FLOAT_SURE (1ull << 50)

static inline u64 nearest(u64 weight, double ratio) {
  double shifted = (double)(i64)weight * ratio + 4503599627370496.0;
  u64 word;
  memcpy(&word, &shifted, 8);
  return word & ((1ull << 52) - 1);
}

/* Most transactions: a payment, its change, its fee. Without a branch. */
static inline int share_among_three(u64 total, u32 out) {
  u64 wa = value[out], wb = value[out + 1], whole = wa + wb + value[out + 2];
  if (whole >= FLOAT_SURE) return 0;
  double ratio = (double)(i64)total / (double)(i64)whole;
  u64 a = nearest(wa, ratio), b = nearest(wb, ratio);
  i64 ra = (i64)(total * wa - a * whole), rb = (i64)(total * wb - b * whole), high_a = ra >> 63, high_b = rb >> 63;
  a += high_a;
  b += high_b;
  ra += whole & high_a;
  rb += whole & high_b;
  i64 sum = ra + rb;
  int units = (sum > 0) + (sum > (i64)whole);
  i64 rc = (i64)whole * units - sum;
  a += (rb > ra) + (rc > ra) < units;
  b += (ra >= rb) + (rc > rb) < units;
  taint[out] = a;
  taint[out + 1] = b;
  taint[out + 2] = total - a - b;
  return 1;
}

static inline void share(u64 total, u32 out, u32 end) {
  if (end - out == 1) {
    taint[out] = total;
    return;
  }
  if (end - out == 3 && share_among_three(total, out)) return;
  u64 whole = 0;
  for (u32 s = out; s < end; s++) whole += value[s];
  if (total == whole) {
    for (u32 s = out; s < end; s++) taint[s] = value[s];
    return;
  }
  u64 left = total, sum = 0, wraps = 0;
  u32 last = end - 1;
  if (whole < FLOAT_SURE) {
    double ratio = (double)(i64)total / (double)(i64)whole;
    for (u32 s = out; s < last; s++) {
      u64 w = value[s], q = nearest(w, ratio);
      i64 r = (i64)(total * w - q * whole), high = r >> 63;
      q += high;
      r += whole & high;
      taint[s] = q;
      rests[s - out] = r;
      left -= q;
      sum += r;
      if (sum >= whole) sum -= whole, wraps++;
    }
  } else {
    for (u32 s = out; s < last; s++) {
      unsigned __int128 p = (unsigned __int128)total * value[s];
      u64 q = (u64)(p / whole), r = (u64)(p - (unsigned __int128)q * whole);
      taint[s] = q;
      rests[s - out] = r;
      left -= q;
      if (r >= whole - sum) sum -= whole - r, wraps++;
      else sum += r;
    }
  }
  u64 units = wraps + (sum != 0);
  taint[last] = left - units;
  rests[last - out] = sum ? whole - sum : 0;
  if (units) give(units, out, end - out);
}

static void seed_outside(void) {
  overlap = 0;
  memset(taint + created, 0, (slots - created) * 8);
  for (size_t k = inside; k < seeds; k++) taint[seed_slot[k]] = seed_total[k];
}

static void haircut(void) {
  seed_outside();
  u32 from = 0, out = 0, k = 0, next = inside ? seed_slot[0] : UINT32_MAX;
  for (size_t t = 0; t < txs; t++) {
    u32 to = in_start[t + 1], end = out_start[t + 1];
    u64 total = 0;
    for (; from < to; from++) {
      __builtin_prefetch(&taint[in_slot[from + AHEAD < ins ? from + AHEAD : ins - 1]]);
      total += taint[in_slot[from]];
    }
    if (!total) {
      for (u32 s = out; s < end; s++) taint[s] = 0;
    } else {
      share(total, out, end);
    }
    while (next < end) {
      u64 room = value[next] - taint[next], placed = seed_total[k] < room ? seed_total[k] : room;
      overlap += seed_total[k] - placed;
      taint[next] += placed;
      k++;
      next = k < inside ? seed_slot[k] : UINT32_MAX;
    }
    out = end;
  }
}

typedef struct { u64 amount; i32 source, pad; } lot;
#define CLEAN (-1)
#define NONE (-2)
static lot *lots;
static u32 *lot_start, outside_lots, lot_count;
/* Address space for the lots; pages are taken when they are first written. */
#define LOT_SPACE (6ull << 30)

static inline u32 place_of(u32 s) { return s + (s >= created); }

static void lay_outside(void) {
  u32 n = 0;
  size_t k = inside;
  for (u32 s = created; s < slots; s++) {
    lot_start[s + 1] = n;
    if (k < seeds && seed_slot[k] == s) {
      u64 rest = value[s] - seed_total[k];
      for (u32 l = seed_start[k]; l < seed_start[k + 1]; l++) lots[n++] = (lot){seed_amount[l], seed_source[l], 0};
      if (rest) lots[n++] = (lot){rest, CLEAN, 0};
      k++;
    }
  }
  lot_start[slots + 1] = n;
  outside_lots = n;
}

static lot *lay(lot *start, lot *end, i32 source, u64 amount) {
  if (end > start && end[-1].source == source) {
    end[-1].amount += amount;
    return end;
  }
  *end = (lot){amount, source, 0};
  return end + 1;
}

static lot *claim(u32 slot, lot *start, lot *end, u32 k) {
  lot *from = start, *stop = end;
  if (start == end) {
    from = end;
    *end = (lot){value[slot], CLEAN, 0};
    stop = end + 1;
  }
  lot *line = stop, *next = stop;
  u32 l = seed_start[k], last = seed_start[k + 1];
  u64 unplaced = seed_amount[l], traced = 0;
  for (; from < stop; from++) {
    u64 open = from->amount;
    if (from->source != CLEAN) {
      next = lay(line, next, from->source, open);
      traced += open;
      continue;
    }
    while (open && l < last) {
      u64 taken = open < unplaced ? open : unplaced;
      next = lay(line, next, seed_source[l], taken);
      traced += taken;
      open -= taken;
      unplaced -= taken;
      if (!unplaced && ++l < last) unplaced = seed_amount[l];
    }
    if (open) next = lay(line, next, CLEAN, open);
  }
  while (l < last) {
    overlap += unplaced;
    if (++l < last) unplaced = seed_amount[l];
  }
  taint[slot] = traced;
  memmove(start, line, (u8 *)next - (u8 *)line);
  return start + (next - line);
}

static void fifo(void) {
  seed_outside();
  clear();
  for (size_t k = inside; k < seeds; k++) set_bit(bits, seed_slot[k]);
  lay_outside();
  lot *next = lots + outside_lots;
  u32 from = 0, out = 0, k = 0, next_seed = inside ? seed_slot[0] : UINT32_MAX, ahead = 0;
  lot_start[0] = outside_lots;
  for (size_t t = 0; t < txs; t++) {
    u32 to = in_start[t + 1], end = out_start[t + 1], any = 0;
    /* Two steps ahead: first where the lots of a slot begin, then the lots. */
    for (; ahead < to + AHEAD && ahead < ins; ahead++) {
      u32 far = in_slot[ahead + AHEAD < ins ? ahead + AHEAD : ins - 1], near = in_slot[ahead];
      if (bit_at(bits, far)) __builtin_prefetch(&lot_start[place_of(far)]);
      if (bit_at(bits, near)) __builtin_prefetch(&lots[lot_start[place_of(near)]]);
    }
    for (u32 i = from; i < to; i++) any |= bit_at(bits, in_slot[i]);
    if (!any && next_seed >= end) {
      u32 index = next - lots;
      for (u32 s = out; s < end; s++) lot_start[s] = index, taint[s] = 0;
      lot_start[end] = index;
      from = to;
      out = end;
      continue;
    }
    lot *in = 0, *in_end = 0;
    u64 left = 0;
    i32 source = CLEAN;
    for (u32 s = out; s < end; s++) {
      lot *start = next;
      u64 open = value[s], traced = 0, laid = 0;
      i32 laid_source = NONE;
      while (open) {
        while (!left) {
          if (in < in_end) {
            left = in->amount;
            source = in->source;
            in++;
          } else {
            u32 into = in_slot[from++];
            if (bit_at(bits, into)) {
              in = lots + lot_start[place_of(into)];
              in_end = lots + lot_start[place_of(into) + 1];
            } else {
              left = value[into];
              source = CLEAN;
            }
          }
        }
        u64 taken = left < open ? left : open;
        left -= taken;
        open -= taken;
        traced += source == CLEAN ? 0 : taken;
        if (source == laid_source) {
          laid += taken;
        } else {
          if (laid_source != NONE) *next++ = (lot){laid, laid_source, 0};
          laid_source = source;
          laid = taken;
        }
      }
      if (traced) {
        *next++ = (lot){laid, laid_source, 0};
        set_bit(bits, s);
      } else {
        next = start;
      }
      lot_start[s] = start - lots;
      taint[s] = traced;
      if (s == next_seed) {
        next = claim(s, start, next, k);
        set_bit(bits, s);
        k++;
        next_seed = k < inside ? seed_slot[k] : UINT32_MAX;
      }
    }
    lot_start[end] = next - lots;
    from = to;
    out = end;
  }
  lot_count = next - lots;
}

/* Starts, sources, amounts in the order of the slots, as the kernels give them. */
static u32 check_fifo(void) {
  u32 h = fnv(FNV_START, taint, slots * 2);
  for (u32 s = 0; s < created; s++) h = (h ^ (lot_start[s] - outside_lots)) * 16777619u;
  for (u32 s = created; s < slots; s++) h = (h ^ (lot_start[s + 1] + lot_count - outside_lots)) * 16777619u;
  h = (h ^ lot_count) * 16777619u;
  for (u32 i = 0; i < lot_count; i++) {
    u32 l = i + outside_lots < lot_count ? i + outside_lots : i + outside_lots - lot_count;
    h = (h ^ (u32)lots[l].source) * 16777619u;
  }
  for (u32 i = 0; i < lot_count; i++) {
    u32 l = i + outside_lots < lot_count ? i + outside_lots : i + outside_lots - lot_count;
    h = fnv(h, &lots[l].amount, 2);
  }
  return h;
}

static void measure(const char *name, void (*pass)(void), int runs) {
  double ms[64];
  /* The first run is not counted: it meets cold memory. */
  pass();
  for (int r = 0; r < runs; r++) {
    double start = now_ms();
    pass();
    ms[r] = now_ms() - start;
  }
  if (pass == poison) report(name, ms, runs, fnv(FNV_START, bits, (slots + 31) / 32), 0);
  else if (pass == haircut) report(name, ms, runs, fnv(FNV_START, taint, slots * 2), overlap);
  else report(name, ms, runs, check_fifo(), lot_count);
}

int main(int argc, char **argv) {
  if (argc < 4) fail("usage", "slot-passes DIR RUNS KERNEL...");
  const char *dir = argv[1];
  int runs = atoi(argv[2]);
  size_t n;
  value = column(dir, "value.u64", 8, &slots);
  out_start = column(dir, "out-start.u32", 4, &n);
  in_start = column(dir, "in-start.u32", 4, &n);
  in_slot = column(dir, "in-slot.u32", 4, &ins);
  txs = n - 1;
  created = out_start[txs];
  for (size_t t = 0; t < txs; t++)
    if (out_start[t + 1] - out_start[t] > most_outs) most_outs = out_start[t + 1] - out_start[t];
  bits = zeroed((slots / 32 + 1) * 4);
  taint = zeroed(slots * 8);
  rests = zeroed(most_outs * 8 + 64);
  heap = zeroed(most_outs * 4 + 64);
  lot_start = zeroed((slots + 2) * 4);
  lots = mmap(0, LOT_SPACE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (lots == MAP_FAILED) fail("no memory", "lots");
  for (int i = 3; i < argc; i++) {
    int is_fifo = !strcmp(argv[i], "fifo");
    load_seeds(dir, is_fifo ? "lots" : "taint");
    if (is_fifo) measure("fifo", fifo, runs);
    else if (!strcmp(argv[i], "haircut")) measure("haircut", haircut, runs);
    else if (!strcmp(argv[i], "poison")) measure("poison", poison, runs);
    else fail("no such kernel", argv[i]);
  }
  return 0;
}
