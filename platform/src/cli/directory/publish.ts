/** The directory as others see it: published, renewed, shown, verified. */
import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import {
  draftsOf,
  type Files,
  holdersIn,
  nextTimestamp,
  planPublication,
  publishedOf,
  publishedRoles,
  readAsNode,
  type Signer,
  type UpdateReport,
} from '../../exchange/directory/index.ts'
import { checkEd25519 } from '../../kernel/crypto/index.ts'
import { bytesToHex, catchRefusal, orStop, sha256, stop } from '../../kernel/index.ts'
import type { CommandDefinition, Flags } from '../command.ts'
import { readCount } from '../commands/shared-options.ts'
import type { Desk } from '../desk.ts'
import { passphraseFor } from '../passphrase.ts'
import { count, plain, table, utc } from '../present.ts'
import { changesOf, draftToJson, draftToText, fileBytes, indented, listOf, nowOf, plumbing } from './desk.ts'
import { draftAt } from './keys.ts'

export const runDirectoryPublish: CommandDefinition['run'] = async (desk, [folder = ''], flags) => {
  const { readCeremonyFolder, writeCeremonyFiles } = await plumbing()
  const files = await readCeremonyFolder(folder)
  const now = nowOf(flags)
  const options = {
    now,
    check: checkEd25519,
    signers: await signersOf(flags, desk),
    renew: flags.renew === true,
    timestampHours: readCount(flags.hours, '--hours') ?? 1,
  }
  const { writes, published, waiting } = orStop(await planPublication(files, options))
  await writeCeremonyFiles(folder, writes)
  const after: Files = new Map([...files, ...writes.map(({ path, bytes }) => [path, bytes] as const)])
  return {
    exit: 0,
    json: {
      folder: resolve(folder),
      published: [...published],
      waiting: waiting.map((draft) => draftToJson(after, draft)),
    },
    text: [
      published.length === 0 ? 'Nothing new is signed in full; nothing was published.' : `Published in ${folder}:`,
      ...published.map((path) => `  ${path}`),
      ...waiting.map((draft) => draftToText(after, draft)),
    ].join('\n'),
  }
}

export const runDirectoryTimestamp: CommandDefinition['run'] = async (desk, [folder = ''], flags) => {
  const { readCeremonyFolder, writeCeremonyFiles } = await plumbing()
  const files = await readCeremonyFolder(folder)
  const options = {
    now: nowOf(flags),
    check: checkEd25519,
    signers: await signersOf(flags, desk),
    timestampHours: readCount(flags.hours, '--hours') ?? 1,
  }
  const bytes = orStop(catchRefusal(() => nextTimestamp(files, options)))
  const after: Files = new Map([...files, ['timestamp.json', bytes]])
  const report = await readAsNode(after, options.now, checkEd25519)
  if (report.refusal)
    stop(report.refusal.code, `Nodes would refuse this: ${report.refusal.message}`, {
      place: report.refusal.place ?? folder,
      fix: 'Publish what has expired anew (directory publish --renew), or bring what is missing.',
    })
  await writeCeremonyFiles(folder, [{ path: 'timestamp.json', bytes, replaces: true }])
  const held = publishedOf(after, 'timestamp')
  const expires = (held?.document.content.expires ?? 0) / 1000
  return {
    exit: 0,
    json: { folder: resolve(folder), version: held?.version ?? 0, expires },
    text: `Timestamp ${held?.version}, good until ${utc(expires)}.`,
  }
}

export const runDirectoryShow: CommandDefinition['run'] = async (_desk, [path = ''], flags) => {
  const { readCeremonyFolder } = await plumbing()
  if (!isFolder(path)) {
    const { files, draft } = await draftAt(path, null)
    const changes = changesOf(files, draft)
    return {
      exit: 0,
      json: {
        folder: null,
        digest: null,
        refusal: null,
        roles: [],
        members: [],
        drafts: [draftToJson(files, draft)],
      },
      text: `${draftToText(files, draft)}\n${indented(changes)}`,
    }
  }
  const files = await readCeremonyFolder(path)
  const now = nowOf(flags)
  const report = await readAsNode(files, now, checkEd25519)
  const drafts = draftsOf(files)
  const roles = rolesOf(files)
  const members = membersOf(report)
  const holders = holdersIn(files)
  return {
    exit: 0,
    json: {
      folder: resolve(path),
      digest: report.edition?.digest ?? null,
      refusal: report.refusal ? report.refusal.code : null,
      roles,
      members,
      drafts: drafts.map((draft) => draftToJson(files, draft)),
    },
    text: [
      report.edition
        ? `Directory ${report.edition.digest}`
        : `Nodes read nothing here: ${plain(report.refusal?.message ?? 'it is empty')}`,
      ...roles.flatMap(({ role, version, expires, threshold, keyids }) => [
        `  ${role}, version ${version}, until ${utc(expires)}${now / 1000 >= expires ? ' EXPIRED' : ''}: ${threshold} of ${count(keyids.length, 'key')}`,
        ...keyids.map((keyid) => `      ${keyid.slice(0, 8)}  ${plain(holders.get(keyid) ?? 'holder not stated')}`),
      ]),
      count(members.length, 'member'),
      ...(members.length === 0
        ? []
        : [
            table(
              members.map(({ id, country, kind, name, status, role }) => [
                `  ${id}`,
                country,
                kind,
                status,
                plain(name),
                role,
              ]),
            ),
          ]),
      ...drafts.map((draft) => draftToText(files, draft)),
    ].join('\n'),
  }
}

export const runDirectoryVerify: CommandDefinition['run'] = async (_desk, [folder = ''], flags) => {
  const files = await (await plumbing()).readCeremonyFolder(folder)
  const root = flags.root === undefined ? files.get('1.root.json') : fileBytes(String(flags.root))
  const hash = root === undefined ? null : bytesToHex(sha256(root))
  if (flags.rootSha256 !== undefined && hash !== String(flags.rootSha256).toLowerCase())
    stop('DIRECTORY_ROOT_OTHER', 'The root is not the one whose SHA-256 was given.', {
      place: hash ?? folder,
      fix: 'Ask several of those who were at the founding for the SHA-256 of the first root.',
    })
  const now = nowOf(flags)
  const report = await readAsNode(files, now, checkEd25519, root)
  const defects = [...(report.edition?.defects ?? [])].map(([of, { code, message }]) => ({ of, code, message }))
  const sound = report.refusal === null && defects.length === 0
  const members = membersOf(report)
  return {
    exit: sound ? 0 : 1,
    json: {
      folder: resolve(folder),
      root: hash,
      sound,
      digest: report.edition?.digest ?? null,
      refusal: report.refusal && {
        code: report.refusal.code,
        message: report.refusal.message,
        place: report.refusal.place ?? null,
      },
      defects,
      members,
    },
    text: [
      `Started from the root with SHA-256 ${hash ?? '(none)'}${flags.root === undefined && flags.rootSha256 === undefined ? '\n  which was compared with nothing: give --root or --root-sha256.' : ''}`,
      ...report.accepted.map(
        ({ name, version, sha256: of }) => `  ✓ ${name}${version === null ? '' : ` ${version}`}  ${of.slice(0, 16)}…`,
      ),
      ...defects.map(({ of, code, message }) => `  ✗ ${of}: ${code}: ${plain(message)}`),
      report.refusal
        ? `✗ ${report.refusal.code}: ${plain(report.refusal.message)}`
        : `${sound ? '✓' : '✗'} ${count(members.length, 'member')}; directory ${report.edition?.digest}`,
    ].join('\n'),
  }
}

async function signersOf(flags: Flags, desk: Desk): Promise<readonly Signer[]> {
  const { openKeyFile } = await plumbing()
  const signers: Signer[] = []
  for (const path of listOf(flags.key))
    signers.push(orStop(await openKeyFile(path, (holder) => passphraseFor(holder, flags, desk.environment))))
  return signers
}

function rolesOf(files: Files) {
  const root = publishedOf(files, 'root')?.document.content
  const delegations = publishedRoles(files).flatMap((role) => {
    const content = publishedOf(files, role)?.document.content
    return content?.type === 'targets' ? content.delegations : []
  })
  return [
    'root',
    'targets',
    'snapshot',
    'timestamp',
    ...publishedRoles(files).filter((role) => role !== 'targets'),
  ].flatMap((role) => {
    const held = publishedOf(files, role)
    const keepers =
      root?.type === 'root' && role in root.roles
        ? root.roles[role as keyof typeof root.roles]
        : delegations.find(({ name }) => name === role)
    if (held === null || keepers === undefined) return []
    const { threshold, keyids } = keepers
    return [
      { role, version: held.version, expires: held.document.content.expires / 1000, threshold, keyids: [...keyids] },
    ]
  })
}

function membersOf({ edition }: UpdateReport) {
  return [...(edition?.members.values() ?? [])].map(({ member, role, sha256: hash }) => ({
    id: member.id,
    name: member.name,
    country: member.country,
    kind: member.kind,
    status: member.status,
    endpoint: member.endpoint,
    until: member.notAfter,
    role,
    sha256: hash,
  }))
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return stop('SOURCE_NOT_FOUND', 'There is no such file or folder.', { place: path, fix: 'Check the path.' })
  }
}
