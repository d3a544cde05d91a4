import { bitAt, setBit, u32At, u64At } from './columns'

/**
 * Poison in chain order, for the transactions from `first` to `stop`. `bits` holds the seeds when the first one is
 * passed, and every traced slot after the last one.
 */
export function poison(first: u32, stop: u32, outStart: usize, inStart: usize, inSlot: usize, value: usize, bits: usize): void {
  let from = u32At(inStart, first)
  let out = u32At(outStart, first)
  for (let tx = first; tx < stop; tx++) {
    const to = u32At(inStart, tx + 1)
    const end = u32At(outStart, tx + 1)
    let any: u32 = 0
    for (let at = from; at < to; at++) any |= bitAt(bits, u32At(inSlot, at))
    if (any != 0) markOuts(out, end, value, bits)
    from = to
    out = end
  }
}

/** Out-slots stand side by side, so that up to 32 of them are marked with one write. Nothing cannot be traced. */
// @ts-ignore: decorator
@inline function markOuts(out: u32, end: u32, value: usize, bits: usize): void {
  while (out < end) {
    const word = out >> 5
    const wordEnd = min(end, (word + 1) << 5)
    let mask: u32 = 0
    while (out < wordEnd) {
      mask |= u32(u64At(value, out) != 0) << (out & 31)
      out++
    }
    const place = bits + (<usize>word << 2)
    store<u32>(place, load<u32>(place) | mask)
  }
}

export function markSlots(bits: usize, slots: usize, count: u32): void {
  for (let at: u32 = 0; at < count; at++) setBit(bits, u32At(slots, at))
}
