/** What kinds of records are called where they go out of a case or come into it; the code of a kind that has no name yet. */
import { useSpeech } from '../shared/language/speak.tsx'

export function useKindName(): (kind: string) => string {
  const { say, knows } = useSpeech()
  return (kind) => {
    const id = `handout.kind.${kind}`
    return knows(id) ? say(id) : kind
  }
}
