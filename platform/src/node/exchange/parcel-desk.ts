/**
 * Parcels at a running node: the command line lays an errand into the folder of the node, and the node does it and lays down what came of
 * it. Who can write there owns the node; nothing of it is reached over a network.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ParcelPart, partsIn } from '../../exchange/delivery/index.ts'
import { canonicalJson, type Json, type Refusal, type Result, stop } from '../../kernel/index.ts'
import type { Agency } from './agency.ts'

export const PARCELS = 'parcels'
const NAME = /^[0-9a-f-]{36}$/
const LOOK_MS = 500

export type ParcelErrand = { readonly act: 'export'; readonly peer: string } | { readonly act: 'import' }
export type ParcelResult =
  | { readonly ok: true; readonly result: Json }
  | { readonly ok: false; readonly refusal: Refusal }

/** Sealing for a partner, under a key of the directory, and opening with a key of this node. */
export type ParcelSeal = {
  seal(parcel: Uint8Array, to: string): Result<Uint8Array>
  open(file: Uint8Array): Result<Uint8Array>
}

/** Does the errands that lie there, one after the other. */
export function watchParcels(
  home: string,
  agency: Pick<Agency, 'exportTo' | 'importFrom'>,
  { seal, open }: ParcelSeal,
  fault: (thrown: unknown) => void,
): () => Promise<void> {
  const folder = join(home, PARCELS)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  // Of what was imported last from a peer, what the next parcel to it must carry; a parcel that is brought again makes it again.
  const answers = new Map<string, readonly ParcelPart[]>()
  let wanted = true
  const loop = (async () => {
    while (wanted) {
      for (const name of readdirSync(folder).filter((one) => one.endsWith('.errand'))) {
        const id = name.slice(0, -'.errand'.length)
        if (NAME.test(id)) await doErrand(id).catch(fault)
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
    }
  })()
  return async () => {
    wanted = false
    await loop
  }

  async function doErrand(id: string): Promise<void> {
    const at = (ending: string) => join(folder, `${id}${ending}`)
    const errand = JSON.parse(readFileSync(at('.errand'), 'utf8')) as ParcelErrand
    const result = errand.act === 'export' ? await exported(errand.peer, at('.parcel')) : await imported(at('.parcel'))
    writeWhole(at('.result'), canonicalJson(result as unknown as Json))
    rmSync(at('.errand'))
  }

  async function exported(peer: string, path: string): Promise<ParcelResult> {
    const parcel = await agency.exportTo(peer, answers.get(peer) ?? [])
    const sealed = seal(parcel, peer)
    if (!sealed.ok) return { ok: false, refusal: sealed.refusal }
    writeWhole(path, sealed.value)
    return { ok: true, result: { peer, bytes: sealed.value.length, parts: partsIn(parcel) } }
  }

  async function imported(path: string): Promise<ParcelResult> {
    const opened = open(readFileSync(path))
    if (!opened.ok) return { ok: false, refusal: opened.refusal }
    const brought = await agency.importFrom(opened.value)
    if (!brought.ok) return { ok: false, refusal: brought.refusal }
    const { answers: parts, ...told } = brought.value
    answers.set(told.from, parts)
    return { ok: true, result: told as unknown as Json }
  }
}

/** From the command line: lays an errand down and waits for what came of it; the parcel of an export is taken along. */
export async function runErrand(
  home: string,
  errand: ParcelErrand,
  parcel: Uint8Array | null,
  waitMs = 120_000,
): Promise<{ readonly result: ParcelResult; readonly parcel: Uint8Array | null }> {
  const folder = join(home, PARCELS)
  if (!existsSync(folder))
    return stop('EXCHANGE_OFF', 'No node that takes part in an exchange runs in this folder.', {
      place: home,
      fix: 'Start it (comity node start), or join an exchange first (comity node join).',
    })
  const id = crypto.randomUUID()
  const at = (ending: string) => join(folder, `${id}${ending}`)
  if (parcel !== null) writeWhole(at('.parcel'), parcel)
  writeWhole(at('.errand'), JSON.stringify(errand))
  try {
    for (const until = Date.now() + waitMs; !existsSync(at('.result')); ) {
      if (Date.now() > until)
        stop('EXCHANGE_OFF', 'No node that takes part in an exchange runs in this folder, or it is too busy.', {
          place: home,
          fix: 'Start it (comity node start), and do the same again.',
        })
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    const result = JSON.parse(readFileSync(at('.result'), 'utf8')) as ParcelResult
    const made = errand.act === 'export' && result.ok ? readFileSync(at('.parcel')) : null
    return { result, parcel: made }
  } finally {
    for (const ending of ['.errand', '.parcel', '.result']) rmSync(at(ending), { force: true })
  }
}

function writeWhole(path: string, content: string | Uint8Array): void {
  const draft = `${path}.draft`
  writeFileSync(draft, content, { mode: 0o600, flush: true })
  renameSync(draft, path)
}
