/** What the first screen says is loaded with it, and little else. */
import { expect, test } from 'vitest'
import { firstMessages } from './first-messages.ts'
import { roomsOfMessages } from './messages-plugin.ts'

test('the app and its start page have their own words, and those that they name of other rooms', () => {
  const rooms = roomsOfMessages()
  const first = firstMessages(rooms)
  for (const [id, room] of rooms)
    if (room === 'today' || room === 'app' || room === 'shared') expect(first).toContain(id)
  // Named in a file of another room that the start page uses, and begun in a template.
  expect(first).toContain('cases.sample-try')
  expect(first).toContain('cases.request-state.draft')
  expect(first).not.toContain('verify.title')
  expect(first.size).toBeLessThan(rooms.size / 4)
})
