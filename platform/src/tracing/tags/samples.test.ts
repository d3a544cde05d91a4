/** The public packs and lists of samples/tags, whole: what is in them, and every defect, one by one. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { orStop } from '../../kernel/index.ts'
import { unknownActors } from './actorpack.ts'
import { isService } from './service.ts'
import { openTagFile } from './sources/read-tag-file.ts'
import type { TagFileContent } from './tag.ts'
import { parseTagFile } from './tag-file.ts'
import { conflictsOf, indexTags, tagSetDigest, tagsOf } from './tag-set.ts'
import { bitcoinMainnet } from './test-tags.ts'

const samples = new URL('../../../../samples/tags/', import.meta.url)
const packs = readFolder('packs')
const actorPack = orStop(readSample('actors/graphsense.actorpack.yaml.gz'))
const lists = readFolder('ofac').filter(({ kind }) => kind === 'address-list')
const history = orStop(readSample('ofac/history.json'))

describe('the public TagPacks', () => {
  test('38 packs hold 18,953 tags, all kept', () => {
    expect(packs).toHaveLength(38)
    expect(packs.flatMap(({ tags }) => tags)).toHaveLength(18_953)
    expect(packs.reduce((sum, { read }) => sum + read, 0)).toBe(18_953)
    expect(packs.reduce((sum, { refused }) => sum + refused, 0)).toBe(0)
  })

  test('every defect is reported, with its place, and no other', () => {
    expect(packs.flatMap(({ defects }) => defects).map(({ code, place, count }) => [code, place, count])).toEqual([
      ['TAG_DUPLICATE', 'exchange-wallets-kucoin.yaml: tags[10], line 31', 1],
      ['TAG_DUPLICATE', 'exchange-wallets-kucoin.yaml: tags[29], line 75', 1],
      ['TAG_DUPLICATE', 'exchange-wallets-kucoin.yaml: tags[48], line 119', 1],
      ['TAG_DUPLICATE', 'exchange-wallets-kucoin.yaml: tags[51], line 125', 1],
      ['TAG_DUPLICATE', 'exchange-wallets-kucoin.yaml: tags[53], line 129', 1],
      ['TAG_CONFIDENCE_MISSING', 'ofac.yaml: tags[0], line 9', 572],
      ['TAG_ADDRESS_INVALID', 'ofac.yaml: tags[281], line 571', 1],
      ['TAG_ADDRESS_INVALID', 'ofac.yaml: tags[396], line 801', 1],
      ['TAG_ADDRESS_INVALID', 'ofac.yaml: tags[397], line 803', 1],
      ['TAG_ADDRESS_OF_OTHER_CHAIN', 'ofac.yaml: tags[530], line 1069', 1],
      ['TAG_ADDRESS_INVALID', 'plustoken.yaml: tags[0], line 11', 1],
      ['TAG_ADDRESS_INVALID', 'plustoken.yaml: tags[10], line 31', 1],
      ['TAG_TEXT_TRIMMED', 'tornado_cash.yaml: tags[38], line 51', 1],
      ['TAG_DUPLICATE', 'tornado_cash.yaml: tags[38], line 51', 1],
      ['TAG_ADDRESS_NO_HOLDER', 'usdt_blacklist.yaml: tags[1], line 14', 1],
    ])
  })

  test('a TRON address filed as BTC is kept as filed, says where it would fit, and matches nowhere', () => {
    const address = 'TUCsTq7TofTCJRRoHk6RvhMoS2mJLm5Yzq'
    const tag = packs.flatMap(({ tags }) => tags).find(({ subject }) => subject.text === address)
    expect(tag?.subject).toMatchObject({ chain: bitcoinMainnet, currency: 'BTC', check: 'refused' })
    const message = packs.flatMap(({ defects }) => defects).find(({ code }) => code === 'TAG_ADDRESS_OF_OTHER_CHAIN')
    expect(message?.message).toContain('tron:0x2b6653dc')
    const index = indexTags(packs.flatMap(({ tags }) => tags))
    for (const chain of [bitcoinMainnet, 'tron:0x2b6653dc', null]) {
      expect(tagsOf(index, { chain, text: address }, { asOf: 1_700_000_000 })).toEqual([])
    }
  })

  test('subjects on chains that are not traced here are kept: 1,778 tags stand on Ethereum, one of them on the zero address', () => {
    const onEthereum = packs.flatMap(({ tags }) => tags).filter(({ subject }) => subject.chain === 'eip155:1')
    expect(onEthereum).toHaveLength(1778)
    expect(onEthereum.filter(({ subject }) => subject.check === 'refused')).toHaveLength(1)
  })

  test('the hot wallet of an exchange stops a trace, the address of a thief and a sanctioned user do not', () => {
    const index = indexTags(packs.flatMap(({ tags }) => tags))
    const at = (text: string) => tagsOf(index, { chain: bitcoinMainnet, text }, { asOf: 1_700_000_000 })
    const stops = (text: string) => at(text).some((tag) => isService(tag, { minConfidence: 50 }))
    expect(stops('1NDyJtNTjmwk5xPNhjgAMu4HDHigtobu1s')).toBe(true)
    expect(at('14QZ2wB8b8ZQNgb978Lwptdc8Vhv5aZQM2').map(({ abuse }) => abuse)).toEqual(['service_hack'])
    expect(stops('14QZ2wB8b8ZQNgb978Lwptdc8Vhv5aZQM2')).toBe(false)
    expect(at('3K35dyL85fR9ht7UgzPfd1gLRRXQtNTqE3').map(({ category }) => category)).toContain('user')
  })

  test('the packs disagree about a sanctioned mixer, and both sides are reported', () => {
    const conflicts = conflictsOf(packs.flatMap(({ tags }) => tags))
    const blender = conflicts.filter(({ subject }) => subject.text === '34pFGsSYbWEritXncW9unZtQQE9dKSvKku')
    expect(blender.map(({ about, sides }) => [about, sides.map(({ value }) => value)])).toEqual([
      ['category', ['mixing_service', 'user']],
    ])
  })
})

describe('the public ActorPack', () => {
  test('3,813 actors are read without a defect', () => {
    expect(actorPack.actors).toHaveLength(3813)
    expect([actorPack.read, actorPack.refused, actorPack.defects]).toEqual([3813, 0, []])
  })

  test('it describes every actor that the packs name', () => {
    const known = new Set(actorPack.actors.map(({ id }) => id))
    const tags = packs.flatMap((pack) => pack.tags)
    expect(unknownActors(tags, known)).toEqual([])
    known.delete('binance')
    expect(unknownActors(tags, known)).toMatchObject([
      { code: 'TAG_ACTOR_UNKNOWN', place: 'binance.yaml: tags[0], line 13' },
    ])
  })

  test('Norway stays a country', () => {
    expect(actorPack.actors.filter(({ jurisdictions }) => jurisdictions.includes('NO'))).toHaveLength(3)
  })
})

describe('the OFAC lists', () => {
  test('17 lists hold 654 addresses; the misfiled and the mistaken are reported', () => {
    expect(lists).toHaveLength(17)
    expect(lists.flatMap(({ tags }) => tags)).toHaveLength(654)
    expect(lists.flatMap(({ defects }) => defects).map(({ code, place }) => [code, place])).toEqual([
      ['TAG_ADDRESS_OF_OTHER_CHAIN', 'sanctioned_addresses_XBT.txt: addresses[354], line 355'],
      ['TAG_ADDRESS_INVALID', 'sanctioned_addresses_XMR.txt: addresses[1], line 2'],
    ])
  })

  test('of 657 additions in the history the three delisted have an end, on the day of the snapshot', () => {
    expect(history.tags).toHaveLength(657)
    const ended = history.tags.filter(({ validTo }) => validTo !== null)
    expect(ended.map(({ subject, validTo }) => [subject.text, validTo]).sort()).toEqual([
      ['0x6acdfba02d390b97ac2b2d42a63e85293bcc160e', Date.parse('2024-01-12T00:28:01Z') / 1000],
      ['0x905b63fff465b9ffbf41dea908ceb12478ec7601', Date.parse('2022-11-09T00:33:55Z') / 1000],
      ['0xca0840578f57fe71599d29375e16783424023357', Date.parse('2022-11-09T00:33:55Z') / 1000],
    ])
    expect(ended.every(({ retracted }) => retracted === null)).toBe(true)
  })

  test('what is open at the end of the history is what the lists hold', () => {
    const openAtTheEnd = history.tags.filter(({ validTo }) => validTo === null)
    const subjectsOf = (tags: TagFileContent['tags']) =>
      tags.map(({ subject }) => `${subject.currency} ${subject.text}`).sort()
    expect(subjectsOf(openAtTheEnd)).toEqual(subjectsOf(lists.flatMap(({ tags }) => tags)))
  })

  test('an address is on the list between listing and delisting only', () => {
    const index = indexTags(history.tags)
    const text = '0x6acdfba02d390b97ac2b2d42a63e85293bcc160e'
    const listedOn = (day: string) =>
      tagsOf(index, { chain: 'eip155:1', text }, { asOf: Date.parse(day) / 1000 }).length
    expect(['2022-09-02', '2022-09-04', '2024-01-11', '2024-01-13'].map(listedOn)).toEqual([0, 1, 1, 0])
  })

  test('the history says from which day on it can be relied on', () => {
    expect(history.defects.map(({ code, place }) => [code, place])).toEqual([
      ['TAG_VALIDITY_START_UNKNOWN', 'history.json: snapshots[1]'],
      ['TAG_ADDRESS_INVALID', 'history.json: additions[360]'],
      ['TAG_ADDRESS_OF_OTHER_CHAIN', 'history.json: additions[564]'],
    ])
  })
})

test('no two tags of all samples share an id, and the digest does not depend on the order of files', () => {
  const all = [...packs, ...lists, history].flatMap(({ tags }) => tags)
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
  expect(tagSetDigest(all.toReversed())).toBe(tagSetDigest(all))
})

function readFolder(folder: string): readonly TagFileContent[] {
  const names = readdirSync(new URL(`${folder}/`, samples)).filter((name) => /\.(yaml|yaml\.gz|txt)$/.test(name))
  return names.sort().map((name) => orStop(readSample(`${folder}/${name}`)))
}

function readSample(path: string): ReturnType<typeof parseTagFile> {
  const file = openTagFile(path.split('/').at(-1) ?? path, readFileSync(new URL(path, samples)))
  return file.ok ? parseTagFile(file.value) : file
}
