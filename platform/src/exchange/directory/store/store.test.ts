/** The directory on a disk and over a network: real files, a real server. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { checkEd25519 } from '../../../kernel/crypto/index.ts'
import { type DirectorySource, loadTrusted, trustRoot, updateDirectory, view } from '../index.ts'
import { DAY, type Keeper, NOW, newKeeper } from '../testing/keeper.ts'
import { folderSource, httpSource, trustedFolder } from './index.ts'

const scratch = mkdtempSync(join(tmpdir(), 'comity-directory-'))
const servers: Server[] = []
afterAll(() => {
  for (const server of servers) server.close()
  rmSync(scratch, { recursive: true, force: true })
})
let folders = 0
const newFolder = () => join(scratch, `folder-${++folders}`)

function published(keeper: Keeper): string {
  const folder = newFolder()
  for (const [name, bytes] of keeper.files) {
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, bytes)
  }
  return folder
}

function withMember() {
  const keeper = newKeeper()
  keeper.delegate('targets', 'countries/nl', { paths: ['members/nl-*.json'] })
  keeper.list('countries/nl', { id: 'nl-om' })
  keeper.publish('countries/nl', 'targets', 'snapshot', 'timestamp')
  return keeper
}

const founding = (keeper: Keeper) => keeper.files.get('1.root.json') ?? new Uint8Array()
const update = async (source: DirectorySource, folder: string, now = NOW) =>
  updateDirectory({ source, files: await trustedFolder(folder), check: checkEd25519, now })

describe('the folder of what is trusted', () => {
  it('is read again by the next process', async () => {
    const keeper = withMember()
    const folder = newFolder()
    await trustRoot(await trustedFolder(folder), founding(keeper), checkEd25519)
    expect((await update(folderSource(published(keeper)), folder)).refusal).toBeNull()
    const seen = view(await loadTrusted(await trustedFolder(folder), checkEd25519), NOW)
    expect(seen.memberOf('nl-om')?.country).toBe('NL')
    expect(readdirSync(join(folder, 'drafts'))).toEqual([])
    expect(readdirSync(join(folder, 'editions'))).toEqual([`00000001-${seen.digest}.json`])
  })

  it('follows one directory for ever', async () => {
    const keeper = withMember()
    const files = await trustedFolder(newFolder())
    for (const _again of [1, 2]) expect((await trustRoot(files, founding(keeper), checkEd25519)).ok).toBe(true)
    const another = newKeeper()
    another.rotateKeys('root')
    another.publishAs('root', 1)
    expect(await trustRoot(files, founding(another), checkEd25519)).toMatchObject({
      ok: false,
      refusal: { code: 'DIRECTORY_ROOT_OTHER' },
    })
  })

  it('is no way to any other path', async () => {
    const files = await trustedFolder(newFolder())
    for (const name of ['../root.json', 'kept/../../x.json', '/etc/passwd', 'kept/x/y.json', 'root'])
      expect(() => files.read(name), name).toThrow(RangeError)
  })

  it('a file that was changed on the disk is fetched again, or vouches for nothing', async () => {
    const keeper = withMember()
    const folder = newFolder()
    const source = folderSource(published(keeper))
    await trustRoot(await trustedFolder(folder), founding(keeper), checkEd25519)
    await update(source, folder)
    const kept = readdirSync(join(folder, 'kept'))
    for (const name of kept) writeFileSync(join(folder, 'kept', name), '{}')
    const damaged = await loadTrusted(await trustedFolder(folder), checkEd25519)
    expect(damaged.editions).toEqual([])
    expect(view(damaged, NOW).mayStill('nl-om')).toBe(false)
  })

  it('that a process left at any step of any write is taken up by the next', async () => {
    const keeper = withMember()
    const first = published(keeper)
    keeper.rotateKeys('timestamp')
    keeper.list('countries/nl', { id: 'nl-fiod' })
    keeper.publish('root', 'countries/nl', 'snapshot', 'timestamp')
    const second = published(keeper)
    let ended = 0
    for (let steps = 0; ; steps++) {
      const folder = newFolder()
      await trustRoot(await trustedFolder(folder), founding(keeper), checkEd25519)
      await update(folderSource(first), folder)
      let left = steps
      const files = await trustedFolder(folder, () => {
        if (left-- <= 0) throw new Error('the process ended here')
      })
      const died = await updateDirectory({
        source: folderSource(second),
        files,
        check: checkEd25519,
        now: NOW + DAY,
      }).then(
        () => false,
        () => true,
      )
      if (died) ended += 1
      expect((await update(folderSource(second), folder, NOW + DAY)).refusal).toBeNull()
      const { editions } = await loadTrusted(await trustedFolder(folder), checkEd25519)
      expect(editions.map(({ members }) => [...members.keys()])).toEqual([['nl-om'], ['nl-fiod', 'nl-om']])
      if (!died) break
    }
    // Five steps for each of: two of root, timestamp, two of snapshot, the role, the member, the edition.
    expect(ended).toBe(40)
  }, 120_000)
})

describe('a source', () => {
  it('in a folder gives what is there and no more than was asked', async () => {
    const folder = newFolder()
    mkdirSync(folder)
    writeFileSync(join(folder, 'timestamp.json'), 'x'.repeat(100))
    const source = folderSource(folder)
    expect((await source.fetch('timestamp.json', 10))?.length).toBe(11)
    expect((await source.fetch('timestamp.json', 1000))?.length).toBe(100)
    expect(await source.fetch('1.root.json', 10)).toBeNull()
    await expect(source.fetch('../timestamp.json', 10)).rejects.toThrow(RangeError)
    symlinkSync('/dev/zero', join(folder, '1.root.json'))
    expect((await source.fetch('1.root.json', 50))?.length).toBe(51)
  })

  it('over a network is read to the limit, follows no redirect and is silent about nothing', async () => {
    const keeper = withMember()
    const server = createServer((request, response) => {
      const name = request.url?.replace('/dir/', '') ?? ''
      const bytes = keeper.files.get(name)
      if (name === '9.root.json') response.writeHead(302, { location: '/dir/1.root.json' }).end()
      else if (name === '8.root.json') response.writeHead(500).end('no')
      else if (name === '7.root.json') {
        const more = () => {
          while (response.write(new Uint8Array(65_536)));
          response.once('drain', more)
        }
        more()
      } else if (bytes) response.end(bytes)
      else response.writeHead(404).end('none')
    })
    servers.push(server)
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    const source = httpSource(new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/dir`))
    expect((await source.fetch('1.root.json', 100_000))?.length).toBe(founding(keeper).length)
    expect(await source.fetch('5.root.json', 10)).toBeNull()
    expect((await source.fetch('7.root.json', 1_000_000))?.length).toBe(1_000_001)
    for (const name of ['9.root.json', '8.root.json'])
      await expect(source.fetch(name, 100), name).rejects.toThrow('DIRECTORY_UNREACHABLE')
    const folder = newFolder()
    await trustRoot(await trustedFolder(folder), founding(keeper), checkEd25519)
    expect((await update(source, folder)).refusal).toBeNull()
    server.closeAllConnections()
    server.close()
    expect((await update(source, folder)).refusal?.code).toBe('DIRECTORY_UNREACHABLE')
  })
})
