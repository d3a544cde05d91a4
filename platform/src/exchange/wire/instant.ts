/** Instants on the wire have one writing: ISO 8601, UTC, milliseconds. */

/** Whether the text is an instant that the calendar has, as `new Date().toISOString()` writes it. */
export function hasInstantForm(text: string): boolean {
  const at = Date.parse(text)
  return Number.isFinite(at) && /^[0-9]/.test(text) && new Date(at).toISOString() === text
}
