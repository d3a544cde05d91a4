/** `comity-verify BUNDLE [--policy FILE] [--roots FILE] [--json]`: arguments in, text and exit code out. */
import { readFile, stat } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { parsePolicy, parseRoots, type TrustedRoots, verifyBundle, type WitnessPolicy } from '../evidence/index.ts'
import { checkEd25519, checkJwk } from '../kernel/crypto/index.ts'
import type { Result } from '../kernel/index.ts'
import { bundleOnDisk } from './bundle-on-disk.ts'
import { unpack } from './unpack.ts'
import { verdictText } from './verdict-text.ts'

export const USAGE = `Usage: comity-verify BUNDLE [--policy FILE] [--roots FILE] [--json]
       comity-verify dossier FILE --directory FOLDER [--root-sha256 HEX] [--json]

Checks a bundle of evidence. It needs nothing but the files: no network, no account, no database.

  BUNDLE         the folder to check, or the zip file of one
  --policy FILE  whose journals and witnesses you trust (format: C2SP tlog-policy)
  --roots FILE   certificates of the time-stamping authorities that you trust (PEM)
  --json         the verdict as JSON

  dossier FILE         messages between agencies with their receipts, as one of them has exported them
  --directory FOLDER   a copy of the published directory of members: whose keys are whose
  --root-sha256 HEX    the SHA-256 of its first root, as you have it from somebody you trust

Exit code: 0 everything was checked and is right; 1 something is wrong, or was not checked; 2 a wrong command line.
`

export type Answer = { readonly code: 0 | 1 | 2; readonly out: string; readonly err: string }

export async function verifyCommand(args: readonly string[]): Promise<Answer> {
  const usage = (why: string): Answer => ({ code: 2, out: '', err: `comity-verify: ${why}\n\n${USAGE}` })
  const parsed = parseLine(args)
  if (typeof parsed === 'string') return usage(parsed)
  const { values, positionals } = parsed
  if (values.help === true) return { code: 0, out: USAGE, err: '' }
  const [path, ...more] = positionals
  if (path === 'dossier') {
    const [file, ...others] = more
    if (file === undefined || others.length > 0) return usage('name one dossier')
    if (values.directory === undefined) return usage('a dossier is checked with --directory')
    // Loaded only here: a bundle is checked by less code.
    const { verifyDossier } = await import('./dossier-command.ts')
    return verifyDossier(file, values.directory, values['root-sha256'] ?? null, values.json === true)
  }
  if (path === undefined || more.length > 0) return usage('name one folder')
  const there = await stat(path).catch(() => null)
  if (!there?.isDirectory() && !(there?.isFile() && path.endsWith('.zip')))
    return usage(`${path} is not a folder, and no zip file`)
  const policy = await readOption<WitnessPolicy>(values.policy, parsePolicy)
  if (typeof policy === 'string') return usage(policy)
  const roots = await readOption<TrustedRoots>(values.roots, (bytes) =>
    parseRoots(Buffer.from(bytes).toString('latin1')),
  )
  if (typeof roots === 'string') return usage(roots)
  const unpacked = there.isFile() ? await unpack(path) : { folder: path, remove: async () => {} }
  if (typeof unpacked === 'string') return usage(unpacked)
  const verdict = await verifyBundle(await bundleOnDisk(unpacked.folder), {
    check: checkEd25519,
    checkKey: checkJwk,
    policy,
    roots,
  }).finally(unpacked.remove)
  const out = values.json === true ? `${JSON.stringify(verdict, null, 2)}\n` : verdictText(verdict)
  return { code: verdict.result === 'all checked' ? 0 : 1, out, err: '' }
}

function parseLine(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        policy: { type: 'string' },
        roots: { type: 'string' },
        directory: { type: 'string' },
        'root-sha256': { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (thrown) {
    return (thrown as Error).message
  }
}

/** Null where the option is not given; a sentence where its file is of no use. */
async function readOption<T>(
  path: string | undefined,
  parse: (bytes: Uint8Array) => Result<T>,
): Promise<T | null | string> {
  if (path === undefined) return null
  const bytes = await readFile(path).catch(() => null)
  if (bytes === null) return `${path} cannot be read`
  const parsed = parse(bytes)
  return parsed.ok ? parsed.value : `${path}: ${parsed.refusal.message}`
}
