import { ById } from './by-id.tsx'

export function Screen() {
  return <ById heading="access.approve-erasure.title" to="/approve-erasure" />
}
