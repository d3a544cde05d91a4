/**
 * The fourth party: an auditor who believes none of the three. It is given what each has exported (the dossier of messages, the
 * bundle of the case) and the directory as it is published, and runs the stand-alone verifier on them.
 */
import { execFile } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { canonicalJson, type Json, sha256Text } from '../../kernel/index.ts'
import type { Hand } from './hand.ts'

const run = promisify(execFile)
const program = fileURLToPath(new URL('../../../bin/comity-verify.mjs', import.meta.url))

export type Verdict = { readonly what: string; readonly right: boolean; readonly text: string }

/** Every page of the messages of a case, as one file. */
export async function exportDossier(hand: Hand, by: string, caseId: string, path: string): Promise<number> {
  await hand.proves(by)
  const items: Json[] = []
  let after: string | null = null
  let agency = ''
  do {
    const page: { agency: string; items: Json[]; left: number; next: string | null } = await hand.does(
      by,
      'message.dossier',
      {
        caseId,
        ...(after === null ? {} : { after }),
      },
    )
    // An auditor who is not given everything must be told so.
    if (page.left > 0) throw new Error(`${page.left} messages of the case may not leave the house`)
    items.push(...page.items)
    agency = page.agency
    after = page.next
  } while (after !== null)
  const dossier = { v: 1, type: 'comity-dossier', agency, caseId, at: new Date().toISOString(), items }
  writeFileSync(path, canonicalJson(dossier as Json))
  return items.length
}

/** The bundle of a case: exhibits, custody, journal and proofs, as the node hands it to a court. */
export async function exportBundle(hand: Hand, by: string, caseId: string, folder: string): Promise<string> {
  await hand.proves(by)
  const bytes = await hand.fetchBytes(by, 'POST', '/v1/case/bundle.zip', { caseId })
  mkdirSync(folder, { recursive: true })
  const zip = join(folder, 'bundle.zip')
  writeFileSync(zip, bytes)
  return zip
}

export async function verifyDossier(
  what: string,
  file: string,
  directory: string,
  rootSha256: string,
): Promise<Verdict> {
  return ask(what, ['dossier', file, '--directory', directory, '--root-sha256', rootSha256])
}

/** Every page that the two sides of an exchange hold must be the same, byte by byte. */
export function sameOnBothSides(
  dossiers: readonly { readonly items: readonly { readonly envelope: string }[] }[],
): Verdict {
  const held = new Map<string, number>()
  for (const { items } of dossiers)
    for (const { envelope } of items) {
      const digest = sha256Text(envelope)
      held.set(digest, (held.get(digest) ?? 0) + 1)
    }
  const alone = [...held.values()].filter((count) => count !== 2).length
  return {
    what: 'both sides hold the same bytes',
    right: alone === 0,
    text:
      alone === 0
        ? `${held.size} messages, each on both sides`
        : `${alone} of ${held.size} messages are on one side only`,
  }
}

/** `policy`: whose journal is trusted, from the node itself over its public address. */
export async function verifyBundle(what: string, zip: string, policy: string): Promise<Verdict> {
  return ask(what, [zip, '--policy', policy])
}

async function ask(what: string, args: readonly string[]): Promise<Verdict> {
  try {
    const { stdout } = await run(process.execPath, [program, ...args], { maxBuffer: 64 * 1024 * 1024 })
    return { what, right: true, text: stdout }
  } catch (thrown) {
    const { stdout = '', stderr = '' } = thrown as { stdout?: string; stderr?: string }
    return { what, right: false, text: `${stdout}${stderr}` }
  }
}
