/** Where a trace goes on over bridges: what was paid in, what proves where it came out, and the ledgers there beside the one here. */
import { BRIDGE_PAYMENT } from '../bridge-payment-stop.ts'
import type { RecordBridgePayment } from '../bridge-payments.ts'
import type { RecordOutboundCrossing } from '../continuation-record.ts'
import type { TraceRecord } from '../record.ts'
import { endsTable, ledgerTables } from './accounts/account-sections.ts'
import { amountOf, amountsOf } from './accounts/asset-amounts.ts'
import { amount, sentence } from './answer-section.ts'
import { partPictures } from './flow-picture.ts'
import { label, type Markup, machine, markup, NOTHING } from './markup.ts'
import { counted, entriesInOrder, sumOf, utc } from './measures.ts'
import type { ReportFiles } from './report-files.ts'
import { table } from './table.ts'

/** Empty where nothing traced came to a payment into a bridge. */
export function continuationSection(record: TraceRecord, files: ReportFiles): Markup {
  const payments = record.result.bridgePayments ?? []
  if (payments.length === 0) return NOTHING
  const { crossings = [], records = [] } = record.continuation ?? {}
  const crossingByPayment = new Map(crossings.map((one) => [`${one.source.txid}:${one.source.place}`, one]))
  return markup`<section aria-labelledby="s7">
<h2 id="s7"><span class="no">7</span> Over bridges to other chains</h2>
<p>A payment into a bridge says in its memo what is to come of it: the word of whoever made the transaction. That it went there, only a payment out shows which names this very payment. Each side is in its own units; what is traced of a payment out is in proportion to what was traced of the payment in.</p>
${table({
  caption: 'Payments into bridges, and what came of them',
  columns: [{ title: 'Paid in, with the memo' }, { title: 'What came of it, and what proves it', width: '46%' }],
  bodies: payments.map(
    (payment) =>
      markup`<tr><th scope="row">${paidIn(record, payment)}</th><td>${whatCameOf(record, payment, crossingByPayment.get(`${payment.txid}:${payment.vout}`))}</td></tr>`,
  ),
})}
${record.continuation === undefined ? markup`<p>This record says nothing of what came out of these payments.</p>` : sums(record, crossings)}
${records.map((one, at) => {
  const beyond = files.beyond[at]
  if (beyond === undefined) return NOTHING
  const { picture, words } = beyond.drawn
  return markup`<h3>7.${at + 1} On ${one.chain}, as of block ${one.asOf.height}, ${utc(one.asOf.time)}</h3>
<p>A whole trace under the same rule, which can be verified by itself: record ${machine(one.digest)}. In it ${counted(one.result.conversions.length, 'conversion')} and ${counted(one.result.crossings.length, 'further crossing')}, with their proof in <a href="${beyond.conversions.name}">${beyond.conversions.name}</a> and <a href="${beyond.crossings.name}">${beyond.crossings.name}</a>; evidence: ${one.evidence.grade}.${one.evidence.reasons.map((reason) => markup` ${sentence(reason)}`)}</p>
${partPictures(words, picture, `b${at + 1}-`).map((part) => markup`<figure>${part}<figcaption>Flow on ${one.chain}. As a file, where the numbers stand with all they stand for: <a href="${beyond.svg.name}">${beyond.svg.name}</a>.</figcaption></figure>`)}
${ledgerTables(one)}
${endsTable(one, beyond.positions)}`
})}
</section>`
}

function paidIn(record: TraceRecord, payment: RecordBridgePayment): Markup {
  const { bridge, decoder, txid, vout, memo, asset, toChain, recipient, height, time, amount: paid } = payment
  return markup`${amount(record, paid)} into ${label(bridge)}, block ${height}, ${utc(time)}<br>${machine(`${txid}:${vout}`)}<br>memo ${label(memo)}<br><span class="aside">read by ${decoder}: ${asset} to ${recipient === null ? 'the sender' : machine(recipient)}${toChain === null ? ', on no chain that is read here' : markup` on ${toChain}`}</span>`
}

function whatCameOf(
  record: TraceRecord,
  payment: RecordBridgePayment,
  crossing: RecordOutboundCrossing | undefined,
): Markup {
  const stop = record.continuation?.bridgeStops.find(
    ({ source }) => source.txid === payment.txid && source.place === `${payment.vout}`,
  )
  const refunds = payment.refunds.length
  const back =
    refunds === 0
      ? NOTHING
      : markup`<br><span class="aside">${counted(refunds, 'output')} say that they return it; none is attributed</span>`
  if (crossing === undefined)
    return markup`${stop === undefined ? 'Not looked for.' : markup`No link is made: ${sentence(stop.reason)}${stop.candidates.length === 0 ? '' : ` ${counted(stop.candidates.length, 'payment')} out could be it; none is attributed.`}`}${back}`
  const { id, tier, destination, traced, arrives, evidence, halt } = crossing
  return markup`traced of it ${amount(record, traced)}; paid out ${amountOf(destination.asset, destination.amount)} on ${destination.chain}, ${utc(destination.time)}, of it traced ${amountOf(destination.asset, sumOf(Object.values(arrives)))}<br>${machine(destination.txid)} <span class="aside">${destination.logIndex === null ? '' : `log ${destination.logIndex}`}</span><br>${entriesInOrder(evidence).map(([field, fact]) => markup`<span class="aside">${field}: ${fact}</span><br>`)}<span class="aside">${tier}; ${halt === null ? 'followed on there' : `not followed on there: ${halt}`}; link</span> ${machine(id)}${back}`
}

/** Added up again here, from both sides. */
function sums(record: TraceRecord, crossings: readonly RecordOutboundCrossing[]): Markup {
  const held = sumOf(record.result.positions.filter(({ code }) => code === BRIDGE_PAYMENT).map(({ traced }) => traced))
  const crossed = sumOf(crossings.map(({ traced }) => traced))
  const arrived = new Map<string, bigint>()
  for (const { halt, destination, arrives } of crossings)
    if (halt === null)
      arrived.set(destination.asset, (arrived.get(destination.asset) ?? 0n) + sumOf(Object.values(arrives)))
  const roots = new Map<string, bigint>()
  for (const { result } of record.continuation?.records ?? [])
    for (const { asset, root } of result.ledgers)
      if (root !== '0') roots.set(asset, (roots.get(asset) ?? 0n) + BigInt(root))
  const same = arrived.size === roots.size && [...arrived].every(([asset, units]) => roots.get(asset) === units)
  return markup`<p class="${same ? 'adds-up' : 'adds-up fails'}"><span class="mark" aria-hidden="true">${same ? '✓' : '✗'}</span> ${
    same
      ? markup`<strong>Both sides add up.</strong> Of ${amount(record, held)} held on payments into bridges (section 4), ${amount(record, crossed)} came out elsewhere; ${arrived.size === 0 ? 'nothing of it is followed on' : markup`what is followed on, ${amountsOf(arrived)}, is what the ledgers below begin with`}, to the last unit.`
      : markup`<strong>THE TWO SIDES DO NOT ADD UP.</strong> Followed on are ${amountsOf(arrived)}, the ledgers below begin with ${amountsOf(roots)}. Do not use this result.`
  }</p>`
}
