import { type LedgerTx, shippedChainPacks } from '../../chains/index.ts'
import { isHex, stop } from '../../kernel/index.ts'
import { detect } from '../../tracing/index.ts'
import type { CommandDefinition } from '../command.ts'
import type { Desk } from '../desk.ts'
import { coins, table, utc } from '../present.ts'
import { showAccountTransaction } from './tx-show-accounts.ts'

export const txShow: CommandDefinition = {
  path: ['tx', 'show'],
  summary: 'Show a transaction as the ledger holds it',
  arguments: [{ name: '<txid>', help: '64 hexadecimal digits' }],
  options: [{ flags: '--chain <caip2>', help: 'the chain; all imported chains otherwise' }],
  examples: ['comity tx show 943f2d576ed8d9f388ba75eb82fe35cce29479b84121827ac368a5a94f44cf7a'],
  async run(desk, [txid = ''], flags) {
    const id = txid.toLowerCase().replace(/^0x/, '')
    if (!isHex(id, 32))
      stop('TXID_MALFORMED', `"${txid.slice(0, 90)}" is not a transaction id.`, { fix: 'Give 64 hexadecimal digits.' })
    const ofAccounts = await showAccountTransaction(
      desk,
      id,
      flags.chain === undefined ? undefined : String(flags.chain),
    )
    if (ofAccounts) return ofAccounts
    const found = await findTransaction(desk, id, flags.chain === undefined ? undefined : String(flags.chain))
    if (!found) {
      return stop('TX_UNKNOWN', `No imported data holds the transaction ${id}.`, {
        fix: 'Import it first: comity chain import.',
      })
    }
    const { chain, tx } = found
    const pack = shippedChainPacks.find(({ caip2 }) => caip2 === chain) ?? desk.chain(chain)
    const spends = await (await desk.store()).spenders(
      chain,
      tx.outputs.map((_, vout) => ({ txid: id, vout })),
      Number.MAX_SAFE_INTEGER,
    )
    const spentBy = new Map(spends.map((spend) => [spend.outpoint.vout, spend]))
    const findings = tx.coinbase ? [] : detect(tx, { chain }).filter(({ verdict }) => verdict === 'match')
    const known = tx.inputs.every(({ prevout }) => prevout !== null)
    const sumIn = tx.inputs.reduce((sum, { prevout }) => sum + (prevout?.value ?? 0n), 0n)
    const sumOut = tx.outputs.reduce((sum, { value }) => sum + value, 0n)
    const fee = known && !tx.coinbase ? sumIn - sumOut : null
    return {
      exit: 0,
      json: {
        chain,
        txid: tx.txid,
        coinbase: tx.coinbase,
        block: { ...tx.block },
        index: tx.index,
        version: tx.version,
        locktime: tx.locktime,
        proof: tx.proof,
        fee: fee?.toString() ?? null,
        inputs: tx.inputs.map(({ prev, prevout, sequence }) => ({
          prev: prev ? { ...prev } : null,
          prevout: prevout ? { ...prevout, value: prevout.value.toString() } : null,
          sequence,
        })),
        outputs: tx.outputs.map((output, vout) => {
          const spend = spentBy.get(vout)
          return {
            vout,
            ...output,
            value: output.value.toString(),
            spentBy: spend ? { txid: spend.txid, vin: spend.vin, height: spend.height } : null,
          }
        }),
        findings: findings.map((finding) => ({
          ...finding,
          questions: finding.questions.map((question) => ({ ...question })),
          facts: { ...finding.facts },
        })),
      },
      text: [
        `${tx.txid}`,
        `  block ${tx.block.height} ${tx.block.hash ?? ''} (${utc(tx.block.time)})`,
        `  ${{ txid: 'the content was hashed here and gives the id', stated: 'stated by its source', mismatch: 'THE CONTENT DOES NOT GIVE THIS ID', doubles: 'amounts passed through floating point: no evidence' }[tx.proof]}`,
        tx.coinbase
          ? '  new coins (coinbase)'
          : table(
              tx.inputs.map(({ prev, prevout }) => [
                '  in ',
                prevout ? coins(prevout.value, pack) : 'unknown',
                prevout?.address ?? '',
                `${prev?.txid}:${prev?.vout}`,
              ]),
              [1],
            ),
        table(
          tx.outputs.map((output, vout) => [
            '  out',
            coins(output.value, pack),
            output.address ?? `(${output.type})`,
            `${vout}`,
            spentBy.get(vout) ? `spent in ${spentBy.get(vout)?.txid}` : '',
          ]),
          [1],
        ),
        fee === null ? '' : `  fee ${coins(fee, pack)}`,
        ...findings.map(({ rule, reason }) => `  ${rule}: ${reason}`),
      ]
        .filter((line) => line !== '')
        .join('\n'),
    }
  },
}

async function findTransaction(
  desk: Desk,
  txid: string,
  chain: string | undefined,
): Promise<{ chain: string; tx: LedgerTx } | null> {
  const store = await desk.store()
  const named = chain === undefined ? null : desk.pack(chain)
  if (named?.family === 'account') return null
  for (const one of named === null ? await store.chains() : [named.caip2]) {
    const [tx] = await store.transactions(one, [txid])
    if (tx) return { chain: one, tx }
  }
  return null
}
