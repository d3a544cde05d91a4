/**
 * Writes a planned bundle through a port. The order makes half a bundle recognisable: its files first, then the manifest that
 * binds them, then the journal's entry about the manifest, and the seal at the very end. A bundle without seal is none.
 */
import { bytesToHex, canonicalJson, ok, type Result, refuse, sha256 } from '../../kernel/index.ts'
import type { VaultObject } from '../vault/vault-ports.ts'
import type { BundlePlan } from './plan-bundle.ts'

/** The files of the bundle that the journal makes once it knows the manifest; `seal.note` is written last. */
export type BundleSeal = {
  readonly 'seal/entry.json': Uint8Array
  readonly 'seal/entry.tlog-proof': Uint8Array
  readonly 'seal/consistency.json': Uint8Array
  readonly 'seal.note': Uint8Array
}

export interface BundlePort {
  /** Keeps a file of the bundle; gives size and SHA-256 of what was written. */
  write(path: string, source: AsyncIterable<Uint8Array>): Promise<{ readonly size: number; readonly sha256: string }>
  /** The bytes of an exhibit, opened. */
  open(object: VaultObject): AsyncIterable<Uint8Array>
  /** Runs `bundle.seal`, waits for the entry's place in the log, and makes the seal. */
  seal(bundle: { readonly id: string; readonly manifest: Uint8Array; readonly sha256: string }): Promise<BundleSeal>
}

export type Written = { readonly id: string; readonly manifest: string; readonly files: number }

export async function writeBundle(
  plan: BundlePlan,
  { at, from }: { readonly at: string; readonly from: string },
  port: BundlePort,
): Promise<Result<Written>> {
  const listed: { path: string; size: number; sha256: string }[] = []
  for (const file of plan.files) {
    const written = await port.write(file.path, 'object' in file ? port.open(file.object) : once(file.bytes))
    // The vault may have been damaged since: what leaves the house is what was put on record, or nothing leaves.
    const expected = 'object' in file ? file.object.sha256 : bytesToHex(sha256(file.bytes))
    if (written.sha256 !== expected)
      return refuse(
        'BUNDLE_FILE',
        `What was written to ${file.path} has the SHA-256 ${written.sha256}, not ${expected}.`,
        {
          place: file.path,
          fix: 'Check the vault and the disk, and make the bundle again.',
        },
      )
    listed.push({ path: file.path, size: written.size, sha256: written.sha256 })
  }
  const text = canonicalJson({ v: 1, kind: 'comity-bundle', id: plan.id, at, from, files: listed })
  const manifest = new TextEncoder().encode(text)
  const digest = bytesToHex(sha256(manifest))
  await port.write('manifest.json', once(manifest))
  const seal = await port.seal({ id: plan.id, manifest, sha256: digest })
  for (const path of ['seal/entry.json', 'seal/entry.tlog-proof', 'seal/consistency.json', 'seal.note'] as const)
    await port.write(path, once(seal[path]))
  return ok({ id: plan.id, manifest: digest, files: listed.length })
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
