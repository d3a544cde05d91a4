/** Who holds an exhibit, or is to have it. */
import { useSay } from '../shared/language/speak.tsx'
import { PersonName } from '../shared/node/people.tsx'

/** A person by name; somebody outside by the record of the case. */
export function Holder({ holder }: { readonly holder: string }) {
  const say = useSay()
  const [kind, id = ''] = holder.split('/')
  return kind === 'person' ? <PersonName id={id} /> : say('exhibit.outside')
}
