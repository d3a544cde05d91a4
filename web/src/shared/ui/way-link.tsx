/** A link by its whole address, with what is searched for after the question mark: the router takes the two apart. */
import { defaultParseSearch, Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

export function WayLink({
  to,
  className,
  kind,
  isHere = false,
  children,
}: {
  readonly to: string
  readonly className?: string
  readonly kind?: 'first' | 'second' | 'quiet'
  /** It leads to where its reader is. */
  readonly isHere?: boolean
  readonly children: ReactNode
}) {
  const [path = '/', query = ''] = to.split('?')
  return (
    <Link
      to={path}
      search={defaultParseSearch(query === '' ? '' : `?${query}`) as never}
      className={className}
      data-kind={kind}
      aria-current={isHere ? 'page' : undefined}
    >
      {children}
    </Link>
  )
}
