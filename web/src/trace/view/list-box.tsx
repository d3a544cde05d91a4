/**
 * A picture for those who do not see it, or do not use a mouse: one stop of the tab key, and in it a list of everything that is drawn.
 * Arrows walk along the money and between neighbours of a column; the picture itself is hidden from screen readers.
 */
import { type KeyboardEvent, type ReactNode, useId } from 'react'

export type Item = {
  readonly id: string
  readonly text: string
  readonly isSelected: boolean
  /** What is reached from here: with the money, against it, above, below. */
  readonly next: string | null
  readonly back: string | null
  readonly above: string | null
  readonly below: string | null
}

export function ListBox({
  label,
  items,
  active,
  isRtl,
  onMove,
  onChoose,
  onKey,
  children,
}: {
  readonly label: string
  readonly items: readonly Item[]
  readonly active: string | null
  readonly isRtl: boolean
  readonly onMove: (id: string) => void
  readonly onChoose: (id: string) => void
  /** Keys of the screen; answers whether one was meant for it. */
  readonly onKey: (event: KeyboardEvent) => boolean
  readonly children: ReactNode
}) {
  const base = useId()
  const known = items.find(({ id }) => id === active) ?? items[0]
  const press = (event: KeyboardEvent) => {
    if (onKey(event)) {
      event.preventDefault()
      return
    }
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || !known) return
    const forward = isRtl ? 'ArrowLeft' : 'ArrowRight'
    const backward = isRtl ? 'ArrowRight' : 'ArrowLeft'
    const to =
      event.key === forward
        ? known.next
        : event.key === backward
          ? known.back
          : event.key === 'ArrowUp'
            ? known.above
            : event.key === 'ArrowDown'
              ? known.below
              : event.key === 'Home'
                ? (items[0]?.id ?? null)
                : event.key === 'End'
                  ? (items.at(-1)?.id ?? null)
                  : undefined
    if (to === undefined) {
      if (event.key !== 'Enter') return
      event.preventDefault()
      onChoose(known.id)
      return
    }
    event.preventDefault()
    if (to !== null) onMove(to)
  }
  return (
    <div
      className="trace-picture"
      role="listbox"
      tabIndex={0}
      aria-label={label}
      aria-activedescendant={known ? `${base}-${known.id}` : undefined}
      onKeyDown={press}
      onFocus={() => known && active === null && onMove(known.id)}
    >
      <div className="hidden-text">
        {items.map(({ id, text, isSelected }) => (
          <div role="option" id={`${base}-${id}`} key={id} aria-selected={isSelected} tabIndex={-1}>
            {text}
          </div>
        ))}
      </div>
      {children}
    </div>
  )
}
