/** The door of a node on a home and a database, for tests that break off what goes through it. */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { ports as casework } from '../../src/casework/index.ts'
import { addressGate, law, retentionRules } from '../../src/casework/testing/fakes.ts'
import { custodyStore, vaultStore } from '../../src/evidence/store/custody.ts'
import { ports as comparing } from '../../src/exchange/deconfliction/index.ts'
import { ports as desk } from '../../src/exchange/desk/index.ts'
import type { DirectoryView } from '../../src/exchange/directory/index.ts'
import { keyIdOf } from '../../src/exchange/wire/index.ts'
import type { Database } from '../../src/io/postgres/index.ts'
import { newSigningKey, signEd25519 } from '../../src/kernel/crypto/index.ts'
import { canonicalJson, sha256Text } from '../../src/kernel/index.ts'
import { allActions } from '../../src/node/actions.ts'
import { type Door, openDoor } from '../../src/node/door/door.ts'
import { openAgency } from '../../src/node/exchange/agency.ts'
import { messageDesk } from '../../src/node/exchange/message-desk.ts'
import { messageStore } from '../../src/node/exchange/message-store.ts'
import { type NodeKeys, openKeys } from '../../src/node/keys.ts'
import { type DecisionPoint, openDecisionPoint } from '../../src/node/policy/decision-point.ts'
import { approvalDesk, reminderSetting } from '../../src/node/ports.ts'
import { openShredder } from '../../src/node/shredder.ts'
import { policyFolder } from '../../src/node/start.ts'

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
  readonly clock: () => number
  readonly failpoint?: (step: string) => void
}

export const PARTNER = 'ee-fiu'
export const ME = 'at-prosecutor-vienna'
/** One partner, who is never reached: what is queued for it stays. */
const directory = {
  standingOf: () => ({ mayOpen: true, mayStill: true }),
  maySend: () => true,
  mayReceive: () => true,
} as never
const self = { name: ME, country: 'AT', kind: 'prosecutor' as const, timeZone: 'Europe/Vienna' }
const secret = newSigningKey()
const signer = { keyId: keyIdOf(secret.publicKey.bytes), sign: (bytes: Uint8Array) => signEd25519(secret, bytes) }
const nobody = { peer: () => null, byPin: () => null, keyOf: () => null }

export function openFaultDoor(setting: FaultDoorSetting): Door {
  const { keys, policies } = setting
  const agency = () =>
    openAgency({
      ...{ me: ME, store: messageStore(door, keys), members: nobody, signer, handlers: new Map() },
      standing: { mayOpen: () => true, mayStill: () => true, maySend: () => true },
      ...{ now: setting.clock, random: Math.random, settled: async () => {} },
      post: async () => ({ kind: 'silence' }),
      ask: async () => ({ kind: 'silence' }),
    })
  const door = openDoor({
    ...setting,
    actions: allActions(),
    ports: new Map<string, unknown>([
      ['webhook-hosts', [WEBHOOK_HOST]],
      [comparing.partners, { me: ME, comparable: () => [PARTNER] }],
      [desk.messages, messageDesk({ me: ME, keys, agency, directory: (): DirectoryView => directory, self })],
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
  return door
}

function arrived(id: string, caseId: string) {
  const sha256 = sha256Text(packageIn(id))
  return { id, caseId, size: UPLOAD_BYTES, sha256, sha512: `${sha256}${sha256}` }
}

export function openFaultKeys(home: string): NodeKeys {
  return openKeys(join(home, 'keys'))
}

export function openPolicies(): DecisionPoint {
  return openDecisionPoint(policyFolder)
}
