/** Moments as people of several time zones write them: a wall clock and its zone, and the instant that both mean. Pure. */

/** The instant of `2026-12-01T09:00` in a zone. Where clocks are put forward over it, the time that they show instead. */
export function instantIn(zone: string, local: string): string {
  const wall = Date.parse(`${local.slice(0, 16)}:00Z`)
  const first = wall - offsetAt(zone, wall)
  // The offset that holds at that instant; it differs where clocks change in between.
  return new Date(wall - offsetAt(zone, first)).toISOString()
}

/** What a clock in this zone shows at an instant, as a field takes it. */
export function localIn(zone: string, at: string | number): string {
  const instant = new Date(at).getTime()
  return new Date(instant + offsetAt(zone, instant)).toISOString().slice(0, 16)
}

function offsetAt(zone: string, instant: number): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit' },
    ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
  }).formatToParts(instant)
  const of = (type: string) => Number(parts.find((one) => one.type === type)?.value)
  const shown = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'))
  return shown - Math.floor(instant / 1000) * 1000
}
