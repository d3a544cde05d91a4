/** Names in place of ids: agencies by the directory, messages and codes by the catalogue of the app. */
import { useSpeech } from '../shared/language/speak.tsx'
import { nativeOf, useNativeAssets } from '../shared/native-assets.ts'
import { useRead } from '../shared/node/node.tsx'
import { Amount, MachineValue, Words } from '../shared/ui/values.tsx'
import type { Member } from './message-parts.ts'

export function useMembers() {
  const read = useRead('memberList', {})
  const members: readonly Member[] = read.data?.members ?? []
  return { read, me: read.data?.me ?? null, members, byId: (id: string) => members.find((one) => one.id === id) }
}

/** An agency as it is called; its id where the directory knows it no more. */
export function MemberName({ id }: { readonly id: string }) {
  const { byId } = useMembers()
  return <Words>{byId(id)?.name ?? id}</Words>
}

/** What a code of a message or of the node is in words; the code itself where the catalogue has none. */
export function useCodeWords() {
  const { say, knows } = useSpeech()
  return (
    group: 'type' | 'urgency' | 'state' | 'act' | 'kind' | 'tlp' | 'purpose' | 'member' | 'void',
    code: string,
  ) => {
    const id = `inbox.${group}.${code}`
    return knows(id) ? say(id) : code
  }
}

export function AssetAmount({
  chain,
  asset,
  amount,
}: {
  readonly chain: string | null
  readonly asset: string | null
  readonly amount: string
}) {
  const { say } = useSpeech()
  const native = nativeOf(useNativeAssets(), { chain: chain ?? '', asset })
  if (native) return <Amount base={amount} decimals={native.decimals} symbol={native.symbol} />
  return (
    <span>
      <Amount base={amount} decimals={0} symbol="" /> {say('inbox.base-units')}{' '}
      {asset !== null && <MachineValue value={asset} short />}
    </span>
  )
}

export function ChainName({ chain }: { readonly chain: string }) {
  const native = useNativeAssets()[chain]
  return native ? <Words>{native.name}</Words> : <MachineValue value={chain} short />
}
