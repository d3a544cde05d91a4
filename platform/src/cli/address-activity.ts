/** An address from the command line with what moved there and the tags around it, on chains of either family. */
import {
  type AccountPack,
  type ChainPack,
  parseAddress,
  shippedAccountPacks,
  shippedChainPacks,
} from '../chains/index.ts'
import { Stop } from '../kernel/index.ts'
import { type Activity, accountFlows, utxoFlows } from '../tracing/index.ts'
import type { Flags } from './command.ts'
import type { Desk } from './desk.ts'

export type FoundAddress = { readonly pack: ChainPack | AccountPack; readonly address: string; readonly shown: string }

/** On the chain that is named, else on the first on which it is an address; imported chains come first. */
export async function findAddress(desk: Desk, text: string, flags: Flags): Promise<FoundAddress> {
  const parsed = (await candidates(desk, flags)).map((pack) => ({ pack, result: read(text, pack) }))
  for (const { pack, result } of parsed) {
    if (result.ok) return { pack, ...result.value }
  }
  const refused = parsed.flatMap(({ result }) => (result.ok ? [] : [result.refusal]))[0]
  throw new Stop(refused ?? { code: 'ADDRESS_EMPTY', message: 'No address is given.' })
}

function read(text: string, pack: ChainPack | AccountPack) {
  const parsed = pack.family === 'account' ? parseAddress(text, pack) : parseAddress(text, pack)
  if (!parsed.ok) return parsed
  const { text: address } = parsed.value
  return { ok: true as const, value: { address, shown: 'shown' in parsed.value ? parsed.value.shown : address } }
}

async function candidates(desk: Desk, flags: Flags): Promise<readonly (ChainPack | AccountPack)[]> {
  if (flags.chain !== undefined) return [desk.pack(String(flags.chain))]
  const imported = [...(await (await desk.store()).chains()), ...(await (await desk.accounts()).chains())]
  return [...shippedChainPacks, ...shippedAccountPacks].sort(
    (a, b) => Number(imported.includes(b.caip2)) - Number(imported.includes(a.caip2)),
  )
}

export async function readActivity(
  desk: Desk,
  pack: ChainPack | AccountPack,
  subject: ReadonlySet<string>,
): Promise<Activity> {
  const flows =
    pack.family === 'account'
      ? await accountFlows(await desk.accounts(), pack.caip2, subject)
      : await utxoFlows(await desk.store(), pack.caip2, subject)
  const tagStore = await desk.tagStore()
  const others = flows.flows.flatMap((flow) => flow.others.map(({ address }) => address))
  const addresses = [...new Set([...subject, ...others])]
  const tagsByAddress = await tagStore.tagsOf(pack.caip2, addresses, { asOf: Number.MAX_SAFE_INTEGER })
  return { ...flows, tagsByAddress, anyTags: (await tagStore.counts()).tags > 0 }
}
