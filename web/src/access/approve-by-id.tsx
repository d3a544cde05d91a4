import { ById } from './by-id.tsx'

export function Screen() {
  return <ById title="access.approve.title" to="/approve" />
}
