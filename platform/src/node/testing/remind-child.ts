/** A node process of its own that reminds once: for the test that several do so at once. */

import { openDatabase } from '../../io/postgres/index.ts'
import { ok, orStop } from '../../kernel/index.ts'
import { openDoor } from '../door/door.ts'
import { openKeys } from '../keys.ts'
import { openDecisionPoint } from '../policy/decision-point.ts'
import { reminderSetting } from '../ports.ts'
import { remind } from '../remind.ts'

const [keyFolder = '', connection = '', policyFolder = '', now = ''] = process.argv.slice(2)
const database = openDatabase({ ...JSON.parse(connection), max: 4 })
const door = openDoor({
  database,
  keys: openKeys(keyFolder),
  policies: openDecisionPoint(policyFolder),
  actions: [],
  ports: new Map(),
  clock: () => Number(now),
  watch: { decided: () => {}, acted: () => {} },
})
orStop(await door.asNode(async () => ok({ result: null, events: [] })))
process.once('message', async () => {
  const failures: string[] = []
  const done = await remind(door, reminderSetting('UTC', undefined), new AbortController().signal, (item, fault) =>
    failures.push(`${item}: ${fault}`),
  )
  process.send?.({ done, failures })
  await database.close()
  process.disconnect()
})
process.send?.('ready')
