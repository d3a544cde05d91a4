/**
 * The verdict on a bundle (docs/spec/bundle.md): sentences, each checked, not checked and why, or wrong and where.
 *
 * From the outside inwards: names, seal, manifest, bytes; only then what the files say. What rests on a file that was
 * changed is not judged, so that a changed file is named and nothing else is blamed.
 */
import type { JwkCheck } from '../approval/assertion.ts'
import type { SignatureCheck } from '../journal/note.ts'
import type { WitnessPolicy } from '../journal/policy.ts'
import type { BundleFolder } from './bundle-folder.ts'
import { checkEntries } from './check-entries.ts'
import { checkExhibits } from './check-exhibits.ts'
import { checkFiles, checkNames } from './check-files.ts'
import { checkRequests } from './check-requests.ts'
import { checkSeal } from './check-seal.ts'
import { checkTimestamps } from './check-timestamps.ts'
import { checkTraces } from './check-traces.ts'
import { notChecked, type Statement } from './statement.ts'
import type { TrustedRoots } from './timestamp.ts'

export type Trust = {
  readonly check: SignatureCheck
  /** Signatures of the authenticators of people. */
  readonly checkKey: JwkCheck
  /** Whose journals and witnesses the reader trusts; null where the reader has not said. */
  readonly policy: WitnessPolicy | null
  /** Roots of time-stamping authorities; null likewise. */
  readonly roots: TrustedRoots | null
}

export type Verdict = {
  /** The id of the bundle and who made it, where its manifest can be relied on. */
  readonly bundle: { readonly id: string; readonly from: string; readonly at: string } | null
  readonly statements: readonly Statement[]
  /** What no program can check from these files. */
  readonly limits: readonly string[]
  readonly result: 'all checked' | 'not all checked' | 'wrong'
}

const LIMITS = [
  'Whether what the entries, exhibits and requests say is true: shown is that it was said, when, by whom, and not changed since.',
  'Whether the key of an authenticator is that of the person named: the node that enrolled it says so.',
  'Whether a trace follows from the blockchain: recompute it with `comity verify` and the chain data.',
  'Whether a time-stamping authority had been revoked: this program asks nobody over a network.',
]

export async function verifyBundle(folder: BundleFolder, trust: Trust): Promise<Verdict> {
  const items = await folder.list()
  const statements: Statement[] = [...checkNames(items)]
  const seal = await checkSeal(folder, trust.check, trust.policy)
  statements.push(...seal.statements)
  const { manifest, key } = seal
  if (manifest === null || key === null) {
    const says = 'The other files of the bundle are those that were put in.'
    statements.push(
      notChecked('files', says, 'Seal or manifest cannot be relied on, so that nothing says what was put in.'),
    )
    return verdictOf(null, statements)
  }
  const files = await checkFiles(folder, items, manifest)
  statements.push(...files.statements)
  const bundle = { folder, manifest, intact: files.intact }
  const anchors = { key, check: trust.check, sealed: seal.checkpoint, consistency: seal.consistency }
  const entries = await checkEntries(bundle, anchors)
  statements.push(
    ...entries.statements,
    ...(await checkExhibits(bundle, entries.proven)),
    ...(await checkRequests(bundle, entries.proven, trust.checkKey)),
    ...(await checkTimestamps(bundle, trust.roots)),
    ...(await checkTraces(bundle)),
  )
  const { id, from, at } = manifest
  return verdictOf({ id, from, at }, statements)
}

function verdictOf(bundle: Verdict['bundle'], statements: readonly Statement[]): Verdict {
  const states = new Set(statements.map(({ state }) => state))
  const result = states.has('wrong') ? 'wrong' : states.has('not-checked') ? 'not all checked' : 'all checked'
  return { bundle, statements, limits: LIMITS, result }
}
