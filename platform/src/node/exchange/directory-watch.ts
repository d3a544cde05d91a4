/**
 * The directory as this node follows it: fetched from the one place that its configuration names, checked, kept in `directory/`, and
 * asked by everything that has to do with other agencies. Each new edition is an entry of the journal.
 */
import { readFileSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import {
  type DirectoryView,
  type Edition,
  eventsOfUpdate,
  loadTrusted,
  type Trusted,
  type UpdateReport,
  updateDirectory,
  view,
} from '../../exchange/directory/index.ts'
import { folderSource, httpSource, trustedFolder } from '../../exchange/directory/store/index.ts'
import { checkEd25519 } from '../../kernel/crypto/index.ts'
import { ok, orStop } from '../../kernel/index.ts'
import type { Door } from '../door/door.ts'
import type { Members } from './members.ts'

export const DIRECTORY_FOLDER = 'directory'

export type DirectoryWatch = {
  /** As of now. */
  view(): DirectoryView
  readonly members: Members
  /** Fetches what is new; the refusal of the report says why it ended early. */
  update(door: Pick<Door, 'asNode'>): Promise<UpdateReport>
  /** Takes up what another process has fetched into the same folder. */
  reload(): Promise<void>
}

export async function watchDirectory(home: string, source: string, now: () => number): Promise<DirectoryWatch> {
  const folder = join(home, DIRECTORY_FOLDER)
  const files = await trustedFolder(folder)
  const fetched = /^https?:/.test(source)
    ? httpSource(new URL(source))
    : folderSource(isAbsolute(source) ? source : join(home, source))
  let trusted: Trusted = await loadTrusted(files, checkEd25519)
  let seen = headOf(folder)
  let underWay: Promise<UpdateReport> | null = null
  const current = () => view(trusted, now())
  const pins = byEdition((edition) => {
    const found = new Map<string, string>()
    for (const [id, { member }] of edition.members) for (const pin of member.tlsPins) found.set(pin, id)
    return found
  })
  const signers = byEdition((edition) => {
    const found = new Map<string, string>()
    for (const [id, { member }] of edition.members) for (const { keyid } of member.signingKeys) found.set(keyid, id)
    return found
  })
  const peer: Members['peer'] = (id) => {
    const seenNow = current()
    const member = seenNow.mayStill(id) ? seenNow.memberOf(id) : null
    if (!member) return null
    const { endpoint, tlsPins, limits } = member
    return { id, endpoint, tlsPins, limits }
  }
  return {
    view: current,
    members: {
      peer,
      byPin: (pin) => {
        const id = pins(trusted).get(pin)
        return id === undefined ? null : peer(id)
      },
      keyOf: (keyId) => {
        const agency = signers(trusted).get(keyId)
        const key =
          agency &&
          current()
            .keysOf(agency, now())
            .find(({ keyid }) => keyid === keyId)
        return agency && key ? { agency, publicKey: Buffer.from(key.publicKey, 'hex') } : null
      },
    },
    // One at a time: two on one folder could each put a head back behind the other's.
    update: (door) => {
      underWay ??= updateOnce(door).finally(() => {
        underWay = null
      })
      return underWay
    },
    reload: async () => {
      if (headOf(folder) === seen) return
      seen = headOf(folder)
      trusted = await loadTrusted(files, checkEd25519)
    },
  }

  async function updateOnce(door: Pick<Door, 'asNode'>): Promise<UpdateReport> {
    const before = trusted.editions.at(-1) ?? null
    const report = await updateDirectory({ source: fetched, files, check: checkEd25519, now: now() })
    trusted = await loadTrusted(files, checkEd25519)
    seen = headOf(folder)
    const events = eventsOfUpdate(report, before)
    if (events.length > 0) orStop(await door.asNode(async () => ok({ result: null, events })))
    return report
  }
}

function headOf(folder: string): string {
  try {
    return readFileSync(join(folder, 'timestamp.json'), 'utf8')
  } catch {
    return ''
  }
}

/** Made once for each edition. */
function byEdition(make: (edition: Edition) => ReadonlyMap<string, string>) {
  let of: Edition | null = null
  let made: ReadonlyMap<string, string> = new Map()
  return ({ editions }: Trusted) => {
    const edition = editions.at(-1) ?? null
    if (edition !== of) {
      of = edition
      made = edition === null ? new Map() : make(edition)
    }
    return made
  }
}
