/** The payload type of an envelope: `application/vnd.comity.TYPE.vMAJOR+json`. It is signed with the payload. */

export type PayloadType = { readonly type: string; readonly major: number }

const WORD = '[a-z]+(?:-[a-z]+)*'
/** Words hold no digits, so that `.v1` at the end cannot be read as one more word. */
const FORM = new RegExp(`^application/vnd\\.comity\\.(${WORD}(?:\\.${WORD})*)\\.v([1-9][0-9]{0,3})\\+json$`)
const MAX_LENGTH = 120

export function payloadTypeOf({ type, major }: PayloadType): string {
  const text = `application/vnd.comity.${type}.v${major}+json`
  if (parsePayloadType(text) === null) throw new RangeError(`${text} is no payload type`)
  return text
}

/** Null for text that `payloadTypeOf` would not have written. */
export function parsePayloadType(text: string): PayloadType | null {
  if (text.length > MAX_LENGTH) return null
  const [, type, major] = FORM.exec(text) ?? []
  return type === undefined ? null : { type, major: Number(major) }
}
