/** A dossier is judged with the published directory alone; a directory that cannot be relied on gives no verdict. */
import { describe, expect, it } from 'vitest'
import { checkEd25519, checkJwk } from '../../kernel/crypto/index.ts'
import { bytesToHex, sha256 } from '../../kernel/index.ts'
import { directoryOfTwo, dossierOfTwo } from '../testing/dossier-of-two.ts'
import { FIRST_ROOT, judgeDossier } from './index.ts'

const dossier = dossierOfTwo()
const files = directoryOfTwo()
const root = bytesToHex(sha256(files.get(FIRST_ROOT) ?? new Uint8Array()))
const ports = { check: checkEd25519, checkJwk }
const judged = (directory = files, rootSha256: string | null = root, of = dossier) =>
  judgeDossier(of, directory, rootSha256, ports)

describe('a dossier with its directory', () => {
  it('is sound, and says on which root it stands and whether that was compared', async () => {
    expect(await judged()).toMatchObject({ ok: true, value: { sound: true, root, compared: true } })
    expect(await judged(files, null)).toMatchObject({ ok: true, value: { sound: true, root, compared: false } })
    expect(await judged(files, root.toUpperCase())).toMatchObject({ ok: true })
  })

  it('is unsound where a message of it is missing', async () => {
    const [first, , third] = dossier.items
    const gap = { ...dossier, items: [first, third] as typeof dossier.items }
    expect(await judged(files, root, gap)).toMatchObject({ ok: true, value: { sound: false } })
  })

  it.each([
    ['another first root than the one that was named', files, 'ab'.repeat(32), 'DOSSIER_ROOT'],
    ['no first root', new Map([...files].filter(([name]) => name !== FIRST_ROOT)), root, 'DIRECTORY_ABSENT'],
    ['a file missing', new Map([...files].filter(([name]) => name !== 'timestamp.json')), root, 'DOSSIER_DIRECTORY'],
  ] as const)('gives no verdict with %s', async (_, directory, named, code) => {
    expect(await judged(new Map(directory), named)).toMatchObject({ ok: false, refusal: { code } })
  })
})
