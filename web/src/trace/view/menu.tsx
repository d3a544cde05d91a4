/** A button that opens a list of acts. */
import type { ReactNode } from 'react'
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'

export function ActMenu<Id extends string>({
  label,
  items,
  onAct,
  kind = 'second',
}: {
  readonly label: string
  readonly items: readonly { readonly id: Id; readonly text: ReactNode; readonly isOff?: boolean }[]
  readonly onAct: (id: Id) => void
  readonly kind?: 'second' | 'quiet'
}) {
  return (
    <MenuTrigger>
      <AriaButton className="button" data-kind={kind}>
        {label} <span aria-hidden="true">▾</span>
      </AriaButton>
      <Popover className="popover">
        <Menu
          aria-label={label}
          disabledKeys={items.filter(({ isOff }) => isOff).map(({ id }) => id)}
          onAction={(id) => onAct(id as Id)}
        >
          {items.map(({ id, text }) => (
            <MenuItem className="menu-item" id={id} key={id}>
              {text}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}
