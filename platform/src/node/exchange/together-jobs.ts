/** By the clock: calls that nobody takes go on to the next, ours that nobody answers are an alarm, and partners are called for tests. */
import { callForTest, openCalls, passOn, testsDue } from '../../exchange/together/index.ts'
import { ok, orStop } from '../../kernel/index.ts'
import type { Door } from '../door/door.ts'
import type { Job } from '../jobs.ts'

type Failed = (job: string) => (item: string, fault: unknown) => void

export function togetherJobs(door: Pick<Door, 'asNode'>, failed: Failed): readonly Job[] {
  return [
    { name: 'pass-on-calls', every: '* * * * *', run: (ending) => passOnCalls(door, ending, failed('pass-on-calls')) },
    // Each morning of a month those are called whom no test has reached in it: a node that was away on the first catches up.
    { name: 'test-calls', every: '0 8 * * *', run: (ending) => testCalls(door, ending, failed('test-calls')) },
  ]
}

async function passOnCalls(door: Pick<Door, 'asNode'>, ending: AbortSignal, fail: ReturnType<Failed>) {
  const done = { escalated: 0, unanswered: 0, nothing: 0, failed: 0 }
  const waiting = orStop(await door.asNode(async (work) => ok({ result: await openCalls(work), events: [] })))
  for (const id of waiting) {
    if (ending.aborted) break
    try {
      const passed = await door.asNode<'nothing' | 'escalated' | 'unanswered'>((work) => passOn(work.context(), id))
      // Refused: another process was there first, or a person has just taken it.
      if (!passed.ok) continue
      done[passed.value]++
      if (passed.value === 'unanswered')
        fail(`contact-call/${id}`, new Error('nobody of the other agency has answered in time'))
    } catch (fault) {
      done.failed++
      fail(`contact-call/${id}`, fault)
    }
  }
  return done
}

async function testCalls(door: Pick<Door, 'asNode'>, ending: AbortSignal, fail: ReturnType<Failed>) {
  const done = { called: 0, failed: 0 }
  const due = orStop(await door.asNode(async (work) => ok({ result: await testsDue(work.context()), events: [] })))
  for (const peer of due) {
    if (ending.aborted) break
    try {
      const called = await door.asNode<number>((work) => callForTest(work.context(), peer))
      if (called.ok) done.called += called.value
      else {
        done.failed++
        fail(`test call of ${peer}`, new Error(called.refusal.code))
      }
    } catch (fault) {
      done.failed++
      fail(`test call of ${peer}`, fault)
    }
  }
  return done
}
