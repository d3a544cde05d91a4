/** A single file: a dossier is judged with the directory that was given with it; anything else is named for what it is. */
import { type JudgedDossier, judgeDossier, readDossier } from '../../../../platform/src/exchange/dossier/index.ts'
import { NoBundle } from './dropped-bundle.ts'
import { kindOfText } from './kind-of-file.ts'
import { checkEd25519, JwkChecks } from './signatures.ts'

/** As large as a dossier may be (platform/src/exchange/dossier). */
const MOST_BYTES = 512 * 1024 * 1024

export type CheckedDossier = JudgedDossier & {
  readonly agency: string
  readonly caseId: string
  readonly at: string
}

export async function judgeFile(
  file: File,
  directory: ReadonlyMap<string, File> | null,
  rootSha256: string,
): Promise<CheckedDossier> {
  if (file.size > MOST_BYTES) throw new NoBundle('verify.too-much')
  const bytes = new Uint8Array(await file.arrayBuffer())
  const kind = kindOfText(new TextDecoder().decode(bytes))
  if (kind === 'trace') throw new NoBundle('verify.is-trace')
  if (kind === 'unknown') throw new NoBundle('verify.is-unknown')
  const dossier = readDossier(bytes)
  if (!dossier.ok) throw new NoBundle('verify.dossier-wrong', dossier.refusal.message)
  if (directory === null) throw new NoBundle('verify.needs-directory')
  const files = new Map<string, Uint8Array>()
  for (const [path, one] of directory) files.set(path, new Uint8Array(await one.arrayBuffer()))
  const checks = new JwkChecks()
  const root = rootSha256.trim() === '' ? null : rootSha256.trim()
  const judge = () => judgeDossier(dossier.value, files, root, { check: checkEd25519, checkJwk: checks.check })
  let judged = await judge()
  // What the rules asked of RSA keys is known only now.
  if (await checks.answerRsa()) judged = await judge()
  if (!judged.ok) {
    const id = judged.refusal.code === 'DOSSIER_ROOT' ? 'verify.root-differs' : 'verify.directory-wrong'
    throw new NoBundle(id, judged.refusal.message)
  }
  const { agency, caseId, at } = dossier.value
  return { ...judged.value, agency, caseId, at }
}
