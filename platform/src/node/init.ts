/** A new node: its folder, its keys, its configuration, its database, and the invitation of its first administrator. */
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ensureFolder } from '../io/data-folder.ts'
import { newSecret } from '../kernel/crypto/index.ts'
import { ok, orStop, stop } from '../kernel/index.ts'
import { enrolmentOf } from './auth/actions.ts'
import type { Person } from './auth/records.ts'
import { newToken, tokenHash } from './auth/tokens.ts'
import { CONFIG_FILE, dangers, type NodeConfig, NodeConfig as NodeConfigSchema, writeConfig } from './config.ts'
import { openDoor } from './door/door.ts'
import { misfit } from './door/schemas.ts'
import { initKeys } from './keys.ts'
import { openDecisionPoint } from './policy/decision-point.ts'
import { policyFolder } from './start.ts'
import { openStores } from './stores.ts'

export type Initialised = { readonly personId: string; readonly token: string; readonly expiresAt: string }

/** Nothing is begun where something is wrong with what was asked; what a crash left half done is refused, not overwritten. */
export async function initNode(
  home: string,
  config: NodeConfig,
  administrator: string,
  environment: NodeJS.ProcessEnv,
): Promise<Initialised> {
  const wrong = misfit(NodeConfigSchema, config)
  if (wrong) stop('CONFIG_INVALID', wrong.message, { place: wrong.place ?? '/', fix: 'Correct what was given.' })
  for (const danger of dangers(config, environment)) stop('CONFIG_UNSAFE', danger, { fix: 'Choose other settings.' })
  if (existsSync(join(home, CONFIG_FILE)))
    stop('NODE_EXISTS', 'There is a node in this folder already.', {
      place: home,
      fix: 'Start it, or choose another --home.',
    })
  ensureFolder(home)
  forgetUnfinished(home)
  initKeys(join(home, 'keys'))
  const stores = await openStores(home, config)
  try {
    const invitation = await inviteAdministrator(stores, administrator)
    // Last: a folder with a configuration is a whole node.
    writeConfig(home, config)
    rmSync(join(home, UNFINISHED))
    return invitation
  } finally {
    await stores.close()
  }
}

const UNFINISHED = '.node-init'

/** What an interrupted init has made belongs to no node yet, and goes; what stood there before it is not touched. */
function forgetUnfinished(home: string): void {
  if (existsSync(join(home, UNFINISHED)))
    for (const made of ['keys', 'postgres', 'log']) rmSync(join(home, made), { recursive: true, force: true })
  for (const kept of ['keys', 'postgres', 'log'])
    if (existsSync(join(home, kept)))
      stop('KEYS_EXIST', `The folder holds ${kept}/ of a node, but no settings.`, {
        place: join(home, kept),
        fix: 'Restore node.yaml from a backup, or choose another --home.',
      })
  writeFileSync(join(home, UNFINISHED), '')
}

/** A further invitation for an administrator, from the machine itself: who can open its folder may. */
export async function inviteAdministrator(
  stores: Awaited<ReturnType<typeof openStores>>,
  name: string,
): Promise<Initialised> {
  const { database, keys } = stores
  const door = openDoor({
    database,
    keys,
    policies: openDecisionPoint(policyFolder),
    actions: [],
    ports: new Map(),
    clock: Date.now,
    watch: { decided: () => {}, acted: () => {} },
  })
  const invited = await door.asNode(async ({ records, newId, now }) => {
    const personId = newId()
    const person: Person = { name, role: 'administrator', suspended: false }
    await records.put('person', personId, person, { caseId: null, seen: 0, refs: { name } })
    const token = newToken('ce')
    const enrolment = enrolmentOf(personId, new Date(now).toISOString())
    await records.put('enrolment', newId(), enrolment, { caseId: null, seen: 0, refs: { token: tokenHash(token) } })
    const event = {
      name: 'person.invited',
      of: 'person',
      id: personId,
      caseId: null,
      body: { role: 'administrator', nonce: Buffer.from(newSecret(8)).toString('hex') },
    }
    return ok({ result: { personId, token, expiresAt: enrolment.expiresAt }, events: [event] })
  })
  return orStop(invited) as Initialised
}
