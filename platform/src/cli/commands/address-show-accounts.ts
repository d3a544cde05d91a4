/** `address show` on chains of accounts. */
import { type AccountPack, parseAddress } from '../../chains/index.ts'
import { orStop } from '../../kernel/index.ts'
import type { Flags, Outcome } from '../command.ts'
import type { Desk } from '../desk.ts'
import { count, plain, table, utc } from '../present.ts'
import { assetAmount, moveJson, party } from './account-words.ts'
import { SECONDARY } from './chain-import-accounts.ts'
import { readCount } from './shared-options.ts'

export async function showAccountAddress(desk: Desk, text: string, pack: AccountPack, flags: Flags): Promise<Outcome> {
  const parsed = orStop(parseAddress(text, pack))
  const address = parsed.text
  const limit = readCount(flags.limit, '--limit') ?? 100
  const offset = readCount(flags.offset, '--offset') ?? 0
  const store = await desk.accounts()
  const asked = {
    addresses: [address],
    direction: 'both' as const,
    fromHeight: 0,
    toHeight: Number.MAX_SAFE_INTEGER,
    limit: offset + limit,
  }
  const { moves, more } = await store.moves(pack.caip2, asked)
  const shown = moves.slice(offset)
  const balances = [...(await store.balances(pack.caip2, address, Number.MAX_SAFE_INTEGER))]
  const { traced } = await store.status(pack.caip2)
  const tagStore = await desk.tagStore()
  const tags = (await tagStore.tagsOf(pack.caip2, [address], { asOf: Number.MAX_SAFE_INTEGER })).get(address) ?? []
  const flows = balances.some(([asset]) => asset.endsWith('/usd:flow'))
  return {
    exit: 0,
    json: {
      chain: pack.caip2,
      address,
      type: parsed.type,
      shown: parsed.shown,
      inMinusOut: balances.map(([asset, amount]) => ({ asset, amount: amount.toString() })),
      traced,
      notice: flows ? SECONDARY : null,
      moves: shown.map(moveJson),
      page: { from: offset, shown: shown.length, more },
      tags: tags.map(({ id, label, source, category, actor, confidence }) => ({
        id,
        label,
        source,
        category,
        actor,
        confidence: confidence ? { ...confidence } : null,
      })),
    },
    text: [
      `${parsed.shown} (${pack.name})`,
      ...balances.map(([asset, amount]) => `  in less out in the imported data: ${assetAmount(amount, asset, pack)}`),
      ...(traced || flows ? [] : ['  what contracts passed on is not here for every transaction']),
      ...(flows ? [`  ${SECONDARY}`] : []),
      ...tags.map(
        (tag) =>
          `  tag: ${plain(tag.label)} (${tag.category ?? 'no category'}; confidence ${tag.confidence?.id ?? 'not stated'}; ${plain(tag.source)})`,
      ),
      table(
        shown.map((move) => [
          `  ${move.to === address ? '+' : '−'}`,
          assetAmount(move.amount, move.asset, pack),
          move.kind,
          party(move.to === address ? move.from : move.to),
          utc(move.time),
          move.txid,
        ]),
        [1],
      ),
      more ? `  ${count(shown.length, 'move')} shown; see --offset and --limit` : '',
    ]
      .filter((line) => line !== '')
      .join('\n'),
  }
}
