/** For tests: a process of an agency that ends as by kill -9 when it comes to a step, `piece-kept:2` for the second time. */
import { type ExchangeFacts, exchangeNode } from './exchange-node.ts'

const { facts, step, sends } = JSON.parse(process.env.COMITY_TEST_EXCHANGE ?? '') as {
  readonly facts: ExchangeFacts
  readonly step: string
  readonly sends: boolean
}
const [wanted, times = '1'] = step.split(':')
let left = Number(times)
const node = await exchangeNode(facts, {
  failpoint: (name) => {
    if (name === wanted && --left === 0) process.kill(process.pid, 'SIGKILL')
  },
})
process.on('disconnect', () => process.exit())
process.send?.({ ready: true })
if (sends) await node.outbox.sendDue()
