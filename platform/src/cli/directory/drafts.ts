/** Drafting changes of the directory of members: founding, members, delegations, keys. Nothing here signs or publishes. */
import { resolve } from 'node:path'
import { ELEMENTS_A_DAY } from '../../exchange/deconfliction/index.ts'
import {
  draftChangedMember,
  draftDelegation,
  draftFounding,
  draftNewMember,
  draftRemovedMember,
  draftRotation,
  type Files,
  type Grant,
  memberFileOf,
  parseCard,
} from '../../exchange/directory/index.ts'
import { checkEd25519 } from '../../kernel/crypto/index.ts'
import { orStop, type Result, stop } from '../../kernel/index.ts'
import type { CommandDefinition, Flags } from '../command.ts'
import { readCount } from '../commands/shared-options.ts'
import { fileBytes, listOf, nowOf, plumbing, publicKeys, threshold, writeDrafts } from './desk.ts'

export const runDirectoryInit: CommandDefinition['run'] = async (_desk, [folder = ''], flags) => {
  const root = publicKeys(flags.root)
  const targets = flags.targets === undefined ? root : publicKeys(flags.targets)
  const half = (keys: readonly unknown[]) => Math.floor(keys.length / 2) + 1
  const founding = {
    root: { keys: root, threshold: threshold(flags.threshold, '--threshold', half(root)) },
    targets: { keys: targets, threshold: threshold(flags.targetsThreshold, '--targets-threshold', half(targets)) },
    snapshot: {
      keys: publicKeys(flags.snapshot),
      threshold: threshold(flags.snapshotThreshold, '--snapshot-threshold', 1),
    },
    timestamp: {
      keys: publicKeys(flags.timestamp),
      threshold: threshold(flags.timestampThreshold, '--timestamp-threshold', 1),
    },
  }
  return drafted(folder, (files) => draftFounding(files, founding, nowOf(flags)))
}

const memberActs = ['add', 'change', 'suspend', 'resume', 'remove'] as const

export const runDirectoryMember: CommandDefinition['run'] = async (
  _desk,
  [act = '', folder = '', agency = ''],
  flags,
) => {
  const now = nowOf(flags)
  const card = flags.card === undefined ? null : orStop(parseCard(trimmed(fileBytes(String(flags.card))), checkEd25519))
  if (!memberActs.some((one) => one === act))
    stop('FLAG_VALUE', `There is no "directory member ${act}".`, {
      place: act,
      fix: `One of ${memberActs.join(', ')}.`,
    })
  if (act !== 'add' && agency === '')
    stop('FLAG_VALUE', 'The agency is not named.', {
      place: act,
      fix: `Write: directory member ${act} FOLDER AGENCY.`,
    })
  return drafted(folder, (files) => {
    if (act === 'add') {
      if (card === null)
        return stop('FLAG_VALUE', 'A new member needs its card.', {
          place: '--card',
          fix: 'Give the card that the agency signed.',
        })
      return draftNewMember(files, String(flags.role ?? 'targets'), card, grantOf(flags, now, null), now, checkEd25519)
    }
    if (act === 'remove') return draftRemovedMember(files, agency, now)
    const before = memberFileOf(files, agency)?.grant ?? null
    const status: Partial<Grant> =
      act === 'suspend' ? { status: 'suspended' } : act === 'resume' ? { status: 'active' } : {}
    const grant = act === 'change' && before ? grantOf(flags, now, before) : status
    return draftChangedMember(files, { id: agency, card: act === 'change' ? card : null, grant }, now, checkEd25519)
  })
}

export const runDirectoryDelegate: CommandDefinition['run'] = async (_desk, [folder = '', role = ''], flags) => {
  const keys = publicKeys(flags.keys)
  const wanted = {
    role,
    from: String(flags.by ?? 'targets'),
    keys,
    threshold: threshold(flags.threshold, '--threshold', Math.floor(keys.length / 2) + 1),
    paths: listOf(flags.path),
    terminating: flags.notTerminating !== true,
  }
  return drafted(folder, (files) => draftDelegation(files, wanted, nowOf(flags)))
}

export const runDirectoryRotate: CommandDefinition['run'] = async (_desk, [folder = '', role = ''], flags) => {
  const change = {
    add: publicKeys(flags.add),
    remove: listOf(flags.remove),
    threshold: readCount(flags.threshold, '--threshold'),
  }
  return drafted(folder, (files) => draftRotation(files, role, change, nowOf(flags)))
}

async function drafted(folder: string, draft: (files: Files) => Result<Parameters<typeof writeDrafts>[2]>) {
  const files = await (await plumbing()).readCeremonyFolder(resolve(folder))
  return writeDrafts(folder, files, orStop(draft(files)))
}

/** What is not said stays as it was, or as a new member has it. */
function grantOf(flags: Flags, now: number, before: Grant | null): Grant {
  const instant = (flag: Flags[string], otherwise: number) =>
    flag === undefined ? `${new Date(otherwise).toISOString().slice(0, 19)}Z` : String(flag)
  const count = (flag: Flags[string], name: string, was: number | undefined, otherwise: number) =>
    readCount(flag, name) ?? was ?? otherwise
  const limits = before?.limits
  const scopes = listOf(flags.scope)
  if (before === null && scopes.length === 0)
    stop('FLAG_VALUE', 'A new member needs a scope.', {
      place: '--scope',
      fix: 'Name what it may send and receive, as --scope "freeze.*".',
    })
  return {
    status: before?.status ?? 'active',
    scopes: scopes.length === 0 && before ? before.scopes : scopes.map(scopeOf),
    roles: flags.memberRole === undefined && before ? before.roles : (listOf(flags.memberRole) as Grant['roles']),
    limits: {
      messagesPerMinute: count(flags.messagesPerMinute, '--messages-per-minute', limits?.messagesPerMinute, 120),
      bytesPerDay: count(flags.bytesPerDay, '--bytes-per-day', limits?.bytesPerDay, 10_000_000_000),
      oprfElementsPerDay: count(flags.oprfPerDay, '--oprf-per-day', limits?.oprfElementsPerDay, ELEMENTS_A_DAY),
      openConnections: count(flags.connections, '--connections', limits?.openConnections, 32),
      attachmentBytes: count(flags.attachmentBytes, '--attachment-bytes', limits?.attachmentBytes, 1_000_000_000),
    },
    notBefore: flags.from === undefined && before ? before.notBefore : instant(flags.from, now),
    notAfter: flags.until === undefined && before ? before.notAfter : instant(flags.until, now + 730 * 86_400_000),
  }
}

function scopeOf(text: string): Grant['scopes'][number] {
  const [messages = '', way] = text.split(':', 2)
  if (way !== undefined && way !== 'send' && way !== 'receive')
    stop('FLAG_VALUE', 'A scope goes both ways, or :send, or :receive.', {
      place: text,
      fix: 'Write freeze.*, or freeze.*:send.',
    })
  return { messages, send: way !== 'receive', receive: way !== 'send' }
}

/** A card may have been saved with a line break at its end. */
function trimmed(bytes: Uint8Array): Uint8Array {
  let end = bytes.length
  while (end > 0 && (bytes[end - 1] === 0x0a || bytes[end - 1] === 0x0d)) end -= 1
  return bytes.subarray(0, end)
}
