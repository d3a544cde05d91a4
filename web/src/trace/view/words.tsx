/** The words of this room for what records call by codes, and amounts of any asset. */
import { useCallback, useMemo } from 'react'
import { type Say, useSpeech } from '../../shared/language/speak.tsx'
import { amountText } from '../../shared/ui/values.tsx'
import type { AssetAmount, Head } from '../model/model.ts'

export type TraceWords = {
  /** `2.5 BTC`, or `17 × erc20:0x1234…`: one text, for pictures and lists. */
  readonly amount: (asset: string, units: bigint | string) => string
  readonly amounts: (amounts: readonly AssetAmount[]) => string
  readonly kind: (kind: string, status: string | null) => string
  readonly status: (status: string) => string
  /** Why it ends here. */
  readonly why: (code: string | null, status: string | null) => string | null
  readonly rule: (id: string) => string
  readonly short: (text: string) => string
  readonly utc: (seconds: number) => string
}

export function useTraceWords(head: Head | null): TraceWords {
  const { say, knows } = useSpeech()
  return useMemo(() => {
    const or = (id: string, other: string) => (knows(id) ? say(id) : other)
    const amount = (asset: string, units: bigint | string) => {
      const name = head?.assets[asset]
      return name
        ? `${amountText(units, name.decimals)} ${name.symbol}`
        : `${amountText(units, 0)} × ${shortAsset(asset)}`
    }
    return {
      amount,
      amounts: (amounts) => amounts.map(({ asset, units }) => amount(asset, units)).join(' + '),
      kind: (kind, status) =>
        kind === 'end' && status !== null ? or(`trace.status.${status}`, status) : or(`trace.kind.${kind}`, kind),
      status: (status) => or(`trace.status.${status}`, status),
      why: (code, status) =>
        code !== null && knows(`trace.code.${code}`)
          ? say(`trace.code.${code}` as never)
          : status !== null && knows(`trace.status-why.${status}`)
            ? say(`trace.status-why.${status}` as never)
            : null,
      rule: (id) => or(`trace.rule.${id}`, id),
      short: (text) => (text.length > 20 ? `${text.slice(0, 8)}…${text.slice(-6)}` : text),
      utc: (seconds) => `${new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    }
  }, [head, say, knows])
}

/** Says with values that come from machines or from others: each is isolated (U+2068, U+2069), so that it turns nothing around it. */
export function useTell(): Say {
  const { say } = useSpeech()
  return useCallback(
    (id, values) =>
      say(
        id,
        Object.fromEntries(
          Object.entries(values ?? {}).map(([name, value]) => [
            name,
            typeof value === 'string' && value !== '' ? `\u2068${value}\u2069` : value,
          ]),
        ),
      ),
    [say],
  )
}

function shortAsset(asset: string): string {
  return asset.slice(asset.indexOf('/') + 1).replace(/0x([0-9a-f]{6})[0-9a-f]{30,}/, '0x$1…')
}

/** Amounts one under the other, each isolated from left to right. */
export function Amounts({ amounts, words }: { readonly amounts: readonly AssetAmount[]; readonly words: TraceWords }) {
  if (amounts.length === 0) return null
  return (
    <>
      {amounts.map(({ asset, units }) => (
        <span className="amount-line" key={asset}>
          <bdi className="machine amount" dir="ltr">
            {words.amount(asset, units)}
          </bdi>
        </span>
      ))}
    </>
  )
}
