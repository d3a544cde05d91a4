/**
 * Two agencies on a line of 64 kbit/s that loses five segments of a hundred: some dozens of messages and one that is as large as
 * a third of what a message may be, which alone takes most of a minute. Each arrives once, in order, with its receipt.
 *
 * The line is that of the kernel (`tc netem`, between two network namespaces) where there is one, else `thin-line.ts`, which says what
 * it models.
 */
import { afterAll, expect, test } from 'vitest'
import { MAX_ENVELOPE_BYTES } from '../../src/exchange/wire/index.ts'
import { nodeHome } from '../node-config.ts'
import { openWorld } from '../simulation/world.ts'
import { check, countReceipts, untilSettled } from './account.ts'
import { type HostNetwork, layNetwork } from './namespaces.ts'
import { type ThinLine, thinLine } from './thin-line.ts'
import { type RunningAgency, runAgencies } from './two-agencies.ts'

const BITS_PER_SECOND = 64_000
const LOSS = 0.05
const THERE = 24
const BACK = 12
/** In base64 within its envelope: a third of what that may have. */
const FILLING = 250_000

let network: HostNetwork | null = null
let running: RunningAgency[] = []
afterAll(async () => {
  await Promise.all(running.map((one) => one.stop()))
  network?.close()
})

/** The network with the line of the kernel; null where the kernel has none. */
async function kernelLine(): Promise<HostNetwork | null> {
  const laid = await layNetwork(2)
  if (typeof laid === 'string') return null
  try {
    for (const host of [0, 1])
      laid.atSwitch(
        ...(['tc', 'qdisc', 'add', 'dev', laid.cable(host), 'root', 'netem'] as const),
        ...['rate', `${BITS_PER_SECOND}bit`, 'loss', `${LOSS * 100}%`, 'delay', '50ms', 'limit', '200'],
      )
    return laid
  } catch {
    laid.close()
    return null
  }
}

test('over 64 kbit/s with 5 % loss each message arrives once and has its receipt, and so does a large one', async () => {
  const { random } = openWorld(64)
  network = await kernelLine()
  const lines: ThinLine[] = []
  const proxy = async (port: number) => {
    const line = await thinLine(port, { bitsPerSecond: BITS_PER_SECOND, loss: LOSS }, random)
    lines.push(line)
    return line
  }
  console.log(
    network ? 'the line is that of the kernel' : 'the kernel has no netem: the line is modelled in user space',
  )
  const began = performance.now()
  running = await runAgencies(
    nodeHome(),
    ['at-prosecutor-vienna', 'ee-fiu'],
    network ? { hosts: network.hosts } : { proxy },
    { patient: true },
  )
  const [one, other] = running as [RunningAgency, RunningAgency]
  await one.say(0, other.id, { filling: FILLING })
  const said: Promise<void>[] = []
  for (let n = 1; n < THERE; n++) said.push(one.say(n, other.id))
  for (let n = 0; n < BACK; n++) said.push(other.say(n, one.id))
  await Promise.all(said)
  await untilSettled(running, 400_000)
  const seconds = (performance.now() - began) / 1000

  expect([...(await check(one, other, THERE)), ...(await check(other, one, BACK))]).toEqual([])
  expect((await countReceipts(one, other)) + (await countReceipts(other, one))).toBe(THERE + BACK)
  const [large] = await one
    .database()
    .query<{ size: number; attempts: number }>(
      'SELECT length(sealed)::int AS size, attempts FROM message_out ORDER BY length(sealed) DESC LIMIT 1',
    )
  expect(large?.size).toBeGreaterThan(0.3 * MAX_ENVELOPE_BYTES)
  // No faster than the line: it was not gone round.
  expect(seconds).toBeGreaterThan(((large?.size as number) * 8) / BITS_PER_SECOND)
  for (const line of lines) {
    const { segments, lost, cut } = line.counts()
    console.log(`${segments} segments, ${lost} lost, ${cut} connections cut; ${Math.round(seconds)} s`)
    expect(lost).toBeGreaterThan(0)
  }
}, 600_000)
