/** Who answers for what leaves the house: the policies let these roles export a case (policies/roles.cedar). */
import { useSay } from '../shared/language/speak.tsx'
import { useRead } from '../shared/node/node.tsx'
import { mayEver } from '../shared/node/roles-by-right.ts'
import { Note } from '../shared/ui/parts.tsx'

/** Undefined as long as nobody is known. */
export function useMayExport(): boolean | undefined {
  const role = useRead('sessionRead', {}).data?.session?.role
  return role === undefined ? undefined : mayEver('exportCase', role)
}

export function WhoExports() {
  const say = useSay()
  return (
    <Note>
      <p>{say('evidence.who-exports')}</p>
    </Note>
  )
}
