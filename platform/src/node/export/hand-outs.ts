/**
 * Writing what was handed out of a case: from the record of the hand-out, which holds the package as it was released, and from
 * the vault. A second entry of the journal names the files with their digests once they lie there whole.
 */
import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { exhibitIndex, type Language, typesettingOf } from '../../casework/letter/index.ts'
import { type Attachment, type BagPart, exportBag } from '../../evidence/formats/index.ts'
import { writeBagFolder } from '../../evidence/formats/store/bag-folder.ts'
import { openCheckpoint } from '../../evidence/index.ts'
import { vaultStore } from '../../evidence/store/custody.ts'
import { renderDocument } from '../../io/typst.ts'
import { bytesToBase64, type Json, ok, orStop, utf8 } from '../../kernel/index.ts'
import { type HandOutBody, indexOfHandOut, reopened, textFiles } from '../../workflows/index.ts'
import type { BundleDesk } from './bundles.ts'

type Held = { readonly id: string; readonly caseId: string; readonly body: HandOutBody }

/** A BagIt bag of the hand-out in `folder`, which must not be there yet. */
export async function writeHandOutBag(
  desk: BundleDesk,
  handOut: string,
  /** Of the index of exhibits; `null` for a bag without one. */
  language: Language | null,
  folder: string,
): Promise<void> {
  const held = await handOutOf(desk, handOut)
  const { body } = held
  const released = reopened(body)
  const index =
    language === null ? [] : [{ path: `index-${language}.pdf`, bytes: await indexPdf(desk, body, language) }]
  const manifest = textFiles(released, { ...body, formats: [] })
  const attachments: Attachment[] = body.bytes.map(({ exhibit, size, sha256, sha512 }) => ({
    exhibit,
    size,
    sha256,
    sha512,
  }))
  const parts = orStop(
    exportBag(released, attachments, {
      baggingDate: body.at.slice(0, 10),
      source: desk.from,
      formats: body.formats,
      files: [...manifest.map(({ path, text }) => ({ path, bytes: utf8(text) })), ...index],
    }),
  )
  const objectByPath = new Map(body.bytes.map((one) => [`data/exhibits/${one.exhibit}`, one]))
  orStop(
    await writeBagFolder(folder, parts, async function* ({ path }) {
      const at = objectByPath.get(path)
      const object = at && (await desk.database.transaction((sql) => vaultStore(sql).object(at.object)))
      if (!object) throw new Error(`${path} is not in the vault`)
      yield* desk.vault.read(object)
    }),
  )
  await journalPacked(desk, held, parts)
}

/** The files of the formats that were asked for, each with its manifest, in `folder`. */
export async function writeHandOutFiles(desk: BundleDesk, handOut: string, folder: string): Promise<void> {
  const held = await handOutOf(desk, handOut)
  const parts = textFiles(reopened(held.body), held.body).map(({ path, text }) => ({ path, bytes: utf8(text) }))
  for (const { path, bytes } of parts) {
    const target = join(folder, ...path.split('/'))
    await mkdir(dirname(target), { recursive: true, mode: 0o700 })
    await writeFile(target, bytes, { flag: 'wx', mode: 0o600 })
  }
  await journalPacked(desk, held, parts)
}

async function handOutOf(desk: BundleDesk, id: string): Promise<Held> {
  return orStop(
    await desk.door.asNode<Held>(async ({ records }) => {
      const stored = await records.get<HandOutBody>('hand-out', id)
      if (!stored || stored.caseId === null) throw new Error('a hand-out that was decided is not there')
      return ok({ result: { id, caseId: stored.caseId, body: stored.body } as unknown as never, events: [] })
    }),
  )
}

async function indexPdf(desk: BundleDesk, body: HandOutBody, language: Language): Promise<Uint8Array> {
  const { journal, letters } = desk
  const published = await journal.log.checkpoint()
  const head = published && orStop(openCheckpoint(published, journal.signer.key, journal.signer.check))
  const checkpoint = head && { origin: head.origin, size: String(head.size), root: bytesToBase64(head.root) }
  const bundle = indexOfHandOut(reopened(body).package, {
    made: `${body.at.slice(0, 19)}Z`,
    zone: letters.timeZone,
    training: body.training,
    checkpoint,
  })
  return orStop(await renderDocument(typesettingOf(orStop(exhibitIndex(bundle, language)))))
}

async function journalPacked({ door }: BundleDesk, { id, caseId, body }: Held, parts: readonly BagPart[]) {
  const stated = new Map(body.files.map(({ path, sha256 }) => [path, sha256]))
  const files = parts.map((part) => ({ path: part.path, sha256: digestOf(part) }))
  for (const { path, sha256 } of files) {
    const said = stated.get(path.replace(/^data\//, ''))
    if (said !== undefined && said !== sha256) throw new Error(`${path} is not the file that was decided on`)
  }
  const event = { name: 'hand-out.packed', of: 'hand-out', id, caseId, body: { files } as unknown as Json }
  orStop(await door.asNode(async () => ok({ result: null, events: [event] })))
}

function digestOf(part: BagPart): string {
  return 'bytes' in part ? createHash('sha256').update(part.bytes).digest('hex') : part.sha256
}
