/** A trace as large as none of the samples: layers of transactions, each of which takes two outputs and makes two. Its sums are right. */
import { createHash } from 'node:crypto'

export function largeRecord(
  width: number,
  layers: number,
): { readonly text: string; readonly digest: string; readonly edges: number } {
  const txid = (layer: number, one: number) => createHash('sha256').update(`${layer} ${one}`).digest('hex')
  const ids = Array.from({ length: layers + 1 }, (_, layer) =>
    Array.from({ length: width }, (_, one) => txid(layer, one)),
  )
  const [begin, value] = [1_700_000_000, 1_000_000]
  const keyOf = (layer: number, one: number, vout: number) => `${ids[layer]?.[one]}:${vout}`
  // Seven and the width have no common divisor: every output is spent once.
  const other = (one: number) => (one * 7 + 1) % width
  const flow = Array.from({ length: layers }, (_, layer) =>
    Array.from({ length: width }, (_, one) => ({
      txid: ids[layer + 1]?.[one] ?? '',
      hops: layer + 1,
      height: 800_000 + layer,
      time: begin + layer * 600,
      from: [
        { key: keyOf(layer, one, 0), traced: `${value}` },
        { key: keyOf(layer, other(one), 1), traced: `${value}` },
      ],
      to: [0, 1].map((vout) => ({
        key: keyOf(layer + 1, one, vout),
        address: null,
        amount: `${value}`,
        traced: `${value}`,
      })),
    })),
  ).flat()
  const seeds = Array.from({ length: width }, (_, one) =>
    [0, 1].map((vout) => ({
      ...{ txid: ids[0]?.[one], vout, address: null, value: `${value}`, amount: `${value}`, claimed: null },
      ...{ label: `source ${String(one).padStart(4, '0')}`, known: 'ledger' },
    })),
  ).flat()
  const positions = Array.from({ length: width }, (_, one) =>
    [0, 1].map((vout) => ({
      ...{ txid: ids[layers]?.[one], vout, address: `bc1q${one}`, amount: `${value}`, traced: `${value}`, bySeed: {} },
      ...{
        status: 'unspent',
        code: 'unspent',
        reason: 'unspent',
        hops: layers,
        height: 800_000 + layers,
        time: begin + layers * 600,
      },
    })),
  ).flat()
  const sum = `${2 * width * value}`
  const nought = {
    drawnIn: '0',
    dataEnds: '0',
    service: '0',
    fee: '0',
    writtenOff: '0',
    notFollowed: '0',
    overlap: '0',
  }
  const digest = createHash('sha256').update(`${width} ${layers}`).digest('hex')
  const record = {
    format: 'comity-trace/1',
    chain: 'bip122:000000000019d6689c085ae165831e93',
    asset: { caip19: 'bip122:000000000019d6689c085ae165831e93/slip44:0', decimals: 8, symbol: 'BTC' },
    rule: { id: 'fifo', version: 1, legalName: 'FIFO', definition: 'First in, first out.', source: 'Clayton' },
    parameters: { direction: 'forward' },
    asOf: { height: 900_000, hash: null, time: begin },
    data: { sources: [], blocks: [], complete: [], transactions: flow.length, defects: 0 },
    evidence: { grade: 'verified', reasons: [] },
    seeds,
    result: {
      ...{ positions, flow, annotations: [] },
      ledger: {
        ...nought,
        root: sum,
        unspent: sum,
        sum,
        balanced: true,
        lines: [{ status: 'unspent', code: 'unspent', amount: sum, positions: 2 * width }],
      },
    },
    ...{ resultDigest: digest, digest },
  }
  return { text: JSON.stringify(record), digest, edges: 2 * width * (layers + 1) }
}
