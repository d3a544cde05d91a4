/**
 * The cluster of one address of a chain of accounts, grown from it over the ledger: payers by the deposit addresses that they
 * share. Only what belongs to it is read, and whom its payers pay.
 */
import type { AccountKind } from '../../chains/index.ts'
import {
  type AccountLedger,
  batches,
  depositsAmong,
  guardOfDeposit,
  guardOfPayer,
  isContract,
  paidBy,
  paidByEach,
} from './account-deposits.ts'
import { type DepositGuard, depositLimits, depositReuse, guardSays } from './deposit-guards.ts'
import { byChainOrder, byText, type Evidence, type LeftOut, type Link } from './evidence.ts'
import { forestOf } from './forest.ts'
import type { Cluster } from './grow.ts'
import type { Deposit } from './read-deposit.ts'

export type AccountQuestion = {
  /** Transactions that somebody rejected as evidence: payments, or what passed them on. */
  readonly rejected: ReadonlySet<string>
  /** Guards that are taken away, to see what they do. */
  readonly without: ReadonlySet<DepositGuard>
}

/** A deposit address inside a cluster: the exchange holds its keys, and its customer the account. */
export type DepositMember = {
  readonly address: string
  readonly role: 'deposit'
  readonly service: string
  readonly to: readonly string[]
  readonly tags: readonly string[]
  readonly assets: readonly string[]
  readonly payers: number
  readonly payments: number
  readonly questions: readonly { readonly question: string; readonly answer: 'yes' | 'no' | 'not checked' }[]
}

export type AccountCluster = Cluster & { readonly deposits: readonly DepositMember[] }

export async function growAccountCluster(
  ledger: AccountLedger,
  start: string,
  asked: AccountQuestion,
): Promise<AccountCluster> {
  const book = openDepositBook(ledger, asked)
  const members = new Set([start])
  const readByDeposit = new Map<string, DepositLinks>()
  const joined = new Set<string>()
  const evidence = new Map<string, Evidence>()
  let unknownInputs = 0
  let frontier = [start]
  while (frontier.length > 0) {
    const found: string[] = []
    for (const deposit of await book.around(frontier)) {
      if (joined.has(deposit.address)) continue
      const read = readByDeposit.get(deposit.address) ?? (await book.linksOf(deposit))
      readByDeposit.set(deposit.address, read)
      const linked = read.evidence.flatMap(({ links }) => links.flatMap(({ a, b }) => [a, b]))
      // Whoever asked may be left out here, and come in again by a later payer.
      if (!linked.some((address) => members.has(address))) continue
      joined.add(deposit.address)
      unknownInputs += deposit.unknownPayers
      for (const one of read.evidence) {
        const known = evidence.get(one.txid)
        evidence.set(one.txid, known ? { ...known, links: [...known.links, ...one.links] } : one)
      }
      for (const address of linked) {
        if (members.has(address)) continue
        members.add(address)
        found.push(address)
      }
    }
    frontier = found
  }
  const reads = [...readByDeposit.values()]
  const addresses = [...members].sort(byText)
  const ordered = [...evidence.values()].map(inOrder).sort(byChainOrder)
  return {
    id: addresses[0] ?? start,
    addresses,
    merges: forestOf(ordered),
    evidence: ordered,
    leftOut: reads
      .flatMap(({ leftOut }) => leftOut)
      .filter((one) => one.addresses.some((address) => members.has(address)))
      .sort(
        (a, b) => a.height - b.height || byText(a.txid, b.txid) || byText(a.addresses[0] ?? '', b.addresses[0] ?? ''),
      ),
    unknownInputs,
    deposits: reads
      .map(({ member }) => member)
      .filter(({ address }) => joined.has(address))
      .sort((a, b) => byText(a.address, b.address)),
  }
}

/** The addresses that a transaction links, as a payment or as what passed payments on, whatever was rejected. */
export async function linkedByTransaction(
  ledger: AccountLedger,
  txid: string,
  asked: Pick<AccountQuestion, 'without'>,
): Promise<readonly string[]> {
  const moves = await ledger.store.movesOfTransactions(ledger.chain, [txid])
  const named = moves.flatMap(({ from, to }) => [from, to]).filter((address) => address !== null)
  const book = openDepositBook(ledger, { ...asked, rejected: new Set() })
  const linked = new Set<string>()
  for (const deposit of await depositsAmong(ledger, named)) {
    const { evidence } = await book.linksOf(deposit)
    for (const one of evidence)
      for (const { a, b, forwardedBy } of one.links)
        if (one.txid === txid || forwardedBy === txid) for (const address of [a, b]) linked.add(address)
  }
  return [...linked]
}

/** Whom a payer of the common kind pays at most. */
const AHEAD = 500

export type DepositLinks = {
  readonly evidence: readonly Evidence[]
  readonly leftOut: readonly LeftOut[]
  readonly member: DepositMember
}

/** What one question learns of deposit addresses, each read once. */
function openDepositBook(ledger: AccountLedger, asked: AccountQuestion) {
  const depositByAddress = new Map<string, Deposit | null>()
  const depositsByPayer = new Map<string, readonly Deposit[]>()
  const paidByPayer = new Map<string, readonly string[]>()
  const guardByPayer = new Map<string, DepositGuard | null>()
  const kindByAddress = new Map<string, AccountKind | undefined>()

  async function readDeposits(addresses: readonly string[]): Promise<readonly Deposit[]> {
    const fresh = addresses.filter((address) => !depositByAddress.has(address))
    for (const address of fresh) depositByAddress.set(address, null)
    for (const deposit of await depositsAmong(ledger, fresh)) depositByAddress.set(deposit.address, deposit)
    return [...new Set(addresses)].flatMap((address) => depositByAddress.get(address) ?? [])
  }

  async function kindsOf(addresses: readonly string[]): Promise<void> {
    const fresh = addresses.filter((address) => !kindByAddress.has(address))
    if (fresh.length === 0) return
    const kinds = await ledger.store.kindsOf(ledger.chain, fresh)
    for (const address of fresh) kindByAddress.set(address, kinds.get(address))
  }

  /** The deposit addresses that a payer pays. Once there are more than a customer has, the others need not be known. */
  async function depositsPaidBy(payer: string): Promise<readonly Deposit[]> {
    const known = depositsByPayer.get(payer)
    if (known) return known
    // Whoever links nothing anyway is not read to the end.
    const paid = paidByPayer.get(payer) ?? (guardByPayer.get(payer) ? [] : await paidBy(ledger, payer))
    const found: Deposit[] = []
    for (const part of batches(paid)) {
      const deposits = await readDeposits(part)
      await kindsOf(deposits.map(({ address }) => address))
      found.push(...deposits.filter(({ payments }) => payments.some((one) => one.payer === payer)))
      if (!asked.without.has('payer-many-deposits') && counted(found) > depositLimits.depositsOfPayer) break
    }
    depositsByPayer.set(payer, found)
    return found
  }

  /** Whom payers of the common kind pay is asked for together; whoever pays very many is read by himself. */
  async function readAhead(payers: readonly string[]): Promise<void> {
    const fresh = payers.filter((payer) => !paidByPayer.has(payer) && !depositsByPayer.has(payer))
    const ahead: string[] = []
    for (const [payer, paid] of await paidByEach(ledger, fresh)) {
      paidByPayer.set(payer, paid)
      if (paid.length <= AHEAD) ahead.push(...paid)
    }
    const deposits = await readDeposits([...new Set(ahead)])
    await kindsOf(deposits.map(({ address }) => address))
  }

  function counted(deposits: readonly Deposit[]): number {
    return deposits.filter(
      (deposit) => guardOfDeposit(deposit, kindByAddress.get(deposit.address), asked.without) === null,
    ).length
  }

  /** What a payer is comes before whom it pays: a service pays millions. */
  async function payerGuards(payers: readonly string[]): Promise<void> {
    const fresh = payers.filter((payer) => !guardByPayer.has(payer))
    if (fresh.length === 0) return
    await kindsOf(fresh)
    const tags = await ledger.tagsOf(fresh)
    for (const payer of fresh)
      guardByPayer.set(payer, guardOfPayer(tags.get(payer), kindByAddress.get(payer), asked.without))
    if (asked.without.has('payer-many-deposits')) return
    const open = fresh.filter((payer) => !guardByPayer.get(payer))
    await readAhead(open)
    for (const payer of open) {
      if (counted(await depositsPaidBy(payer)) > depositLimits.depositsOfPayer)
        guardByPayer.set(payer, 'payer-many-deposits')
    }
  }

  return {
    /** Deposit addresses among these, and those that these pay. */
    async around(addresses: readonly string[]): Promise<readonly Deposit[]> {
      const found = [...(await readDeposits(addresses))]
      await payerGuards(addresses)
      await readAhead(addresses)
      for (const address of addresses) found.push(...(await depositsPaidBy(address)))
      return found
    },

    async linksOf(deposit: Deposit): Promise<DepositLinks> {
      await kindsOf([deposit.address])
      const kind = kindByAddress.get(deposit.address)
      const guard = guardOfDeposit(deposit, kind, asked.without)
      const payers = [...new Set(deposit.payments.map(({ payer }) => payer))]
      if (guard === null) await payerGuards(payers)
      return linksOfDeposit(deposit, kind, guard, (payer) => guardByPayer.get(payer) ?? null, asked.rejected)
    },
  }
}

export function linksOfDeposit(
  deposit: Deposit,
  kind: AccountKind | undefined,
  guard: DepositGuard | null,
  guardOf: (payer: string) => DepositGuard | null,
  rejected: ReadonlySet<string>,
): DepositLinks {
  const byTxid = new Map<string, Evidence>()
  const leftOut: LeftOut[] = []
  const payers = new Set<string>()
  let payments = 0
  for (const { payer, txid, height, index, time, forwardedBy, forwardedHeight } of deposit.payments) {
    const addresses = [payer, deposit.address]
    const kept = guard ?? guardOf(payer)
    if (rejected.has(txid) || rejected.has(forwardedBy)) {
      const which = rejected.has(txid) ? { txid, height } : { txid: forwardedBy, height: forwardedHeight }
      leftOut.push({ ...which, why: 'rejected', rules: [], addresses })
      continue
    }
    if (kept !== null) {
      leftOut.push({ txid, height, why: kept, rules: [], addresses, says: guardSays[kept] })
      continue
    }
    const { id: rule, version } = depositReuse
    const link: Link = { a: payer, b: deposit.address, rule, version, forwardedBy, forwardedHeight }
    const known = byTxid.get(txid)
    byTxid.set(txid, { txid, height, index, time, links: [...(known?.links ?? []), link] })
    payers.add(payer)
    payments++
  }
  return {
    evidence: [...byTxid.values()],
    leftOut,
    member: { ...memberOf(deposit, kind), payers: payers.size, payments },
  }
}

function memberOf(
  { address, service, to, tags, assets, hadMore, payments }: Deposit,
  kind: AccountKind | undefined,
): Omit<DepositMember, 'payers' | 'payments'> {
  const payers = new Set(payments.map(({ payer }) => payer)).size
  return {
    ...{ address, role: 'deposit', service, to, tags, assets },
    questions: [
      { question: 'Is the whole history of the address in the data?', answer: hadMore ? 'no' : 'not checked' },
      {
        question: 'Is it a contract, which may pass on for several customers?',
        answer: kind?.signed ? 'no' : kind && isContract(kind) ? 'yes' : 'not checked',
      },
      {
        question: `Is it paid by more than ${depositLimits.payersOfDeposit} addresses?`,
        answer: payers > depositLimits.payersOfDeposit ? 'yes' : 'no',
      },
      ...depositReuse.questions.map((question) => ({ question, answer: 'not checked' as const })),
    ],
  }
}

/** Two payments of one transaction to one address say the same; the order of links is that of their text. */
function inOrder(one: Evidence): Evidence {
  const once = new Map(one.links.map((link) => [`${link.a} ${link.b} ${link.forwardedBy}`, link]))
  return { ...one, links: [...once].sort(([a], [b]) => byText(a, b)).map(([, link]) => link) }
}
