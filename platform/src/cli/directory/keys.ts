/** The part of each keeper of the directory: a key of their own, and signatures on drafts. */
import { existsSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import {
  countsFor,
  type Draft,
  draftOf,
  draftsOf,
  type Files,
  formatSignatureFile,
  keepersOfDraft,
  parseSignatureFile,
  signedHash,
  signedMessage,
} from '../../exchange/directory/index.ts'
import { checkEd25519 } from '../../kernel/crypto/index.ts'
import { bytesToHex, orStop, stop } from '../../kernel/index.ts'
import type { CommandDefinition } from '../command.ts'
import { confirmed, newPassphrase, passphraseFor } from '../passphrase.ts'
import { plain } from '../present.ts'
import { changesOf, draftToJson, draftToText, fileBytes, indented, plumbing } from './desk.ts'

export const runDirectoryKey: CommandDefinition['run'] = async (desk, [act = '', file = ''], flags) => {
  if (act !== 'new')
    stop('FLAG_VALUE', `There is no "directory key ${act}".`, { place: act, fix: 'Write: directory key new FILE.' })
  const unsealed = flags.plainKey === true
  if (unsealed) process.stderr.write('The secret key is written unsealed: whoever reads the file can sign with it.\n')
  for (const path of [file, `${file}.pub`])
    if (existsSync(path)) stop('FILE_EXISTS', 'This file is there already.', { place: path, fix: 'Name another file.' })
  const passphrase = unsealed ? null : await newPassphrase(flags, desk.environment)
  const made = (await plumbing()).makeKeyFiles(resolve(file), String(flags.holder), passphrase)
  return {
    exit: 0,
    json: { ...made, holder: String(flags.holder), sealed: !unsealed },
    text: [
      `Key ${made.keyid}`,
      `  of ${plain(String(flags.holder))}`,
      `  secret: ${made.secretFile} (${unsealed ? 'NOT sealed' : 'sealed under the passphrase'}; keep it here, and a copy in a safe)`,
      `  public: ${made.publicFile} (give this to the others, and read them the first digits of the key aloud)`,
    ].join('\n'),
  }
}

export const runDirectorySign: CommandDefinition['run'] = async (desk, [path = ''], flags) => {
  const { files, draft, inFolder } = await draftAt(path, flags.folder === undefined ? null : String(flags.folder))
  const { openKeyFile } = await plumbing()
  const key = orStop(await openKeyFile(String(flags.key), (holder) => passphraseFor(holder, flags, desk.environment)))
  const keepers = keepersOfDraft(files, draft)
  if (keepers.length > 0 && !keepers.some(({ role }) => role.keyids.includes(key.keyid)))
    stop('DIRECTORY_SIGNATURE_WRONG', 'Nobody waits for a signature of this key on this draft.', {
      place: key.keyid,
      fix: 'See who may sign: comity directory show FOLDER.',
    })
  const changes = changesOf(files, draft)
  const hash = signedHash(draft.document.signed)
  const preview = `${draft.role}, version ${draft.version}, SHA-256 of what is signed: ${hash}\n${indented(changes)}`
  if (flags.yes !== true) {
    process.stderr.write(`${preview}\n`)
    if (!(await confirmed(`Sign this as ${key.holder}? Type yes: `)))
      stop('DIRECTORY_NOT_CONFIRMED', 'Nothing was signed.', {
        place: path,
        fix: 'Look at the changes (comity directory show DRAFT) and answer yes, or give --yes.',
      })
  }
  const sig = bytesToHex(key.sign(signedMessage(draft.document.signed)))
  const name = basename(draft.path)
  const out =
    flags.out !== undefined
      ? String(flags.out)
      : inFolder === null
        ? join(dirname(path), `${name}.${key.keyid.slice(0, 8)}.signature.json`)
        : join(inFolder, `${draft.path}.signatures`, `${key.keyid}.json`)
  await (await plumbing()).writeCeremonyFiles(dirname(out), [
    { path: basename(out), bytes: formatSignatureFile(name, hash, { keyid: key.keyid, sig }), replaces: false },
  ])
  return {
    exit: 0,
    json: {
      role: draft.role,
      version: draft.version,
      sha256: hash,
      keyid: key.keyid,
      holder: key.holder,
      changes: [...changes],
      signature: resolve(out),
    },
    text: `${flags.yes === true ? `${preview}\n` : ''}✓ Signed by ${plain(key.holder)} (${key.keyid.slice(0, 8)}): ${out}`,
  }
}

export const runDirectoryAddSignature: CommandDefinition['run'] = async (_desk, [folder = '', ...paths]) => {
  const { readCeremonyFolder, writeCeremonyFiles } = await plumbing()
  let files = await readCeremonyFolder(folder)
  const touched = new Map<string, Draft>()
  for (const path of paths) {
    const file = parseSignatureFile(fileBytes(path))
    const draft = draftsOf(files).find((one) => file !== null && signedHash(one.document.signed) === file.sha256)
    if (file === null || draft === undefined)
      return stop('DIRECTORY_DRAFT_UNKNOWN', 'This is no signature on a draft of this folder.', {
        place: path,
        fix: 'Bring the draft that was signed; one that was changed since must be signed anew.',
      })
    const counts = countsFor(files, draft, file.keyid, file.sig, checkEd25519)
    if (counts !== 'yes')
      stop(
        'DIRECTORY_SIGNATURE_WRONG',
        counts === 'wrong' ? 'The signature is wrong.' : 'The signature is by nobody whom the draft waits for.',
        { place: path, fix: 'Have a keeper of the role sign the draft that waits.' },
      )
    const place = `${draft.path}.signatures/${file.keyid}.json`
    const bytes = formatSignatureFile(basename(draft.path), file.sha256, file)
    if (!files.has(place)) await writeCeremonyFiles(folder, [{ path: place, bytes, replaces: false }])
    files = new Map([...files, [place, bytes]])
    touched.set(draft.role, draft)
  }
  const drafts = [...touched.keys()].flatMap((role) => draftOf(files, role) ?? [])
  return {
    exit: 0,
    json: { folder: resolve(folder), drafts: drafts.map((draft) => draftToJson(files, draft)) },
    text: drafts.map((draft) => draftToText(files, draft)).join('\n'),
  }
}

/** A draft in its folder, or alone with a copy of the folder beside it. */
export async function draftAt(
  path: string,
  copy: string | null,
): Promise<{ files: Files; draft: Draft; inFolder: string | null }> {
  const { readCeremonyFolder } = await plumbing()
  const whole = resolve(path)
  const home = basename(dirname(whole)) === 'drafts' ? dirname(dirname(whole)) : null
  const bytes = fileBytes(whole)
  const around =
    home !== null ? await readCeremonyFolder(home) : copy !== null ? await readCeremonyFolder(copy) : new Map()
  const files: Files = new Map([...around, [`drafts/${basename(whole)}`, bytes]])
  const draft = draftsOf(files).find((one) => basename(one.path) === basename(whole))
  if (draft === undefined)
    return stop('DIRECTORY_DRAFT_UNKNOWN', 'This is no draft of the directory, or it is published already.', {
      place: path,
      fix: 'Give a file of drafts/, as drafts/2.root.json.',
    })
  return { files, draft, inFolder: home }
}
