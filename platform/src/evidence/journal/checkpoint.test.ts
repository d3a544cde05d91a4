import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkEd25519 } from '../../kernel/crypto/index.ts'
import { textToBytes } from '../../kernel/index.ts'
import { checkpointOf, memoryLog, testKey, testLeaves, testSigner } from '../testing/journals.ts'
import { cosign, cosignedAt, openCheckpoint, parseCheckpoint, withSignatures } from './checkpoint.ts'
import { inclusionProof } from './make-proofs.ts'
import { formatVkey, parseNote, parseVkey } from './note.ts'
import { openWitnessed, parsePolicy } from './policy.ts'
import { nodeReader } from './read-tiles.ts'
import { formatTlogProof, parseTlogProof, verifyTlogProof } from './tlog-proof.ts'

const signer = testSigner()
const log = memoryLog(testLeaves(300))
const signed = checkpointOf(log, signer)
const witnesses = [11, 12, 13].map((seed) => testKey(`witness.example/w${seed}`, 4, seed))
const [w1, w2, w3] = witnesses.map(({ key }) => formatVkey(key))

const policyOf = (text: string) => {
  const policy = parsePolicy(textToBytes(text))
  if (!policy.ok) throw new Error(policy.refusal.message)
  return policy.value
}
const lines = `# ours
log ${formatVkey(signer.key)} https://agency.example/journal/
witness a ${w1}
witness b\t${w2}
  witness c ${w3}
`
const twoOfThree = policyOf(`${lines}group partners 2 a b c\nquorum partners\n`)

function cosignedBy(...which: number[]): Uint8Array {
  const note = parseNote(signed)
  if (!note.ok) throw new Error(note.refusal.message)
  const added = which.map((at) => {
    const witness = witnesses[at]
    if (witness === undefined) throw new RangeError()
    return cosign(note.value, witness.key, 1_800_000_000 + at, witness.sign)
  })
  return withSignatures(note.value, added)
}

describe('a checkpoint', () => {
  test('is opened by its own key only', () => {
    expect(openCheckpoint(signed, signer.key, checkEd25519)).toMatchObject({ ok: true, value: { size: 300n } })
    const stranger = testKey('other.example/journal', 1, 2)
    expect(openCheckpoint(signed, stranger.key, checkEd25519)).toMatchObject({
      refusal: { code: 'CHECKPOINT_UNSIGNED' },
    })
  })

  test('with any byte changed is refused', () => {
    for (let at = 0; at < signed.length; at++)
      for (const bit of [1, 0x20]) {
        const changed = Uint8Array.from(signed)
        changed[at] = (changed[at] ?? 0) ^ bit
        expect(openCheckpoint(changed, signer.key, checkEd25519).ok, `byte ${at}`).toBe(false)
      }
  })

  const root = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='
  const tail = '\n— x AAAAAAAA\n'
  test.each([
    ['no origin', `\n1\n${root}\n${tail}`, 'CHECKPOINT_MALFORMED'],
    ['a size with a zero before it', `o\n01\n${root}\n${tail}`, 'CHECKPOINT_MALFORMED'],
    ['a size of 2^64', `o\n18446744073709551616\n${root}\n${tail}`, 'CHECKPOINT_MALFORMED'],
    ['a negative size', `o\n-1\n${root}\n${tail}`, 'CHECKPOINT_MALFORMED'],
    ['a root of 31 bytes', `o\n1\n${'A'.repeat(40)}AA==\n${tail}`, 'CHECKPOINT_MALFORMED'],
    ['a root with unused bits', `o\n1\n${root.replace('A=', 'B=')}\n${tail}`, 'CHECKPOINT_MALFORMED'],
    ['two lines', `o\n1\n${tail}`, 'CHECKPOINT_MALFORMED'],
    ['an empty extension line', `o\n1\n${root}\n\nx\n${tail}`, 'CHECKPOINT_MALFORMED'],
    ['no signatures', `o\n1\n${root}\n`, 'NOTE_MALFORMED'],
    ['an empty signature part', `o\n1\n${root}\n\n`, 'NOTE_MALFORMED'],
    ['a hyphen for the dash', `o\n1\n${root}\n\n- x AAAAAAAA\n`, 'NOTE_MALFORMED'],
    ['a signature of four bytes', `o\n1\n${root}\n\n— x AAAAAA==\n`, 'NOTE_MALFORMED'],
    ['a carriage return', `o\r\n1\n${root}\n${tail}`, 'NOTE_MALFORMED'],
    ['a plus in a key name', `o\n1\n${root}\n\n— x+y AAAAAAAA\n`, 'NOTE_MALFORMED'],
    ['no newline at the end', `o\n1\n${root}\n\n— x AAAAAAAA`, 'NOTE_MALFORMED'],
  ])('with %s is refused', (_, text, code) => {
    expect(parseCheckpoint(textToBytes(text))).toMatchObject({ ok: false, refusal: { code } })
  })

  test('of 2^64 − 1 leaves with extension lines and unknown signatures is read', () => {
    const text = `o\n18446744073709551615\n${root}\nmore\n${tail}`
    expect(parseCheckpoint(textToBytes(text))).toMatchObject({ value: { size: 2n ** 64n - 1n, extensions: ['more'] } })
  })
})

describe('keys', () => {
  test.each([
    ['two parts', 'x+00000000'],
    ['another id', formatVkey(signer.key).replace(/\+[0-9a-f]{8}\+/, '+00000000+')],
    ['an id in capitals', formatVkey(signer.key).toUpperCase()],
    ['a key that is not base64', 'x+00000000+***'],
    ['ML-DSA, which is not read here', `x+00000000+${Buffer.alloc(1313, 6).toString('base64')}`],
    ['31 bytes', `x+00000000+${Buffer.alloc(32, 1).toString('base64')}`],
  ])('%s: refused', (_, text) => {
    expect(parseVkey(text)).toMatchObject({ ok: false, refusal: { code: 'VKEY_MALFORMED' } })
  })
})

describe('witnesses', () => {
  test('two of three are needed and enough', () => {
    expect(openWitnessed(cosignedBy(0), twoOfThree, checkEd25519)).toMatchObject({ refusal: { code: 'QUORUM_UNMET' } })
    const opened = openWitnessed(cosignedBy(0, 2), twoOfThree, checkEd25519)
    expect(opened).toMatchObject({
      value: {
        cosigned: [
          { name: 'witness.example/w11', seconds: 1_800_000_000n },
          { name: 'witness.example/w13', seconds: 1_800_000_002n },
        ],
      },
    })
  })

  test('one of them counts once, however often it signs', () => {
    const note = parseNote(cosignedBy(1))
    const witness = witnesses[1]
    if (!note.ok || witness === undefined) throw new Error()
    const twice = withSignatures(note.value, [cosign(note.value, witness.key, 5, witness.sign)])
    expect(parseNote(twice)).toMatchObject({ value: { signatures: { length: 3 } } })
    expect(openWitnessed(twice, twoOfThree, checkEd25519)).toMatchObject({ refusal: { code: 'QUORUM_UNMET' } })
  })

  test('a cosignature does not hold for another checkpoint or another time', () => {
    const note = parseNote(cosignedBy(0))
    if (!note.ok) throw new Error()
    const key = witnesses[0]?.key ?? signer.key
    expect(cosignedAt(note.value, key, checkEd25519)).toEqual({ ok: true, value: 1_800_000_000n })
    const moved = { ...note.value, text: note.value.text.replace('300', '301') }
    expect(cosignedAt(moved, key, checkEd25519)).toMatchObject({ refusal: { code: 'SIGNATURE_WRONG' } })
    const later = note.value.signatures.map((one) => {
      const signature = Uint8Array.from(one.signature)
      signature[7] = (signature[7] ?? 0) ^ 1
      return { ...one, signature }
    })
    expect(cosignedAt({ ...note.value, signatures: later }, key, checkEd25519)).toMatchObject({
      refusal: { code: 'SIGNATURE_WRONG' },
    })
  })

  test('the quorum of nested groups is met exactly where the counts say so', () => {
    const nested = policyOf(`${lines}group ab any a b\ngroup all all ab c\nquorum all\n`)
    fc.assert(
      fc.property(fc.subarray([0, 1, 2]), (who) => {
        const opened = openWitnessed(cosignedBy(...who), nested, checkEd25519)
        expect(opened.ok).toBe((who.includes(0) || who.includes(1)) && who.includes(2))
      }),
    )
  })

  test('quorum none asks for the log only', () => {
    expect(openWitnessed(signed, policyOf(`${lines}quorum none`), checkEd25519).ok).toBe(true)
    expect(openWitnessed(signed, policyOf('quorum none'), checkEd25519)).toMatchObject({
      refusal: { code: 'CHECKPOINT_UNSIGNED' },
    })
  })

  test.each([
    ['no quorum', lines],
    ['two quorums', `${lines}quorum none\nquorum none`],
    ['a quorum not defined', `${lines}quorum d`],
    ['a group of unknown members', `${lines}group g any d\nquorum g`],
    ['a threshold above the members', `${lines}group g 4 a b c\nquorum g`],
    ['a threshold of zero', `${lines}group g 0 a b c\nquorum g`],
    ['a group without members', `${lines}group g all\nquorum g`],
    ['a member twice', `${lines}group g 2 a a\nquorum g`],
    ['a member of two groups', `${lines}group g any a b\ngroup h any a c\nquorum h`],
    ['a name twice', `${lines}group a any b\nquorum a`],
    ['the name none', `witness none ${w1}\nquorum none`],
    ['a witness twice under two names', `witness a ${w1}\nwitness b ${w1}\nquorum a`],
    ['a log twice', `log ${formatVkey(signer.key)}\nlog ${formatVkey(signer.key)}\nquorum none`],
    ['the key of a log as witness', `witness a ${formatVkey(signer.key)}\nquorum a`],
    ['the key of a witness as log', `log ${w1}\nquorum none`],
    ['an unknown word', 'logs x\nquorum none'],
    ['a carriage return', 'quorum none\r\n'],
  ])('a policy with %s is refused', (_, text) => {
    expect(parsePolicy(textToBytes(text))).toMatchObject({ ok: false, refusal: { code: 'POLICY_MALFORMED' } })
  })

  test('the same key material under two names is refused', () => {
    const again = testKey('witness.example/renamed', 4, 11)
    const text = `witness a ${w1}\nwitness b ${formatVkey(again.key)}\nquorum a`
    expect(parsePolicy(textToBytes(text))).toMatchObject({ refusal: { place: 'line 2' } })
  })
})

describe('the offline proof', () => {
  const leaf = testLeaves(1, 'leaf', 123)[0] ?? new Uint8Array()
  const made = async (extra: Uint8Array | null) => {
    const proof = await inclusionProof(nodeReader(log.reader, 300), 123, 300)
    return { index: 123n, proof, checkpoint: cosignedBy(0, 1), extra }
  }

  test('is read as it was written, and proves its leaf and no other', async () => {
    for (const extra of [null, textToBytes('x')]) {
      const value = await made(extra)
      const bytes = formatTlogProof(value)
      expect(parseTlogProof(bytes)).toEqual({ ok: true, value })
      expect(verifyTlogProof(bytes, leaf, twoOfThree, checkEd25519)).toMatchObject({ value: { index: 123n } })
      expect(verifyTlogProof(bytes, textToBytes('leaf 124'), twoOfThree, checkEd25519)).toMatchObject({
        refusal: { code: 'INCLUSION_UNPROVEN' },
      })
    }
  })

  test('with any byte changed proves nothing', async () => {
    const bytes = formatTlogProof(await made(null))
    for (let at = 0; at < bytes.length; at++) {
      const changed = Uint8Array.from(bytes)
      changed[at] = (changed[at] ?? 0) ^ 1
      const verdict = verifyTlogProof(changed, leaf, twoOfThree, checkEd25519)
      expect(verdict.ok, `byte ${at}`).toBe(false)
    }
  })

  test.each([
    ['another first line', (text: string) => text.replace('@v1', '@v2')],
    ['an index with a zero before it', (text: string) => text.replace('index 123', 'index 0123')],
    ['no index', (text: string) => text.replace('index 123\n', '')],
    ['a line too long for a hash', (text: string) => text.replace('=\n', 'A=\n')],
    ['65 hashes', (text: string) => text.replace('index 123\n', `index 123\n${`${'A'.repeat(43)}=\n`.repeat(65)}`)],
  ])('%s: refused', async (_, change) => {
    const text = new TextDecoder().decode(formatTlogProof(await made(null)))
    expect(parseTlogProof(textToBytes(change(text)))).toMatchObject({ refusal: { code: 'TLOG_PROOF_MALFORMED' } })
  })
})
