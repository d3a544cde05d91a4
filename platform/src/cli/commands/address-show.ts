import {
  type AccountPack,
  type ChainPack,
  parseAddress,
  shippedAccountPacks,
  shippedChainPacks,
} from '../../chains/index.ts'
import { type Refusal, Stop } from '../../kernel/index.ts'
import type { CommandDefinition } from '../command.ts'
import { coins, count, plain, table, utc } from '../present.ts'
import { showAccountAddress } from './address-show-accounts.ts'
import { readCount } from './shared-options.ts'

export const addressShow: CommandDefinition = {
  path: ['address', 'show'],
  summary: 'Show the movements of an address and its tags',
  arguments: [{ name: '<address>', help: 'checked before anything is looked up; a wrong address is never corrected' }],
  options: [
    { flags: '--chain <caip2>', help: 'the chain; otherwise the one the address is valid on' },
    { flags: '--offset <n>', help: 'skip this many movements' },
    { flags: '--limit <n>', help: 'show at most this many movements (default 100)' },
  ],
  examples: ['comity address show 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa'],
  async run(desk, [text = ''], flags) {
    const store = await desk.store()
    const imported = [...(await store.chains()), ...(await (await desk.accounts()).chains())]
    const pack = flags.chain === undefined ? chooseChain(text, imported) : desk.pack(String(flags.chain))
    if (pack.family === 'account') return showAccountAddress(desk, text, pack, flags)
    const parsed = parseAddress(text, pack)
    if (!parsed.ok) throw new Stop(parsed.refusal)
    const address = parsed.value.text
    const limit = readCount(flags.limit, '--limit') ?? 100
    const offset = readCount(flags.offset, '--offset') ?? 0
    const totals = await store.addressTotals(pack.caip2, address)
    const events = await store.addressEvents(pack.caip2, address, offset, limit)
    const tagStore = await desk.tagStore()
    const tags = (await tagStore.tagsOf(pack.caip2, [address], { asOf: Number.MAX_SAFE_INTEGER })).get(address) ?? []
    const shown = { from: offset, shown: events.length, of: totals.events }
    return {
      exit: 0,
      json: {
        chain: pack.caip2,
        address,
        type: parsed.value.type,
        received: totals.received.toString(),
        spent: totals.spent.toString(),
        events: events.map((event) => ({ ...event, value: event.value.toString() })),
        page: shown,
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
        `${address} (${parsed.value.type}, ${pack.name})`,
        `  in the imported data: received ${coins(totals.received, pack)}, spent ${coins(totals.spent, pack)}, ${count(totals.events, 'movement')}`,
        ...tags.map(
          (tag) =>
            `  tag: ${plain(tag.label)} (${tag.category ?? 'no category'}; confidence ${tag.confidence?.id ?? 'not stated'}; ${plain(tag.source)})`,
        ),
        table(
          events.map((event) => [
            `  ${event.direction === 'in' ? '+' : '−'}`,
            coins(event.value, pack),
            utc(event.time),
            String(event.height),
            event.txid,
          ]),
          [1, 3],
        ),
        shown.shown < shown.of ? `  ${shown.shown} of ${shown.of} movements; see --offset and --limit` : '',
      ]
        .filter((line) => line !== '')
        .join('\n'),
    }
  },
}

/** The imported chain on which the text is an address; if there is none, the reason why it is not one. */
function chooseChain(text: string, imported: readonly string[]): ChainPack | AccountPack {
  const order = [...shippedChainPacks, ...shippedAccountPacks].sort(
    (a, b) => Number(imported.includes(b.caip2)) - Number(imported.includes(a.caip2)),
  )
  let first: Refusal | undefined
  for (const pack of order) {
    const parsed = parseAddress(text, pack)
    if (parsed.ok) return pack
    first ??= parsed.refusal
  }
  throw new Stop(first ?? { code: 'ADDRESS_EMPTY', message: 'No address is given.' })
}
