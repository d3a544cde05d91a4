/**
 * The story of three nodes, driven in browsers: a prosecutor has an exchange in another country preserve what it knows and asks the
 * prosecutor there to freeze; each answers on their screens, and an auditor believes none of them. One file, since three nodes cost
 * more to start than all of it.
 */
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { storyTrace } from '../../src/cli/commands/demo.ts'
import { findChromium } from '../chromium.ts'
import { repository, temporaryFolder } from '../run-comity.ts'
import { cast, storyOf } from './three-nodes-story.ts'
import { type Actor, openThreeNodes, type ThreeNodes } from './three-nodes-world.ts'

describe.skipIf(findChromium() === null)('three nodes, in browsers', () => {
  let world: ThreeNodes
  let story: ReturnType<typeof storyOf>

  beforeAll(async () => {
    const folder = join(temporaryFolder(), 'story')
    world = await openThreeNodes(folder)
    const who: Record<string, Actor> = {}
    // At each node one after the other; the nodes at the same time.
    await Promise.all(
      world.nodes.map(async (node, at) => {
        for (const [place, name, role] of cast) if (place === at) who[name] = await world.person(node, name, role)
      }),
    )
    const record = await storyTrace(world.desk, repository, join(folder, 'ledger'))
    story = storyOf({ world, who, record, cases: {} }, expect)
  }, 420_000)
  afterAll(() => world?.close())

  it(
    'preserve: written, approved by two, sent; taken in, answered within the clock; each side sees it',
    () => story.preserve(),
    240_000,
  )

  it(
    'freeze: the certificate with its trace, to the prosecutor there; recognised, and the file taken into custody',
    () => story.freeze(),
    240_000,
  )

  it(
    'order: to the exchange, which finds the account, blocks it and reports; and so does the prosecutor',
    () => story.order(),
    240_000,
  )

  it(
    'partners: are shown; where nothing waits it is said; in English, Arabic and dark',
    () => story.partners(),
    240_000,
  )

  it('verify: by somebody who believes none of them', () => story.verify(), 240_000)
})
