/** The door of a node on a home and a database, for tests that break off what goes through it. */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { ports as casework } from '../../src/casework/index.ts'
import { addressGate, law, retentionRules } from '../../src/casework/testing/fakes.ts'
import { custodyStore, vaultStore } from '../../src/evidence/store/custody.ts'
import { ports as comparing } from '../../src/exchange/deconfliction/index.ts'
import { ports as exchange } from '../../src/exchange/desk/index.ts'
import { partners } from '../../src/exchange/requests/index.ts'
import type { Database } from '../../src/io/postgres/index.ts'
import { canonicalJson, orStop, sha256Text } from '../../src/kernel/index.ts'
import { type LegalPacks, legalPorts } from '../../src/legal/index.ts'
import { packFolder, readPacks } from '../../src/legal/sources/index.ts'
import { allActions } from '../../src/node/actions.ts'
import { type Door, openDoor } from '../../src/node/door/door.ts'
import { type NodeKeys, openKeys } from '../../src/node/keys.ts'
import { type DecisionPoint, openDecisionPoint } from '../../src/node/policy/decision-point.ts'
import { approvalDesk, reminderSetting } from '../../src/node/ports.ts'
import { openShredder } from '../../src/node/shredder.ts'
import { policyFolder } from '../../src/node/start.ts'
import { peerPost } from '../../src/node/testing/peer-post.ts'

export const rp = { id: 'localhost', name: 'Test', origin: 'http://localhost' }
export const WEBHOOK_HOST = '127.0.0.1:9'
/** Every upload of these tests has arrived whole, and holds a package of evidence with one wallet of its own. */
const packageIn = (upload: string) =>
  canonicalJson({
    format: 'comity-evidence-package/1',
    id: upload,
    wallets: [{ id: upload, chain: 'bip122:000000000019d6689c085ae165831e93', address: `addr${sha256Text(upload)}` }],
  })
export const UPLOAD_BYTES = packageIn(randomUUID()).length

export const faultReminders = reminderSetting('UTC', undefined)

export type FaultDoorSetting = {
  readonly database: Database
  readonly keys: NodeKeys
  readonly policies: DecisionPoint
  readonly packs: LegalPacks
  readonly clock: () => number
  readonly failpoint?: (step: string) => void
}

/** A partner that is never reached: what is queued for it stays. */
export const PARTNER = 'ee-fiu'

export function openFaultDoor(setting: FaultDoorSetting): Door {
  const { keys, policies, packs } = setting
  return openDoor({
    ...setting,
    actions: allActions(),
    ports: new Map<string, unknown>([
      ['webhook-hosts', [WEBHOOK_HOST]],
      [comparing.partners, { me: 'test', comparable: () => [PARTNER] }],
      [exchange.messages, peerPost({ keys, now: setting.clock }).port],
      [legalPorts.packs, packs],
      [casework.partners, partners],
      [casework.addresses, addressGate],
      [casework.law, law],
      [casework.policies, { version: policies.version }],
      [casework.retention, retentionRules([])],
      [casework.approvals, approvalDesk(rp, 2)],
      [casework.reminders, faultReminders],
      [casework.shredder, openShredder(keys)],
      ['custody', custodyStore(keys)],
      ['vault', vaultStore],
      ['vault-limits', { largestFile: 1_000_000, largestCase: 100_000_000 }],
      [
        'vault-content',
        {
          sealedObject: async (id: string, caseId: string) => arrived(id, caseId),
          read: async function* ({ id }: { id: string }) {
            yield new TextEncoder().encode(packageIn(id))
          },
        },
      ],
    ]),
    watch: { decided: () => {}, acted: () => {} },
  })
}

function arrived(id: string, caseId: string) {
  const sha256 = sha256Text(packageIn(id))
  return { id, caseId, size: UPLOAD_BYTES, sha256, sha512: `${sha256}${sha256}` }
}

export function openFaultKeys(home: string): NodeKeys {
  return openKeys(join(home, 'keys'))
}

export function openPacks(): LegalPacks {
  return orStop(readPacks(orStop(packFolder())))
}

export function openPolicies(): DecisionPoint {
  return openDecisionPoint(policyFolder)
}
