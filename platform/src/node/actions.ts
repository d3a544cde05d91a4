/** Every action of the node, from every room: what the door runs, and what all documents of the node are written from. */
import type { Action } from '../kernel/index.ts'
import { authActions } from './auth/actions.ts'

export function allActions(): readonly Action[] {
  return [...authActions] as unknown as readonly Action[]
}
