/**
 * A parcel as it is carried: sealed for one key of its receiver (HPKE, RFC 9180), since a file can be lost. In front stands one line
 * that says for whom and under which key, and that the seal binds; who made it is said inside, by signatures.
 */
import { MAX_PARCEL_BYTES } from '../../exchange/delivery/index.ts'
import { type HpkeKey, type HpkePublicKey, openReceiver, openSender } from '../../kernel/crypto/index.ts'
import {
  base64ToBytes,
  bytesToBase64,
  canonicalJson,
  type Result,
  refuse,
  strictJson,
  textToBytes,
} from '../../kernel/index.ts'

const INFO = textToBytes('comity parcel 1')
const MAX_HEAD_BYTES = 1000
const MEMBERS = ['encapsulatedKey', 'parcel', 'recipientKeyId', 'to', 'v']

export function sealParcel(
  parcel: Uint8Array,
  to: string,
  { key, keyId }: { readonly key: HpkePublicKey; readonly keyId: string },
): Uint8Array {
  const sender = openSender(key, INFO)
  const encapsulatedKey = bytesToBase64(sender.encapsulated)
  const head = textToBytes(
    `${canonicalJson({ parcel: 'comity-sealed', v: 1, to, recipientKeyId: keyId, encapsulatedKey })}\n`,
  )
  const sealed = sender.seal(parcel, head)
  const file = new Uint8Array(head.length + sealed.length)
  file.set(head)
  file.set(sealed, head.length)
  return file
}

/** The parcel inside; refused whole where it is for somebody else, or anything of it was changed. */
export function openParcel(
  file: Uint8Array,
  me: string,
  ownKey: (keyId: string) => HpkeKey | null,
): Result<Uint8Array> {
  if (file.length > MAX_PARCEL_BYTES + 2 * MAX_HEAD_BYTES) return no(`it has more than ${MAX_PARCEL_BYTES} bytes`)
  const end = file.subarray(0, MAX_HEAD_BYTES).indexOf(0x0a)
  if (end < 0) return no('it has no first line')
  const read = strictJson(file.subarray(0, end), { maxBytes: MAX_HEAD_BYTES, maxDepth: 2 })
  if (!read.ok) return no(read.refusal.message)
  const head = read.value as Readonly<Record<string, unknown>> | null
  if (typeof head !== 'object' || head === null || Object.keys(head).sort().join() !== MEMBERS.join())
    return no(`its first line has not exactly the members ${MEMBERS.join(', ')}`)
  const { parcel, v, to, recipientKeyId, encapsulatedKey } = head
  const encapsulated = typeof encapsulatedKey === 'string' ? base64ToBytes(encapsulatedKey) : null
  if (parcel !== 'comity-sealed' || v !== 1 || typeof recipientKeyId !== 'string' || encapsulated === null)
    return no('its head is not that of a sealed parcel in version 1')
  if (to !== me)
    return refuse('EXCHANGE_RECIPIENT', 'The parcel is for another agency.', {
      place: 'line 1, to',
      fix: 'Bring it to whom it names.',
    })
  const key = ownKey(recipientKeyId)
  if (key === null) return no('it is sealed for a key that this node does not have')
  const receiver = openReceiver(key, encapsulated, INFO)
  if (!receiver.ok) return no(receiver.refusal.message)
  const opened = receiver.value.open(file.subarray(end + 1), file.subarray(0, end + 1))
  return opened.ok ? opened : no('its seal does not open: it was changed, or cut off')
}

function no(why: string): Result<never> {
  return refuse('EXCHANGE_PARCEL', `This is no parcel: ${why}.`, {
    place: 'line 1',
    fix: 'Have the file made and brought again; nothing of it was taken.',
  })
}
