/** Every node of the trace, complete and sorted; only what is seen is fetched from the desk and drawn. */
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState } from 'react'
import type { MessageId } from '../../shared/language/message-ids.ts'
import { useSay } from '../../shared/language/speak.tsx'
import { Select, TextField } from '../../shared/ui/fields.tsx'
import { MachineValue, Words } from '../../shared/ui/values.tsx'
import type { Row, RowsWanted } from '../model/ask-model.ts'
import type { Desk } from './use-desk.ts'
import { Amounts, type TraceWords } from './words.tsx'

const ROW_PX = 44
const PAGE = 100

const columns: readonly { readonly id: RowsWanted['by']; readonly head: MessageId }[] = [
  { id: 'kind', head: 'trace.table.what' },
  { id: 'name', head: 'trace.table.name' },
  { id: 'amount', head: 'trace.table.amount' },
  { id: 'hops', head: 'trace.table.hops' },
  { id: 'time', head: 'trace.table.time' },
]
const filters = [
  '',
  'end',
  'service',
  'unspent',
  'data-ends',
  'not-followed',
  'fee',
  'transaction',
  'address',
  'source',
] as const

export function TableView({
  ask,
  words,
  selected,
  onSelect,
}: {
  readonly ask: Desk
  readonly words: TraceWords
  readonly selected: number | null
  readonly onSelect: (node: number) => void
}) {
  const say = useSay()
  const [wanted, setWanted] = useState<RowsWanted>({ by: 'amount', down: true, kind: 'end', text: '' })
  const [total, setTotal] = useState(0)
  const [pages, setPages] = useState<ReadonlyMap<number, readonly Row[]>>(new Map())
  const frame = useRef<HTMLElement>(null)
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW_PX,
    overscan: 10,
  })
  const items = virtual.getVirtualItems()
  const [first, last] = [Math.floor((items[0]?.index ?? 0) / PAGE), Math.floor((items.at(-1)?.index ?? 0) / PAGE)]
  useEffect(() => {
    let isOver = false
    setPages(new Map())
    void ask('rows', { ...wanted, from: 0, to: PAGE }).then(({ total: all, rows }) => {
      if (isOver) return
      setTotal(all)
      setPages(new Map([[0, rows]]))
    })
    return () => {
      isOver = true
    }
  }, [ask, wanted])
  useEffect(() => {
    let isOver = false
    for (let page = first; page <= last; page++) {
      if (page === 0 || pages.has(page)) continue
      void ask('rows', { ...wanted, from: page * PAGE, to: (page + 1) * PAGE }).then(({ rows }) => {
        if (!isOver) setPages((known) => new Map(known).set(page, rows))
      })
    }
    return () => {
      isOver = true
    }
  }, [ask, wanted, first, last, pages])
  const before = items[0]?.start ?? 0
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0)
  return (
    <div>
      <div className="trace-filters">
        <Select
          label={say('trace.table.show')}
          value={wanted.kind}
          onChange={({ target }) => setWanted({ ...wanted, kind: target.value })}
        >
          {filters.map((id) => (
            <option key={id} value={id}>
              {id === '' ? say('trace.table.all') : id === 'end' ? say('trace.table.ends') : filterName(id, words)}
            </option>
          ))}
        </Select>
        <TextField
          label={say('trace.table.search')}
          id="trace-search"
          value={wanted.text}
          onChange={({ target }) => setWanted({ ...wanted, text: target.value })}
        />
      </div>
      <section
        className="table-frame trace-table"
        ref={frame}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        tabIndex={0}
        aria-label={say('trace.table.caption')}
      >
        <table className="table" aria-rowcount={total + 1}>
          <caption>
            {say('trace.table.caption')} <span className="soft small">{say('table.rows', { count: total })}</span>
          </caption>
          <thead>
            <tr aria-rowindex={1}>
              {columns.map(({ id, head }) => (
                <th
                  key={id}
                  scope="col"
                  aria-sort={wanted.by === id ? (wanted.down ? 'descending' : 'ascending') : undefined}
                >
                  <button
                    type="button"
                    className="sorting"
                    onClick={() =>
                      setWanted({ ...wanted, by: id, down: wanted.by === id ? !wanted.down : id === 'amount' })
                    }
                  >
                    {say(head)}
                    <span aria-hidden="true">{wanted.by === id ? (wanted.down ? ' ↓' : ' ↑') : ''}</span>
                  </button>
                </th>
              ))}
              <th scope="col">{say('trace.table.why')}</th>
            </tr>
          </thead>
          <tbody>
            {before > 0 && <Gap height={before} />}
            {items.map(({ index }) => {
              const row = pages.get(Math.floor(index / PAGE))?.[index % PAGE]
              return row ? (
                <RowDrawing
                  key={row.number}
                  row={row}
                  index={index}
                  words={words}
                  isSelected={row.number === selected}
                  onSelect={onSelect}
                />
              ) : (
                <Gap key={index} height={ROW_PX} />
              )
            })}
            {after > 0 && <Gap height={after} />}
          </tbody>
        </table>
      </section>
    </div>
  )
}

function filterName(id: string, words: TraceWords): string {
  return ['transaction', 'address', 'source'].includes(id) ? words.kind(id, null) : words.status(id)
}

function RowDrawing({
  row,
  index,
  words,
  isSelected,
  onSelect,
}: {
  readonly row: Row
  readonly index: number
  readonly words: TraceWords
  readonly isSelected: boolean
  readonly onSelect: (node: number) => void
}) {
  const say = useSay()
  return (
    <tr
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      data-node={row.number}
      onClick={() => onSelect(row.number)}
    >
      <td>
        <button type="button" className="trace-row-button" onClick={() => onSelect(row.number)}>
          {words.kind(row.kind, row.status)}
        </button>
      </td>
      <td>
        {row.label !== null && (
          <div>
            <Words>{row.label}</Words>
          </div>
        )}
        <MachineValue value={row.address ?? row.name} short />
      </td>
      <td>
        <Amounts amounts={row.amounts} words={words} />
      </td>
      <td>{row.hops ?? ''}</td>
      <td className="trace-when">
        {row.time === null ? (
          <span className="soft">{row.kind === 'end' || row.kind === 'transaction' ? say('trace.no-time') : ''}</span>
        ) : (
          <MachineValue value={words.utc(row.time)} />
        )}
      </td>
      <td className="small trace-because">
        {row.kind === 'end' ? (words.why(row.code, row.status) ?? row.reason) : ''}
      </td>
    </tr>
  )
}

function Gap({ height }: { readonly height: number }) {
  return (
    <tr style={{ blockSize: height }}>
      <td colSpan={columns.length + 1} />
    </tr>
  )
}
