/** Checks a bundle or a dossier away from the page, so that the page stays quick: the very rules of comity-verify. */
import { parsePolicy, parseRoots, type Verdict, verifyBundle } from '../../../../platform/src/evidence/index.ts'
import type { Refusal } from '../../../../platform/src/kernel/index.ts'
import { isZip, NoBundle, openDropped } from './dropped-bundle.ts'
import { pathOf } from './file-path.ts'
import { type CheckedDossier, judgeFile } from './judge-file.ts'
import { checkEd25519, JwkChecks } from './signatures.ts'

/** `policy`, `roots`, `rootSha256`: as the reader has given them; empty where there is none. */
export type Asked = {
  readonly files: readonly File[]
  readonly policy: string
  readonly roots: string
  /** The files of the directory of members by their paths, for a dossier. */
  readonly directory: ReadonlyMap<string, File> | null
  readonly rootSha256: string
}

export type Told =
  | { readonly kind: 'progress'; readonly bytes: number; readonly of: number }
  | { readonly kind: 'verdict'; readonly verdict: Verdict }
  | { readonly kind: 'dossier'; readonly dossier: CheckedDossier }
  | { readonly kind: 'refused'; readonly what: 'policy' | 'roots'; readonly refusal: Refusal }
  | { readonly kind: 'no-bundle'; readonly id: NoBundle['id']; readonly reason: string }
  | { readonly kind: 'fault'; readonly reason: string }

const tell = (told: Told) => postMessage(told)

addEventListener('message', ({ data }: MessageEvent<Asked>) => {
  verify(data).then(tell, (thrown: unknown) =>
    tell(
      thrown instanceof NoBundle
        ? { kind: 'no-bundle', id: thrown.id, reason: thrown.message }
        : { kind: 'fault', reason: thrown instanceof Error ? thrown.message : String(thrown) },
    ),
  )
})

async function verify({ files, policy, roots, directory, rootSha256 }: Asked): Promise<Told> {
  const [first] = files
  if (files.length === 1 && first && !isZip(first) && !pathOf(first).includes('/'))
    return { kind: 'dossier', dossier: await judgeFile(first, directory, rootSha256) }
  const trusted = policy.trim() === '' ? null : parsePolicy(new TextEncoder().encode(policy))
  if (trusted && !trusted.ok) return { kind: 'refused', what: 'policy', refusal: trusted.refusal }
  const authorities = roots.trim() === '' ? null : parseRoots(roots)
  if (authorities && !authorities.ok) return { kind: 'refused', what: 'roots', refusal: authorities.refusal }
  let bytes = 0
  let last = 0
  const folder = await openDropped(files, (more) => {
    bytes += more
    if (bytes - last < 4 * 1024 * 1024) return
    last = bytes
    tell({ kind: 'progress', bytes, of: files.reduce((sum, { size }) => sum + size, 0) })
  })
  const checks = new JwkChecks()
  const trust = {
    check: checkEd25519,
    checkKey: checks.check,
    policy: trusted?.value ?? null,
    roots: authorities?.value ?? null,
  }
  let verdict = await verifyBundle(folder, trust)
  // What the rules asked of RSA keys is known only now.
  if (await checks.answerRsa()) verdict = await verifyBundle(folder, trust)
  return { kind: 'verdict', verdict }
}
