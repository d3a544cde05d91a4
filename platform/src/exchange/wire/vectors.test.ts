/** The files of vectors/exchange, run as another implementer would run them: nothing is taken from the code that wrote them. */
import { createHash, createPublicKey, verify } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { exchangeVectorFiles, exchangeVectorFolder } from '../../../../scripts/write-exchange-vectors.ts'
import { type ApprovalVector, runApprovalVector } from '../testing/approval-vectors.ts'
import { everyForm } from './testing/messages.ts'
import { runVector, type Vector, vectorKeys } from './testing/vector.ts'

const read = (path: string) => JSON.parse(readFileSync(`${exchangeVectorFolder}${path}`, 'utf8')) as readonly Vector[]
const APPROVALS = /approvals\.json$/
const filesIn = (folder: string) => globSync(`${folder}/*.json`, { cwd: exchangeVectorFolder }).sort()
const from = (folder: string) =>
  filesIn(folder)
    .filter((path) => !APPROVALS.test(path))
    .flatMap((path) => read(path).map((vector) => [`${path}: ${vector.claim}`, vector] as const))
const [good, bad] = [from('good'), from('bad')]

describe('the vectors of the exchange', () => {
  test('are what scripts/write-exchange-vectors.ts writes', () => {
    const written = exchangeVectorFiles()
    expect(['directory.json', ...filesIn('good'), ...filesIn('bad')].sort()).toEqual([...written.keys()].sort())
    for (const [path, text] of written)
      expect(readFileSync(`${exchangeVectorFolder}${path}`, 'utf8') === text, `${path}: run the script`).toBe(true)
  })

  test.each(good)('good/ %s', (_, vector) => expect(runVector(vector)).toEqual({ gives: vector.gives }))

  test.each(bad)('bad/ %s', (_, vector) => expect(runVector(vector)).toEqual({ refused: vector.refused }))

  test.each(
    ['good/approvals.json', 'bad/approvals.json'].flatMap((path) =>
      (read(path) as unknown as readonly ApprovalVector[]).map(
        (vector) => [`${path}: ${vector.claim}`, vector] as const,
      ),
    ),
  )('%s', (_, vector) => {
    const { gives, refused } = vector
    expect(runApprovalVector(vector)).toEqual(refused === undefined ? { gives } : { gives, refused })
  })

  test('cover every type, and each claim is made once', () => {
    const types = new Set(
      good.map(([, { gives }]) => {
        const { type, major } = (gives ?? {}) as { readonly type?: string; readonly major?: number }
        return JSON.stringify([type, major])
      }),
    )
    for (const form of everyForm) expect(types, form.join(' ')).toContain(JSON.stringify(form))
    expect(bad.length).toBeGreaterThan(60)
    expect(new Set(bad.map(([name]) => name)).size).toBe(bad.length)
    expect(new Set(good.map(([name]) => name)).size).toBe(good.length)
  })

  test('have digests and signatures that somebody else computes alike', () => {
    // DSSE by hand: no function of the wire is used here.
    const keys = new Map(vectorKeys.map(({ keyId, publicKey }) => [keyId, Buffer.from(publicKey, 'base64')]))
    for (const [keyId, key] of keys) {
      const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), key])
      expect(createHash('sha256').update(spki).digest('hex')).toBe(keyId)
    }
    for (const [name, { bytes, opens, gives }] of good) {
      if (opens !== 'message') continue
      const envelope = JSON.parse(Buffer.from(bytes ?? '', 'base64').toString('utf8'))
      const payload = Buffer.from(envelope.payload, 'base64')
      const head = `DSSEv1 ${Buffer.byteLength(envelope.payloadType)} ${envelope.payloadType} ${payload.length} `
      const signed = Buffer.concat([Buffer.from(head), payload])
      expect(createHash('sha256').update(signed).digest('hex'), name).toBe((gives as { digest: string }).digest)
      for (const { keyid, sig } of envelope.signatures) {
        const key = keys.get(keyid)
        if (!key) continue
        const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), key])
        const handle = createPublicKey({ key: spki, format: 'der', type: 'spki' })
        expect(verify(null, signed, handle, Buffer.from(sig, 'base64')), name).toBe(true)
      }
    }
  })
})
