import { setU32, u32At } from './columns'

/** A transfer on its way to its place: source, destination, number. */
const RECORD: usize = 12

/**
 * Adjacency by source, each list in the order of the transfers.
 *
 * Scattering straight into the lists would miss the cache at every transfer. So the transfers are first dealt, in order,
 * into runs of neighbouring sources (`bucket` holds one counter for each run), and each run is scattered on its own.
 * `offset` (nodeCount + 1) is nought when it starts.
 */
export function buildCsr(
  source: usize,
  destination: usize,
  count: u32,
  nodeCount: u32,
  shift: u32,
  bucket: usize,
  records: usize,
  offset: usize,
  target: usize,
  transfer: usize,
): void {
  const bucketCount = ((nodeCount - 1) >> shift) + 1
  for (let at: u32 = 0; at < count; at++) {
    const counter = bucket + (<usize>(u32At(source, at) >> shift) << 2)
    store<u32>(counter, load<u32>(counter) + 1)
  }
  let sum: u32 = 0
  for (let b: u32 = 0; b < bucketCount; b++) {
    const size = u32At(bucket, b)
    setU32(bucket, b, sum)
    sum += size
  }
  for (let at: u32 = 0; at < count; at++) {
    const from = u32At(source, at)
    const counter = bucket + (<usize>(from >> shift) << 2)
    const index = load<u32>(counter)
    store<u32>(counter, index + 1)
    const record = records + <usize>index * RECORD
    store<u32>(record, from)
    store<u32>(record, u32At(destination, at), 4)
    store<u32>(record, at, 8)
  }
  // Each counter now stands at the end of its run.
  let first: u32 = 0
  for (let b: u32 = 0; b < bucketCount; b++) {
    const end = u32At(bucket, b)
    scatter(first, end, b << shift, min(nodeCount, (b + 1) << shift), records, offset, target, transfer)
    first = end
  }
  setU32(offset, nodeCount, count)
}

/**
 * One run. `offset[n]` first counts the transfers of n, then is the place of its next transfer; that ends where the list
 * of n + 1 begins, so that shifting by one node gives the starts again.
 */
function scatter(first: u32, end: u32, node: u32, nodeEnd: u32, records: usize, offset: usize, target: usize, transfer: usize): void {
  const stop = records + <usize>end * RECORD
  for (let record = records + <usize>first * RECORD; record < stop; record += RECORD) {
    const counter = offset + (<usize>load<u32>(record) << 2)
    store<u32>(counter, load<u32>(counter) + 1)
  }
  let sum = first
  for (let n = node; n < nodeEnd; n++) {
    const degree = u32At(offset, n)
    setU32(offset, n, sum)
    sum += degree
  }
  for (let record = records + <usize>first * RECORD; record < stop; record += RECORD) {
    const counter = offset + (<usize>load<u32>(record) << 2)
    const index = load<u32>(counter)
    store<u32>(counter, index + 1)
    setU32(target, index, load<u32>(record, 4))
    setU32(transfer, index, load<u32>(record, 8))
  }
  let start = first
  for (let n = node; n < nodeEnd; n++) {
    const next = u32At(offset, n)
    setU32(offset, n, start)
    start = next
  }
}

/** The largest value of a column, to refuse a node that does not exist. */
export function largest(column: usize, count: u32): u32 {
  let most: u32 = 0
  for (let at: u32 = 0; at < count; at++) most = max(most, u32At(column, at))
  return most
}
