import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { orStop } from '../../../kernel/index.ts'
import { indexTags, type Tag, tagSetDigest, tagsOf } from '../index.ts'
import { openTagFile } from '../sources/read-tag-file.ts'
import { bitcoinMainnet, fileOf } from '../test-tags.ts'
import { openTagStore, type TagStore } from './index.ts'

const samples = new URL('../../../../../samples/tags/', import.meta.url)
const folder = mkdtempSync(join(tmpdir(), 'comity-tags-'))
const at = 1_700_000_000
const act = { at, by: "O'Neill, Agency A", reason: 'the exchange denies it' }
const pack = (text: string, name = 'a.yaml') =>
  fileOf(name, `title: T\ncreator: C\nconfidence: forensic\nlabel: L\nsource: s\ncurrency: BTC\ntags:\n${text}`)
const address = '1NDyJtNTjmwk5xPNhjgAMu4HDHigtobu1s'
const other = '3CTPRyUbCKkByGmAVvDV6ReZXT1WfV3UPd'

afterAll(() => rmSync(folder, { recursive: true }))

describe('all samples in one store', () => {
  const path = join(folder, 'samples.duckdb')
  let store: TagStore

  beforeAll(async () => {
    store = await openTagStore(path)
    for (const name of sampleNames()) orStop(await store.importFile(sample(name), at))
  }, 60_000)
  afterAll(() => store.close())

  test('holds what the files hold', async () => {
    expect(await store.counts()).toEqual({ files: 57, tags: 18_953 + 654 + 657, actors: 3813, events: 0 })
  })

  test('lists each file with what was kept of it', async () => {
    const files = await store.files()
    expect(files.reduce((sum, { tags }) => sum + tags, 0)).toBe(20_264)
    expect(files.reduce((sum, { actors }) => sum + actors, 0)).toBe(3813)
    expect(files.every(({ read, refused, tags, actors }) => read === refused + tags + actors)).toBe(true)
  })

  test('is not changed by importing everything again', async () => {
    const digest = await store.digest()
    for (const name of sampleNames()) expect(orStop(await store.importFile(sample(name), at + 1)).known).toBe(true)
    expect(await store.counts()).toMatchObject({ files: 57, tags: 20_264, actors: 3813 })
    expect(await store.digest()).toBe(digest)
  }, 60_000)

  test('gives tags back as they were read', async () => {
    const all = await store.tags()
    expect(await store.digest()).toBe(tagSetDigest(all))
    const hash = sample('packs/hacks.yaml').sha256
    const hacks = await store.tags([hash])
    expect(hacks).toHaveLength(608)
    expect(hacks.every(({ provenance }) => provenance.file === 'hacks.yaml' && provenance.sha256 === hash)).toBe(true)
  })

  test('answers for a frontier of 100,000 addresses as the index does', async () => {
    const all = await store.tags()
    const onBitcoin = all.filter(({ subject }) => subject.chain === bitcoinMainnet).map(({ subject }) => subject.text)
    const frontier = [
      ...new Set([...onBitcoin, ...Array.from({ length: 100_000 }, (_, number) => `1nobody${number}`)]),
    ].slice(0, 100_000)
    const moment = { asOf: at }
    const found = await store.tagsOf(bitcoinMainnet, frontier, moment)
    const index = indexTags(all)
    const expected = frontier.flatMap((text): [string, readonly Tag[]][] => {
      const tags = tagsOf(index, { chain: bitcoinMainnet, text }, moment)
      return tags.length === 0 ? [] : [[text, tags]]
    })
    expect(found.size).toBeGreaterThan(9000)
    expect(new Map([...found].sort())).toEqual(new Map(expected.sort()))
  })

  test('lists the defects of all files', async () => {
    const defects = await store.defects()
    expect(defects).toHaveLength(15 + 2 + 3)
    expect(defects.filter(({ code }) => code === 'TAG_ACTOR_UNKNOWN')).toEqual([])
  })

  test('keeps two lists of equal bytes apart when their names say different chains', async () => {
    const text = '0x4f47bc496083c727c5fbe3ce9cdf2b0f6496270c'
    for (const chain of ['eip155:42161', 'eip155:56']) {
      const found = await store.tagsOf(chain, [text], { asOf: at })
      expect(
        found
          .get(text)
          ?.map(({ subject }) => subject.chain)
          .at(0),
      ).toBe(chain)
    }
  })

  test('finds actors', async () => {
    const [binance] = await store.actors(['binance', "no'body"])
    expect(binance).toMatchObject({
      id: 'binance',
      categories: ['organization', 'defi_dex', 'exchange', 'mining_service'],
    })
  })
})

describe('acts on tags', () => {
  test('a retraction is appended, takes effect everywhere, and survives closing', async () => {
    const path = join(folder, 'acts.duckdb')
    const store = await openTagStore(path)
    orStop(await store.importFile(pack(`- address: ${address}\n- address: ${other}\n`), at))
    const [first, second] = await store.tags()
    if (!first || !second) throw new Error('two tags expected')
    const before = await store.digest()
    expect(orStop(await store.retract(first.id, act)).retracted).toEqual(act)
    expect((await store.tagsOf(bitcoinMainnet, [first.subject.text], { asOf: 0 })).size).toBe(0)
    expect((await store.tagsOf(bitcoinMainnet, [first.subject.text], { asOf: 0, knownAt: at - 1 })).size).toBe(1)
    expect(await store.digest()).not.toBe(before)
    const again = await store.retract(first.id, act)
    expect(again.ok ? 'accepted' : again.refusal.code).toBe('TAG_OUT_OF_FORCE')
    orStop(await store.end(second.id, 500, act))
    const digest = await store.digest()
    await store.close()

    const reopened = await openTagStore(path)
    expect(await reopened.events()).toEqual([
      { kind: 'retracted', tagId: first.id, ...act },
      { kind: 'ended', tagId: second.id, validTo: 500, ...act },
    ])
    expect(await reopened.digest()).toBe(digest)
    expect((await reopened.tagsOf(bitcoinMainnet, [second.subject.text], { asOf: 499 })).size).toBe(1)
    expect((await reopened.tagsOf(bitcoinMainnet, [second.subject.text], { asOf: 500 })).size).toBe(0)
    await reopened.close()
  })

  test('a tag is superseded by one that is here, and an unknown id is a refusal', async () => {
    const store = await openTagStore(':memory:')
    orStop(await store.importFile(pack(`- address: ${address}\n- address: ${address}\n  label: better\n`), at))
    const [old, better] = await store.tags()
    if (!old || !better) throw new Error('two tags expected')
    for (const id of ['', 'zz', 'ab'.repeat(32), "' OR 1=1 --"]) {
      const result = await store.supersede(old.id, id, act)
      expect(result.ok ? 'accepted' : result.refusal.code).toBe('TAG_NOT_FOUND')
    }
    expect(orStop(await store.supersede(old.id, better.id, act)).superseded).toEqual({ ...act, replacedBy: better.id })
    const found = await store.tagsOf(bitcoinMainnet, [address], { asOf: 0 })
    expect(found.get(address)?.map(({ label }) => label)).toEqual(['better'])
    await store.close()
  })
})

describe('importing', () => {
  test('the order of files does not change the digest, and racing imports of one file make one', async () => {
    const files = [pack(`- address: ${address}\n  actor: nobody\n`), pack(`- address: ${other}\n`, 'b.yaml')]
    const digests: string[] = []
    for (const order of [files, files.toReversed()]) {
      const store = await openTagStore(':memory:')
      await Promise.all([...order, ...order].map((file) => store.importFile(file, at)))
      expect(await store.counts()).toEqual({ files: 2, tags: 2, actors: 0, events: 0 })
      digests.push(await store.digest())
      expect(await store.defects()).toEqual([
        {
          code: 'TAG_ACTOR_UNKNOWN',
          message: expect.stringContaining('"nobody"'),
          place: 'a.yaml: tags[0], line 8',
          count: 1,
        },
      ])
      await store.close()
    }
    expect(new Set(digests).size).toBe(1)
  })

  test('a file that cannot be read leaves nothing behind', async () => {
    const store = await openTagStore(':memory:')
    const result = await store.importFile(fileOf('a.yaml', 'tags: ['), at)
    expect(result.ok ? 'imported' : result.refusal.code).toBe('TAG_FILE_UNREADABLE')
    expect(await store.counts()).toEqual({ files: 0, tags: 0, actors: 0, events: 0 })
    expect(await store.digest()).toBe(tagSetDigest([]))
    await store.close()
  })
})

function sampleNames(): readonly string[] {
  return ['packs', 'actors', 'ofac'].flatMap((part) =>
    readdirSync(new URL(`${part}/`, samples))
      .filter((name) => /\.(yaml|gz|txt|json)$/.test(name))
      .map((name) => `${part}/${name}`),
  )
}

function sample(path: string): ReturnType<typeof fileOf> {
  return orStop(openTagFile(path.split('/').at(-1) ?? path, readFileSync(new URL(path, samples))))
}
