/**
 * Writes the example and the tables of docs/spec/exchange.md: `node scripts/write-exchange-spec.ts`. The words around them are
 * written by hand. platform/src/exchange/wire/published.test.ts fails where they are not what this writes.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import {
  type Citation,
  type Family,
  families,
  messageDigest,
  openMessage,
  openStatement,
  ownForms,
  packMessage,
  packStatement,
  preAuthEncoding,
  type Receipt,
  readEnvelope,
  receiptForm,
  receiptKinds,
} from '../platform/src/exchange/wire/index.ts'
import { directory, tallinn, vienna } from '../platform/src/exchange/wire/testing/agencies.ts'
import { freezeBody, freezeHeader } from '../platform/src/exchange/wire/testing/freeze-example.ts'
import { bytesToBase64, type Result } from '../platform/src/kernel/index.ts'

export const exchangeSpec = fileURLToPath(new URL('../docs/spec/exchange.md', import.meta.url))

export function exchangeSpecText(text: string): string {
  const regions = { example: example(), types: typeTables(), receipts: receiptTable() }
  return Object.entries(regions).reduce((whole, [name, region]) => {
    const begin = `<!-- ${name}: written by scripts/write-exchange-spec.ts -->\n`
    const from = whole.indexOf(begin)
    const to = whole.indexOf('<!-- end -->', from)
    if (from === -1 || to === -1) throw new Error(`docs/spec/exchange.md has no place for ${name}`)
    return `${whole.slice(0, from + begin.length)}\n${region}\n\n${whole.slice(to)}`
  }, text)
}

function example(): string {
  const draft = { type: 'freeze.request', major: 2, header: freezeHeader, body: freezeBody }
  const { envelope, digest } = must(packMessage(draft, [vienna], ownForms))
  const { payload, payloadType, signatures } = must(readEnvelope(envelope))
  const message = must(openMessage(envelope, directory, tallinn.agency, ownForms))
  const encoding = preAuthEncoding(payloadType, payload)
  const head = new TextDecoder().decode(encoding).slice(0, 80)
  const receipt: Receipt = {
    v: 1,
    kind: 'ACCEPTED',
    message: { id: message.header.id, digest },
    from: vienna.agency,
    to: tallinn.agency,
    at: '2026-11-25T09:30:04.000Z',
  }
  const signedReceipt = must(packStatement(receiptForm, receipt, [tallinn]))
  const opened = must(openStatement(receiptForm, signedReceipt, directory))
  const receiptEnvelope = must(readEnvelope(signedReceipt))
  const key = (name: string, { keyId, publicKey }: typeof vienna) =>
    `| \`${name}\` | \`${bytesToBase64(publicKey)}\` | \`${keyId}\` |`
  return `The Public Prosecutor in Vienna asks the authority in Tallinn to freeze coins at two addresses. All of it is invented. The keys
are made from the SHA-256 of \`comity exchange vectors: AGENCY\`, so that every byte below can be made again:

| agency | public key (Ed25519, base64) | key id |
|---|---|---|
${key('at-prosecutor-vienna', vienna)}
${key('ee-fiu', tallinn)}

The payload (canonical JSON, ${payload.length} bytes; here with line breaks):

\`\`\`json
${JSON.stringify({ header: message.header, body: message.body }, null, 1)}
\`\`\`

Its type is \`${payloadType}\`, so that what is signed are ${encoding.length} bytes that begin with

\`\`\`
${head}…
\`\`\`

Their SHA-256 is the digest of the message, and the id of the exchange that it opens:
\`${digest}\`. The signature is

\`\`\`
${bytesToBase64(signatures[0]?.signature ?? new Uint8Array())}
\`\`\`

and the envelope is \`{"payload":"${bytesToBase64(payload).slice(0, 24)}…","payloadType":"${payloadType}","signatures":[{"keyid":"${signatures[0]?.keyId.slice(0, 12)}…","sig":"…"}]}\`:
the first vector of [good/envelopes.json](../../vectors/exchange/good/envelopes.json), in full.

Tallinn answers at once with a receipt. Its payload is

\`\`\`json
${new TextDecoder().decode(receiptEnvelope.payload)}
\`\`\`

its digest \`${messageDigest(receiptEnvelope)}\` (${opened.keyIds.length} signature), and this is all that travels:

\`\`\`json
${new TextDecoder().decode(signedReceipt)}
\`\`\`

The decision follows in the same exchange: \`decision.accept\` with \`exchange\` the digest above, \`seq\` 1 (the first message that Tallinn
sends in it) and \`prev\` null.`
}

function typeTables(): string {
  return Object.entries<Family>(families)
    .map(([family, types]) => {
      const rows = Object.entries(types).map(([type, definition]) => {
        const { what, majors, place, by, scope, replies, deliver, articles } = definition
        const versions = Object.keys(majors).map((major) => `[v${major}](exchange/${type}.v${major}.schema.json)`)
        const who = place === 'follows' ? by : place === 'opens' ? 'opens' : `opens, or ${by}`
        const needs = scope === 'of-the-opening' ? '–' : scope
        const after = replies.map((reply) => `\`${reply}\``).join(' ') || '–'
        return `| \`${type}\` ${versions.join(' ')} | ${what} | ${who} | ${needs} | ${after} | ${deliver.hours} h | ${articles.map(cited).join('; ')} |`
      })
      return `### ${family}\n\n| type | what it says | sent by | scope | answered by | tried | stands on |\n|---|---|---|---|---|---|---|\n${rows.join('\n')}`
    })
    .join('\n\n')
}

function cited({ instrument, article, verified }: Citation): string {
  const mark = { verified: '', secondary: ' °', unverified: ' ?' }[verified]
  return `${instrument === null ? '' : `${instrument} `}${article}${mark}`
}

function receiptTable(): string {
  const rows = Object.entries(receiptKinds).map(
    ([kind, { by, evidence, hasCode }]) =>
      `| \`${kind}\` | \`${by}\` | ${hasCode ? 'needed' : 'none'} | \`${evidence}\` |`,
  )
  return `| \`kind\` | signed by | \`code\` | evidence of ETSI REM |\n|---|---|---|---|\n${rows.join('\n')}`
}

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.refusal.message)
  return result.value
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(exchangeSpec, exchangeSpecText(readFileSync(exchangeSpec, 'utf8')))
