/** Events of the 100-ether pool of Tornado Cash as its own pages ship them: two lists in JSON, each alone in a zip file or gzipped. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, inflateRawSync } from 'node:zlib'
import { sha256Text, stop } from '../../../kernel/index.ts'
import type { PoolEvents } from '../measure-pools.ts'

const POOL = 'Tornado Cash, 100 ETH'

/** `null` where the folder holds no such events. */
export function readPoolEvents(folder: string, extent: PoolEvents['extent']): PoolEvents | null {
  const deposits = textOf(folder, 'deposits_eth_100.json')
  const withdrawals = textOf(folder, 'withdrawals_eth_100.json')
  if (deposits === null || withdrawals === null) return null
  return {
    pool: POOL,
    extent,
    digest: sha256Text(`${deposits}\n${withdrawals}`),
    deposits: listIn(deposits, join(folder, 'deposits_eth_100.json')).map((row) => ({
      height: Number(row.blockNumber),
      time: Number(row.timestamp),
    })),
    withdrawals: listIn(withdrawals, join(folder, 'withdrawals_eth_100.json')).map((row) => ({
      height: Number(row.blockNumber),
      recipient: String(row.to).toLowerCase(),
      fee: BigInt(String(row.fee)),
    })),
  }
}

function listIn(text: string, place: string): readonly Record<string, unknown>[] {
  try {
    const value: unknown = JSON.parse(text)
    if (Array.isArray(value)) return value
  } catch {
    // Said below, as for JSON of another shape.
  }
  return stop('DATA_UNREADABLE', 'The file is not a list in JSON.', {
    place,
    fix: 'Name the folder of the set as it was published with --data.',
  })
}

function textOf(folder: string, name: string): string | null {
  const gzipped = join(folder, `${name}.gz`)
  if (existsSync(gzipped)) return gunzipSync(readFileSync(gzipped)).toString('utf8')
  const zipped = join(folder, `${name}.zip`)
  return existsSync(zipped) ? onlyEntry(readFileSync(zipped), zipped) : null
}

/** The one entry of a zip file (APPNOTE.TXT 4.3.7, 4.3.12): sizes are taken from the central directory, where they always stand. */
function onlyEntry(zip: Buffer, place: string): string {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]))
  const entry = end < 0 ? -1 : zip.readUInt32LE(end + 16)
  const broken = () =>
    stop('DATA_UNREADABLE', 'The file is no zip file with one entry.', {
      place,
      fix: 'Take the set again from where it was published.',
    })
  if (end < 0 || zip.readUInt16LE(end + 10) !== 1 || zip.readUInt32LE(entry) !== 0x02014b50) return broken()
  const [method, packed, header] = [
    zip.readUInt16LE(entry + 10),
    zip.readUInt32LE(entry + 20),
    zip.readUInt32LE(entry + 42),
  ]
  const at = header + 30 + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28)
  const bytes = zip.subarray(at, at + packed)
  try {
    return (method === 0 ? bytes : inflateRawSync(bytes)).toString('utf8')
  } catch {
    return broken()
  }
}
