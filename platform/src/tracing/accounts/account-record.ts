/**
 * The record of a trace on account chains, beside `comity-trace/1` and made like it: canonical, digested, without a clock
 * or a path. `digest` covers everything but itself, `resultDigest` the result alone. Amounts are decimal strings of base
 * units of their asset; times are seconds since 1970-01-01 UTC.
 */
import type { AccountStatus, StoredBlock } from '../../chains/index.ts'
import { canonicalJson, type Json } from '../../kernel/index.ts'
import type { BridgeSide, BridgeStop, Conversion, ConversionLeg, Crossing } from '../crossing.ts'
import { type BlockName, digestOf, ENGINE_VERSION } from '../record-digest.ts'
import type { AccountOutcome, AccountPosition } from './account-trace.ts'
import type { AssetLedger } from './conservation.ts'
import type { AccountSeed, AccountTraceRequest } from './request.ts'

export const ACCOUNT_RECORD_FORMAT = 'comity-account-trace/1'

export type AccountEvidence = {
  /** `secondary`: figures of an analyst, no ledger; never evidence. `refused`: amounts passed through floating point. */
  readonly grade: 'verified' | 'stated' | 'mismatch' | 'refused' | 'secondary'
  readonly reasons: readonly string[]
  /** Of the flow, fact by fact: what follows from hashes and signatures, and what its sources merely state. */
  readonly facts: readonly EvidenceFact[]
}

export type EvidenceFact = {
  /**
   * `sender`: the id of a transaction and who signed it. `place`: that it stands in its block. `receipt`: its outcome, gas and
   * events. `call`: a value that a contract passed on. `block`: a value that a block itself paid.
   */
  readonly fact: 'sender' | 'place' | 'receipt' | 'call' | 'block'
  readonly proven: number
  readonly stated: number
}

export type AccountRecordPosition = {
  readonly chain: string
  readonly address: string | null
  readonly asset: string
  readonly label: string
  readonly amount: string
  readonly traced: string
  readonly bySeed: Readonly<Record<string, string>>
  readonly status: AccountPosition['status']
  readonly code: string
  readonly reason: string
  readonly hops: number
  readonly passedOn: string
  readonly reference: string | null
  readonly moves: number
  readonly txid: string | null
  readonly place: string | null
  readonly height: number | null
  readonly time: number | null
}

type InText<Type> = { readonly [name in keyof Type]: Type[name] extends bigint ? string : Type[name] }

export type AccountRecordLedger = Omit<InText<AssetLedger>, 'lines'> & {
  readonly lines: readonly InText<AssetLedger['lines'][number]>[]
}

export type AccountRecordStep = {
  readonly chain: string
  readonly txid: string
  readonly place: string
  readonly kind: string
  readonly asset: string
  readonly height: number
  readonly time: number | null
  readonly from: string | null
  readonly to: string | null
  readonly amount: string
  readonly traced: string
  readonly hops: number
}

export type AccountRecordSeed = {
  readonly address: string | null
  readonly move: AccountSeed['move']
  /** As asked; `null`: all of it. */
  readonly amount: string | null
  readonly label: string
  /** What set out, by asset; and what of it still rests at the address. */
  readonly sent: readonly { readonly asset: string; readonly amount: string; readonly moves: number }[]
  readonly rests: readonly { readonly asset: string; readonly amount: string }[]
}

type RecordLeg = {
  readonly place: string
  readonly holder: string
  readonly asset: string
  readonly amount: string
}

export type AccountRecordConversion = Pick<
  Conversion,
  'id' | 'chain' | 'txid' | 'kind' | 'decoder' | 'tier' | 'logs'
> & {
  readonly given: readonly RecordLeg[]
  readonly received: readonly RecordLeg[]
}

export type AccountRecordCrossing = Pick<Crossing, 'id' | 'bridge' | 'transferId' | 'tier' | 'evidence'> & {
  readonly source: InText<BridgeSide>
  readonly destination: InText<BridgeSide>
  readonly candidates: readonly InText<BridgeSide>[]
  readonly continued: boolean
}

export type AccountRecordBridgeStop = Pick<BridgeStop, 'bridge' | 'reason'> & {
  readonly source: InText<BridgeSide>
  readonly candidates: readonly InText<BridgeSide>[]
}

export type AccountTraceRecord = {
  readonly format: typeof ACCOUNT_RECORD_FORMAT
  readonly engine: { readonly name: 'comity'; readonly version: string }
  readonly chain: string
  readonly rule: {
    readonly id: string
    readonly version: number
    readonly legalName: string
    readonly definition: string
    readonly source: string
  }
  readonly parameters: {
    readonly assets: 'all' | readonly string[]
    readonly sameTime: AccountTraceRequest['sameTime']
    readonly stopAtTags: boolean
    readonly minConfidence: number
    readonly maxHops: number | null
    readonly minValue: string | null
    readonly maxTransactions: number
    readonly sinceHeight: number
    readonly untilHeight: number | null
  }
  readonly seeds: readonly AccountRecordSeed[]
  readonly asOf: BlockName
  readonly data: {
    readonly sources: readonly {
      readonly chain: string
      readonly format: string
      readonly name: string
      readonly sha256: string
      readonly bytes: number
    }[]
    readonly blocks: readonly (BlockName & { readonly chain: string })[]
    readonly accounts: number
    readonly transactions: number
    readonly moves: number
    readonly defects: number
    /** Known where every block from the first on is here with all its moves. */
    readonly openingBalances: 'known' | 'unknown'
    /** Accounts that paid more than they are known to have had: the difference counts as clean, of unknown origin. */
    readonly shortfalls: readonly { readonly asset: string; readonly address: string; readonly amount: string }[]
  }
  readonly tagSet: { readonly digest: string; readonly tags: number } | null
  readonly evidence: AccountEvidence
  readonly result: {
    readonly positions: readonly AccountRecordPosition[]
    readonly ledgers: readonly AccountRecordLedger[]
    readonly flow: readonly AccountRecordStep[]
    /** Conversions that traced value went through, each with the logs that prove it: `logs` are indexes in its block. */
    readonly conversions: readonly AccountRecordConversion[]
    /** Crossings likewise. `continued`: value was followed on at the destination. None of the candidates is attributed. */
    readonly crossings: readonly AccountRecordCrossing[]
    /** Value sent into bridges to no known destination, each with the destinations that could be it. None is attributed. */
    readonly bridgeStops: readonly AccountRecordBridgeStop[]
    /** Deposits into mixers, each with the withdrawals that could be it. None of them is attributed. */
    readonly mixers: readonly {
      readonly chain: string
      readonly pool: string
      readonly decoder: string
      readonly txid: string
      readonly place: string
      readonly candidates: readonly {
        readonly txid: string
        readonly recipient: string | null
        readonly time: number | null
        readonly why: string
      }[]
    }[]
  }
  readonly resultDigest: string
  readonly digest: string
}

export type AccountRecordFacts = {
  readonly request: AccountTraceRequest
  readonly minConfidence: number
  readonly outcome: AccountOutcome
  readonly chain: string
  /** Of every chain that the trace came to. */
  readonly statuses: readonly AccountStatus[]
  readonly asOf: StoredBlock
  readonly openingsKnown: boolean
  readonly blocks: readonly { readonly chain: string; readonly block: StoredBlock }[]
  readonly tagSet: AccountTraceRecord['tagSet']
  readonly evidence: AccountEvidence
}

export function toAccountRecord(facts: AccountRecordFacts): AccountTraceRecord {
  const { request, outcome, asOf, statuses } = facts
  const result: AccountTraceRecord['result'] = {
    positions: outcome.positions.map(positionToRecord),
    ledgers: outcome.ledgers.map((ledger) => ({
      ...inText(ledger),
      lines: ledger.lines.map(inText),
    })) as unknown as AccountRecordLedger[],
    flow: outcome.steps.map(({ chain, move, traced, hops }) => {
      const { txid, place, kind, asset, height, time, from, to, amount } = move
      return { chain, txid, place, kind, asset, height, time, from, to, amount: `${amount}`, traced: `${traced}`, hops }
    }),
    conversions: outcome.conversions.map(conversionToRecord),
    crossings: outcome.crossings.map(({ crossing, continued }) => crossingToRecord(crossing, continued)),
    bridgeStops: outcome.bridgeStops
      .map(bridgeStopToRecord)
      .sort((a, b) => (sideKey(a.source) < sideKey(b.source) ? -1 : 1)),
    mixers: outcome.mixers
      .map(({ chain, stop }) => ({
        chain,
        pool: stop.pool,
        decoder: stop.decoder,
        txid: stop.deposit.txid,
        place: stop.deposit.place,
        candidates: stop.candidates.map(({ txid, recipient, time, why }) => ({ txid, recipient, time, why })),
      }))
      .sort((a, b) => (`${a.chain} ${a.txid} ${a.place}` < `${b.chain} ${b.txid} ${b.place}` ? -1 : 1)),
  }
  const { id, version, legalName, definition, source } = outcome.rule
  const body = {
    format: ACCOUNT_RECORD_FORMAT,
    engine: { name: 'comity', version: ENGINE_VERSION },
    chain: facts.chain,
    rule: { id, version, legalName, definition, source },
    parameters: {
      assets: request.assets,
      sameTime: request.sameTime,
      stopAtTags: request.stopAtTags,
      minConfidence: facts.minConfidence,
      maxHops: request.budget.maxHops,
      minValue: request.budget.minValue?.toString() ?? null,
      maxTransactions: request.budget.maxTransactions,
      sinceHeight: request.sinceHeight,
      untilHeight: request.untilHeight,
    },
    seeds: outcome.placed.map(({ seed, sent, rests }) => ({
      address: seed.address,
      move: seed.move,
      amount: seed.amount?.toString() ?? null,
      label: seed.label,
      sent: ascending(sent).map(([asset, { amount, moves }]) => ({ asset, amount: amount.toString(), moves })),
      rests: ascending(rests).map(([asset, amount]) => ({ asset, amount: amount.toString() })),
    })),
    asOf: { height: asOf.height, hash: asOf.hash, time: asOf.time },
    data: {
      sources: statuses
        .flatMap(({ chain, sources }) =>
          sources.map(({ format, name, sha256, bytes }) => ({ chain, format, name, sha256, bytes })),
        )
        .sort((a, b) => (`${a.chain} ${a.sha256}` < `${b.chain} ${b.sha256}` ? -1 : 1)),
      blocks: facts.blocks
        .map(({ chain, block: { height, hash, time } }) => ({ chain, height, hash, time }))
        .sort((a, b) => (a.chain < b.chain ? -1 : a.chain > b.chain ? 1 : a.height - b.height)),
      accounts: outcome.collected.accounts,
      transactions: outcome.collected.transactions,
      moves: outcome.collected.moves,
      defects: statuses.reduce((sum, { defects }) => sum + defects, 0),
      openingBalances: facts.openingsKnown ? 'known' : 'unknown',
      shortfalls: outcome.shortfalls.map(({ account, amount }) => {
        const space = account.lastIndexOf(' ')
        return { asset: account.slice(0, space), address: account.slice(space + 1), amount: amount.toString() }
      }),
    },
    tagSet: facts.tagSet,
    evidence: facts.evidence,
    result,
    resultDigest: digestOf(result),
  } as const
  return { ...body, digest: digestOf(body) }
}

/** The text of the file: canonical, so that equal records are equal files; one line and a line feed. */
export function accountRecordToText(record: AccountTraceRecord): string {
  return `${canonicalJson(record as unknown as Json)}\n`
}

function positionToRecord(position: AccountPosition): AccountRecordPosition {
  const { chain, address, asset, label, status, code, reason, hops, reference, moves, last } = position
  return {
    chain,
    address,
    asset,
    label,
    amount: position.amount.toString(),
    traced: position.traced.toString(),
    bySeed: Object.fromEntries([...position.bySeed].map(([name, amount]) => [name, amount.toString()])),
    status,
    code,
    reason,
    hops,
    passedOn: position.passedOn.toString(),
    reference,
    moves,
    txid: last?.txid ?? null,
    place: last?.place ?? null,
    height: last?.height ?? null,
    time: last?.time ?? null,
  }
}

function conversionToRecord(conversion: Conversion): AccountRecordConversion {
  const { id, chain, txid, kind, decoder, tier, logs } = conversion
  const legs = (all: readonly ConversionLeg[]) =>
    all.map(({ move, holder, asset, amount }) => ({ place: move.place, holder, asset, amount: amount.toString() }))
  return {
    ...{ id, chain, txid, kind, decoder, tier, logs },
    given: legs(conversion.given),
    received: legs(conversion.received),
  }
}

export function crossingToRecord(crossing: Crossing, continued: boolean): AccountRecordCrossing {
  const { id, bridge, transferId, tier, evidence } = crossing
  return {
    ...{ id, bridge, transferId, tier, evidence },
    source: sideInText(crossing.source),
    destination: sideInText(crossing.destination),
    candidates: crossing.candidates.map(sideInText),
    continued,
  }
}

export function bridgeStopToRecord({ bridge, reason, source, candidates }: BridgeStop): AccountRecordBridgeStop {
  return { bridge, reason, source: sideInText(source), candidates: candidates.map(sideInText) }
}

function sideInText(side: BridgeSide): InText<BridgeSide> {
  return { ...side, amount: side.amount.toString() }
}

function sideKey({ chain, txid, logIndex }: InText<BridgeSide>): string {
  return `${chain} ${txid} ${String(logIndex ?? 0).padStart(8, '0')}`
}

function inText(value: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, typeof one === 'bigint' ? one.toString() : one]),
  )
}

function ascending<Value>(map: ReadonlyMap<string, Value>): [string, Value][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
}
