/** A table of any length: sorted by its heads, complete, and drawn as far as it is seen. */
import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useMemo, useRef, useState } from 'react'
import { useSay } from '../language/speak.tsx'

export type Column<T> = {
  readonly id: string
  readonly head: string
  readonly cell: (row: T) => ReactNode
  /** What it is sorted by; a column without cannot be sorted. */
  readonly by?: (row: T) => string | number | bigint
  readonly align?: 'end'
}

const WHOLE = 60
const ROW_PX = 42

export function DataTable<T>({
  caption,
  columns,
  rows,
  keyOf,
  selected,
  onSelect,
}: {
  readonly caption: string
  readonly columns: readonly Column<T>[]
  readonly rows: readonly T[]
  readonly keyOf: (row: T) => string
  /** The key of the row that is selected. */
  readonly selected?: string | null
  readonly onSelect?: (row: T) => void
}) {
  const say = useSay()
  const [order, setOrder] = useState<{ id: string; down: boolean } | null>(null)
  const sorted = useMemo(() => {
    const by = columns.find(({ id }) => id === order?.id)?.by
    if (!by || !order) return rows
    const turn = order.down ? -1 : 1
    return [...rows].sort((a, b) => {
      const [one, other] = [by(a), by(b)]
      return one < other ? -turn : one > other ? turn : 0
    })
  }, [rows, columns, order])
  const frame = useRef<HTMLDivElement>(null)
  const isLong = sorted.length > WHOLE
  const virtual = useVirtualizer({
    count: isLong ? sorted.length : 0,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
  })
  const items = virtual.getVirtualItems()
  const before = items[0]?.start ?? 0
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0)
  const shown = isLong
    ? items.map(({ index }) => ({ row: sorted[index] as T, index }))
    : sorted.map((row, index) => ({ row, index }))
  return (
    <div className="table-frame" ref={frame} data-long={isLong || undefined} tabIndex={isLong ? 0 : undefined}>
      <table className="table" aria-rowcount={sorted.length + 1}>
        <caption>
          {caption} <span className="soft small">{say('table.rows', { count: sorted.length })}</span>
        </caption>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map(({ id, head, by, align }) => (
              <th
                key={id}
                scope="col"
                data-align={align}
                aria-sort={order?.id === id ? (order.down ? 'descending' : 'ascending') : undefined}
              >
                {by ? (
                  <button
                    type="button"
                    className="sorting"
                    onClick={() => setOrder({ id, down: order?.id === id ? !order.down : false })}
                  >
                    {head}
                    <span aria-hidden="true">{order?.id === id ? (order.down ? ' ↓' : ' ↑') : ''}</span>
                  </button>
                ) : (
                  head
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {before > 0 && <Gap height={before} columns={columns.length} />}
          {shown.map(({ row, index }) => {
            const key = keyOf(row)
            return (
              <tr
                key={key}
                aria-rowindex={index + 2}
                aria-selected={onSelect ? selected === key : undefined}
                onClick={onSelect ? () => onSelect(row) : undefined}
              >
                {columns.map(({ id, cell, align }) => (
                  <td key={id} data-align={align}>
                    {cell(row)}
                  </td>
                ))}
              </tr>
            )
          })}
          {isLong && after > 0 && <Gap height={after} columns={columns.length} />}
        </tbody>
      </table>
    </div>
  )
}

/** Stands for rows that are not drawn. Its height is set by script: the policy of the page lets no markup carry styles. */
function Gap({ height, columns }: { readonly height: number; readonly columns: number }) {
  return (
    <tr style={{ blockSize: height }}>
      <td colSpan={columns} />
    </tr>
  )
}
