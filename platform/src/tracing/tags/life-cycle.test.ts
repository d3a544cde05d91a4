import { describe, expect, test } from 'vitest'
import type { Result } from '../../kernel/index.ts'
import { applyTagEvents, endTag, retractTag, supersedeTag, type TagEvent } from './life-cycle.ts'
import { tagOf } from './test-tags.ts'

const act = { at: 10, by: 'Agency A', reason: 'the exchange denies the address' }
const tag = tagOf({ validFrom: 100 })
const next = tagOf({ index: 1 })
const retracted = { ...tag, retracted: act }

describe('acts on tags', () => {
  test('are appended: the tag itself stays as it was imported', () => {
    const event = retractTag(tag, act)
    if (!event.ok) throw new Error(event.refusal.message)
    const [after] = applyTagEvents([tag], [event.value])
    expect(after).toEqual({ ...tag, retracted: act })
    expect(tag.retracted).toBeNull()
  })

  test('reach only the tag they name', () => {
    const events: readonly TagEvent[] = [{ kind: 'ended', tagId: next.id, validTo: 5, ...act }]
    expect(applyTagEvents([tag, next], events)).toEqual([tag, { ...next, ended: { ...act, validTo: 5 } }])
  })

  const refusals: readonly [string, Result<TagEvent>, string][] = [
    ['a retracted tag is not retracted again', retractTag(retracted, act), 'TAG_OUT_OF_FORCE'],
    ['a retracted tag is not superseded', supersedeTag(retracted, next, act), 'TAG_OUT_OF_FORCE'],
    [
      'a superseded tag is not ended',
      endTag({ ...tag, superseded: { ...act, replacedBy: next.id } }, 200, act),
      'TAG_OUT_OF_FORCE',
    ],
    ['an act without an actor is refused', retractTag(tag, { ...act, by: ' ' }), 'TAG_ACT_UNREASONED'],
    ['an act without a reason is refused', retractTag(tag, { ...act, reason: '' }), 'TAG_ACT_UNREASONED'],
    ['a tag does not replace itself', supersedeTag(tag, tag, act), 'TAG_REPLACEMENT_OUT_OF_FORCE'],
    ['a retracted tag replaces nothing', supersedeTag(next, retracted, act), 'TAG_REPLACEMENT_OUT_OF_FORCE'],
    ['a tag does not end before it begins', endTag(tag, 100, act), 'TAG_END_BEFORE_START'],
    ['an end is declared once', endTag({ ...tag, ended: { ...act, validTo: 150 } }, 200, act), 'TAG_ENDED_ALREADY'],
  ]
  test.each(refusals)('%s', (_, result, code) => {
    expect(result.ok ? 'accepted' : result.refusal.code).toBe(code)
  })
})
