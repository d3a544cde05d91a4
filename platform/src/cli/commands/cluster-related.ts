import {
  type AccountPack,
  type ChainPack,
  parseAddress,
  shippedAccountPacks,
  shippedChainPacks,
} from '../../chains/index.ts'
import { type Json, orStop } from '../../kernel/index.ts'
import {
  accountsOfKey,
  bareKeyOf,
  DEPOSIT_RULE,
  type DepositStatement,
  depositStatements,
  hashesOfKey,
  keyHashOf,
  measuredInWords,
  measuredOf,
  SAME_KEY,
  type SameKey,
  sameAccountOn,
  sameHashOn,
} from '../../tracing/index.ts'
import { findAddress, readActivity } from '../address-activity.ts'
import type { CommandDefinition } from '../command.ts'
import type { Desk } from '../desk.ts'
import { measuredToJson } from '../measured-json.ts'
import { plain } from '../present.ts'

const CAVEATS = [
  'These are statements with reasons; nothing is merged into a cluster by them.',
  'Whoever holds a key can be paid at every address of it; that he uses it on another chain is shown only by movements there.',
]

export const clusterRelated: CommandDefinition = {
  path: ['cluster', 'related'],
  summary: 'Say what else an address tells of its holder: the same key on other chains, a deposit address of a service',
  about: CAVEATS.join(' '),
  arguments: [{ name: '<address>', help: 'the address' }],
  options: [
    { flags: '--chain <caip2>', help: 'the chain; otherwise the imported one on which the address is valid' },
    {
      flags: '--key <hex>',
      help: 'the public key, as an input shows it: gives the addresses on chains of accounts too',
    },
  ],
  examples: ['comity cluster related 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa --chain bitcoin'],
  async run(desk, [text = ''], flags) {
    const { pack, address, shown } = await findAddress(desk, text, flags)
    const stated = flags.key === undefined ? null : String(flags.key).toLowerCase()
    const key = stated ?? (pack.family === 'account' ? null : await bareKey(desk, pack, address))
    const found = sameKeys(pack, address, key)
    const seen = await seenOn(desk, found)
    const activity = await readActivity(desk, pack, new Set([address]))
    const deposits = depositStatements(activity)
    return {
      exit: 0,
      json: {
        chain: pack.caip2,
        address,
        key,
        sameKey: found.map((one, at): Json => ({ ...SAME_KEY, ...one, seen: seen[at] ?? false })),
        deposit: deposits.map(depositToJson),
        tags: activity.anyTags,
        measured: measuredToJson(measuredOf([DEPOSIT_RULE.rule])),
        caveats: CAVEATS,
      },
      text: [
        `${shown} (${pack.name})`,
        ...found.map(
          (one, at) =>
            `  same key: ${one.address} on ${one.chain} (${one.form})${seen[at] ? ', seen in the imported data' : ''}. ${one.says}`,
        ),
        ...(found.length === 0 ? ['  no other address of its key is known'] : []),
        ...deposits.map(
          (one) => `  deposit address (${DEPOSIT_RULE.rule} version ${DEPOSIT_RULE.version}): ${plain(one.says)}`,
        ),
        ...(activity.anyTags ? [] : ['  deposit address: not checked: needs tags, and none were imported']),
        ...measuredInWords(measuredOf([DEPOSIT_RULE.rule])),
        ...CAVEATS,
      ].join('\n'),
    }
  },
}

function sameKeys(pack: ChainPack | AccountPack, address: string, key: string | null): readonly SameKey[] {
  const main = shippedAccountPacks.filter(({ network }) => network === 'mainnet')
  const ofKey = key === null ? [] : orStop(accountsOfKey(key, main))
  const others = (all: readonly SameKey[]) => {
    const once = new Map(all.map((one) => [`${one.chain} ${one.address}`, one]))
    once.delete(`${pack.caip2} ${address}`)
    return [...once.values()]
  }
  if (pack.family === 'account') {
    const hashes = key === null ? [] : hashesOfKey(key)
    return others([
      ...sameAccountOn(address, pack, main),
      ...hashes.flatMap((hash) => sameHashOn(hash, shippedChainPacks, 'mainnet')),
    ])
  }
  const parsed = parseAddress(address, pack)
  const hash = parsed.ok ? keyHashOf(parsed.value.script) : null
  // A key that does not hash to the address says nothing of it.
  const fits = key !== null && (hash === null || hashesOfKey(key).includes(hash))
  return others([...(hash === null ? [] : sameHashOn(hash, shippedChainPacks, pack.network)), ...(fits ? ofKey : [])])
}

/** The key, where an output paid it bare. */
async function bareKey(desk: Desk, pack: ChainPack, address: string): Promise<string | null> {
  const store = await desk.store()
  const events = (await store.addressEvents(pack.caip2, address, 0, 50)).filter(({ direction }) => direction === 'in')
  for (const tx of await store.transactions(pack.caip2, [...new Set(events.map(({ txid }) => txid))])) {
    for (const output of tx.outputs) {
      const key = output.address === address && output.script !== null ? bareKeyOf(output.script) : null
      if (key !== null) return key
    }
  }
  return null
}

async function seenOn(desk: Desk, found: readonly SameKey[]): Promise<readonly boolean[]> {
  const [store, accounts] = [await desk.store(), await desk.accounts()]
  const [chains, accountChains] = [await store.chains(), await accounts.chains()]
  const seen: boolean[] = []
  for (const { chain, address } of found) {
    if (chains.includes(chain)) seen.push((await store.addressTotals(chain, address)).events > 0)
    else if (accountChains.includes(chain)) {
      const asked = {
        addresses: [address],
        direction: 'both',
        fromHeight: 0,
        toHeight: Number.MAX_SAFE_INTEGER,
        limit: 1,
      } as const
      seen.push((await accounts.moves(chain, asked)).moves.length > 0)
    } else seen.push(false)
  }
  return seen
}

function depositToJson({ passedOn, left, received, to, txids, tags, questions, ...one }: DepositStatement): Json {
  const { rule, version, source, toOnePercent } = DEPOSIT_RULE
  return {
    ...{ rule, version, source, threshold: { toOnePercent } },
    ...one,
    ...{ passedOn: passedOn.toString(), left: left.toString(), received: received.toString() },
    ...{ to: [...to], txids: [...txids], tags: [...tags], questions: questions.map((question) => ({ ...question })) },
  }
}
