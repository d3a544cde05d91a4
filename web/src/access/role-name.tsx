import { useSpeech } from '../shared/language/speak.tsx'

/** A role in words; its code where there are none. */
export function RoleName({ role }: { readonly role: string }) {
  const { say, knows } = useSpeech()
  const id = `role.${role}`
  return <>{knows(id) ? say(id) : role}</>
}
