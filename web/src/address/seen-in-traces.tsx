/** What traces saw of the address: each amount that came to rest there or passed on, exact, by its time; the sum over time as a picture. */
import { Link } from '@tanstack/react-router'
import { useSay, useSpeech } from '../shared/language/speak.tsx'
import { type Column, DataTable } from '../shared/ui/data-table.tsx'
import { Empty, Sheet } from '../shared/ui/parts.tsx'
import { Amount, amountText, Instant, Words } from '../shared/ui/values.tsx'
import type { OfCase, Place } from './find-address.ts'
import type { Seen } from './seen-in-trace.ts'

type Row = Seen & { readonly caseId: string; readonly key: string }

export function SeenInTraces({ place, cases }: { readonly place: Place; readonly cases: readonly OfCase[] }) {
  const { say, knows } = useSpeech()
  const rows: readonly Row[] = cases.flatMap(({ caseId, seen }) =>
    seen.map((one, at) => ({ ...one, caseId, key: `${one.traceId} ${at}` })),
  )
  const isOwn = (one: Row) => one.asset === null || one.asset.includes('/slip44:')
  const status = (one: string) => (knows(`address.status.${one}`) ? say(`address.status.${one}` as never) : one)
  const columns: readonly Column<Row>[] = [
    {
      id: 'time',
      head: say('address.when'),
      cell: ({ time }) => (time === null ? say('address.no-time') : <Instant at={time * 1000} />),
      by: ({ time }) => time ?? 0,
    },
    {
      id: 'traced',
      head: say('address.traced'),
      align: 'end',
      cell: (one) =>
        isOwn(one) ? (
          <Amount base={one.traced} decimals={place.decimals} symbol={place.symbol} />
        ) : (
          <bdi className="machine" dir="ltr">
            {amountText(one.traced, 0)} <span className="small">{one.asset}</span>
          </bdi>
        ),
      by: ({ traced }) => BigInt(traced),
    },
    { id: 'status', head: say('address.status'), cell: (one) => status(one.status), by: (one) => status(one.status) },
    {
      id: 'label',
      head: say('address.label'),
      cell: ({ label }) => (label === null ? '–' : <Words>{label}</Words>),
      by: ({ label }) => label ?? '',
    },
    {
      id: 'trace',
      head: say('address.trace'),
      cell: ({ caseId, traceId, rule }) => (
        <Link to={`/cases/${caseId}/traces/${traceId}` as never}>{say('address.by-rule', { rule })}</Link>
      ),
      by: ({ rule }) => rule,
    },
  ]
  return (
    <Sheet title={say('address.seen')}>
      {rows.length === 0 ? (
        <Empty title={say('address.not-seen')}>
          <p>{say('address.not-seen-text')}</p>
        </Empty>
      ) : (
        <>
          <OverTime rows={rows.filter(isOwn)} place={place} />
          <DataTable caption={say('address.seen-caption')} columns={columns} rows={rows} keyOf={({ key }) => key} />
          <p className="small soft">{say('address.seen-note')}</p>
        </>
      )}
    </Sheet>
  )
}

const WIDTH = 640
const HEIGHT = 140
const PAD = 8

/** What one rule's traces brought there, added up over time: a step for each arrival. The table below holds the same. */
function OverTime({ rows, place }: { readonly rows: readonly Row[]; readonly place: Place }) {
  const say = useSay()
  const [first] = rows
  const own = rows.filter((one) => one.traceId === first?.traceId && one.time !== null)
  const sorted = [...own].sort((a, b) => (a.time ?? 0) - (b.time ?? 0))
  const [start, end] = [sorted[0]?.time ?? 0, sorted.at(-1)?.time ?? 0]
  if (sorted.length < 2 || start === end) return null
  const total = sorted.reduce((sum, { traced }) => sum + BigInt(traced), 0n)
  const x = (time: number) => PAD + ((time - start) / (end - start)) * (WIDTH - 2 * PAD)
  const y = (sum: bigint) => HEIGHT - PAD - (Number((sum * 10_000n) / total) / 10_000) * (HEIGHT - 2 * PAD)
  let sum = 0n
  let path = `M ${PAD} ${HEIGHT - PAD}`
  for (const { time, traced } of sorted) {
    sum += BigInt(traced)
    path += ` H ${x(time ?? 0)} V ${y(sum)}`
  }
  return (
    <figure className="over-time">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={say('address.over-time')}>
        <path d={`M ${PAD} ${HEIGHT - PAD} H ${WIDTH - PAD}`} className="axis" />
        <path d={path} className="line" />
      </svg>
      <figcaption className="small soft">
        {say('address.over-time')} <Instant at={start * 1000} /> – <Instant at={end * 1000} />
        {': '}
        <Amount base={total} decimals={place.decimals} symbol={place.symbol} />
      </figcaption>
    </figure>
  )
}
