/**
 * A process that stages a source of an account chain, publishes it, and kills itself so many milliseconds after it began to.
 * `node account-crash-child.ts TRANSFERS AFTER_MS STORE…`
 */
import { transferBatches } from '../../../bench/data/payments.ts'
import { accountsAt } from './engines.ts'
import { transfersSource } from './scenes.ts'

const [transfers = '1', after = '0', ...address] = process.argv.slice(2)
const store = await accountsAt(address)
const { sourceId } = await store.beginSource(transfersSource)
for (const batch of transferBatches(Number(transfers))) await store.stage(sourceId, batch, 'all')
setTimeout(() => process.kill(process.pid, 'SIGKILL'), Number(after))
await store.publish(sourceId)
process.stdout.write('published\n')
