import { bitAt, setBit, u32At, u64At } from './columns'

/** Poison in chain order. `bits` holds the seeds when it starts, and every traced slot when it ends. */
export function poison(txCount: u32, outStart: usize, inStart: usize, inSlot: usize, value: usize, bits: usize): void {
  let from: u32 = 0
  let out: u32 = 0
  for (let tx: u32 = 0; tx < txCount; tx++) {
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
    const stop = min(end, (word + 1) << 5)
    let mask: u32 = 0
    while (out < stop) {
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
