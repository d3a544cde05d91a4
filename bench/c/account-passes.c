/*
 * Haircut and FIFO over the transfers of accounts, as fast as we can write them in C: the algorithms of the kernels, with
 * prefetch. Usage: account-passes DIR RUNS [accountHaircut] [accountFifo]
 */
#include "common.h"

#define AHEAD 32
#define NEAR 12
#define CLEAN (-1)

typedef struct {
  u64 balance;
  union {
    u64 traced;
    struct {
      u32 head, tail;
    };
  };
} account;

typedef struct {
  u64 amount;
  i32 source;
  u32 next;
} lot;

static size_t count, nodes, seed_count;
static u32 *source, *destination, *seeds, *seeded;
static i32 *seed_source, *label;
static u64 *amount, root_units, missing;
static account *accounts;
static lot *lots;
static u32 next_lot, free_lot;

static void start(void) {
  memset(accounts, 0, nodes * sizeof(account));
  root_units = missing = 0;
  next_lot = 1;
  free_lot = 0;
}

/* Below this balance a share by floats, to the nearest, is right or one too high; the kernel says why. */
#define FLOAT_SURE (1ull << 50)

static inline u64 share(u64 paid, u64 balance, u64 traced) {
  u64 quotient, rest;
  if (balance < FLOAT_SURE) {
    double shifted = (double)(i64)paid * ((double)(i64)traced / (double)(i64)balance) + 4503599627370496.0;
    memcpy(&quotient, &shifted, 8);
    quotient &= (1ull << 52) - 1;
    i64 left = (i64)(paid * traced - quotient * balance), high = left >> 63;
    quotient += high;
    rest = (u64)(left + ((i64)balance & high));
  } else {
    unsigned __int128 product = (unsigned __int128)paid * traced;
    quotient = (u64)(product / balance);
    rest = (u64)(product % balance);
  }
  return quotient + (rest != 0 && rest >= balance - rest);
}

static void account_haircut(void) {
  start();
  for (size_t at = 0; at < count; at++) {
    if (at + AHEAD < count) {
      __builtin_prefetch(&accounts[source[at + AHEAD]], 1);
      __builtin_prefetch(&accounts[destination[at + AHEAD]], 1);
    }
    u32 payer = source[at], payee = destination[at];
    u64 paid = amount[at];
    if (payer == payee || paid == 0) continue;
    account *from = &accounts[payer], *to = &accounts[payee];
    u64 carried = from->traced;
    if (paid < from->balance) {
      if (carried) carried = share(paid, from->balance, carried);
      from->balance -= paid;
    } else {
      missing += paid - from->balance;
      from->balance = 0;
    }
    from->traced -= carried;
    if (bit_at(seeded, payer)) {
      root_units += paid - carried;
      carried = paid;
    }
    to->balance += paid;
    to->traced += carried;
  }
}

static inline void release(u32 which) {
  lots[which].next = free_lot;
  free_lot = which;
}

static inline u32 take(u64 units, i32 owner) {
  u32 which = free_lot;
  if (which) free_lot = lots[which].next;
  else which = next_lot++;
  lots[which] = (lot){units, owner, 0};
  return which;
}

static inline void arrive(account *to, u64 units, i32 owner, u32 own) {
  u64 balance = to->balance;
  to->balance = balance + units;
  if (to->tail == 0) {
    if (owner == CLEAN) {
      if (own) release(own);
      return;
    }
    if (balance) to->head = to->tail = take(balance, CLEAN);
  } else if (lots[to->tail].source == owner) {
    lots[to->tail].amount += units;
    if (own) release(own);
    return;
  }
  if (!own) own = take(units, owner);
  else {
    lots[own].source = owner;
    lots[own].next = 0;
  }
  if (to->tail == 0) to->head = own;
  else lots[to->tail].next = own;
  to->tail = own;
}

static void account_fifo(void) {
  start();
  for (size_t at = 0; at < count; at++) {
    if (at + AHEAD < count) {
      __builtin_prefetch(&accounts[source[at + AHEAD]], 1);
      __builtin_prefetch(&accounts[destination[at + AHEAD]], 1);
      __builtin_prefetch(&lots[accounts[source[at + NEAR]].head], 1);
      __builtin_prefetch(&lots[accounts[destination[at + NEAR]].tail], 1);
    }
    u32 payer = source[at], payee = destination[at];
    u64 paid = amount[at];
    if (payer == payee || paid == 0) continue;
    account *from = &accounts[payer], *to = &accounts[payee];
    u64 short_of = paid > from->balance ? paid - from->balance : 0;
    missing += short_of;
    from->balance += short_of - paid;
    i32 clean = bit_at(seeded, payer) ? label[payer] : CLEAN;
    u32 head = from->head;
    if (head == 0) {
      if (clean != CLEAN) root_units += paid;
      arrive(to, paid, clean, 0);
      continue;
    }
    u64 left = paid;
    while (head && left) {
      lot *one = &lots[head];
      i32 owner = one->source;
      u64 taken = one->amount < left ? one->amount : left;
      left -= taken;
      if (owner == CLEAN && clean != CLEAN) {
        root_units += taken;
        owner = clean;
      }
      if (taken == one->amount) {
        u32 next = one->next;
        arrive(to, taken, owner, head);
        head = next;
      } else {
        one->amount -= taken;
        arrive(to, taken, owner, 0);
      }
    }
    if (left) {
      if (clean != CLEAN) root_units += left;
      arrive(to, left, clean, 0);
    }
    if (head && lots[head].next == 0 && lots[head].source == CLEAN) {
      release(head);
      head = 0;
    }
    from->head = head;
    if (!head) from->tail = 0;
  }
}

/* Balances; then what is traced of each (haircut), or the lots of each (FIFO): owners, then amounts. */
static u32 answer(int fifo) {
  u32 h = FNV_START;
  for (size_t n = 0; n < nodes; n++) h = fnv(h, &accounts[n].balance, 2);
  if (!fifo) {
    for (size_t n = 0; n < nodes; n++) h = fnv(h, &accounts[n].traced, 2);
    return h;
  }
  for (size_t n = 0; n < nodes; n++)
    for (u32 one = accounts[n].head; one; one = lots[one].next) h = fnv(h, &lots[one].source, 1);
  for (size_t n = 0; n < nodes; n++)
    for (u32 one = accounts[n].head; one; one = lots[one].next) h = fnv(h, &lots[one].amount, 2);
  return h;
}

static void measure(const char *name, void (*kernel)(void), int runs) {
  double ms[64];
  kernel();
  for (int r = 0; r < runs; r++) {
    double begun = now_ms();
    kernel();
    ms[r] = now_ms() - begun;
  }
  report(name, ms, runs, answer(kernel == account_fifo), root_units);
}

int main(int argc, char **argv) {
  if (argc < 4) fail("usage", "account-passes DIR RUNS KERNEL...");
  const char *dir = argv[1];
  int runs = atoi(argv[2]);
  size_t n;
  source = column(dir, "source.u32", 4, &count);
  destination = column(dir, "destination.u32", 4, &n);
  amount = column(dir, "amount.u64", 8, &n);
  seeds = column(dir, "account-seeds.u32", 4, &seed_count);
  seed_source = column(dir, "account-seed-sources.i32", 4, &n);
  u32 *node_count = column(dir, "node-count.u32", 4, &n);
  nodes = *node_count;
  accounts = zeroed(nodes * sizeof(account));
  seeded = zeroed((nodes / 32 + 1) * 4);
  label = zeroed(nodes * 4);
  /* At most three lots for a transfer; pages that are not touched cost nothing. */
  lots = mmap(0, (3 * count + 64) * sizeof(lot), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (lots == MAP_FAILED) fail("no memory", "lots");
  for (size_t k = 0; k < seed_count; k++) {
    set_bit(seeded, seeds[k]);
    label[seeds[k]] = seed_source[k];
  }
  for (int i = 3; i < argc; i++) {
    if (!strcmp(argv[i], "accountHaircut")) measure(argv[i], account_haircut, runs);
    else if (!strcmp(argv[i], "accountFifo")) measure(argv[i], account_fifo, runs);
    else fail("no such kernel", argv[i]);
  }
  return 0;
}
