/** What a document attaches and names the digest of: canonical JSON. */
import { canonicalJson, type Json, stop } from '../../kernel/index.ts'

/** What cannot be hashed is a refusal here, not a fault: it may have come from anywhere. */
export function hashableText(value: Json): string {
  try {
    return canonicalJson(value)
  } catch (thrown) {
    if (!(thrown instanceof TypeError)) throw thrown
    return stop('LETTER_RECORD_UNHASHABLE', `What is to be attached cannot be hashed: ${thrown.message}.`)
  }
}
