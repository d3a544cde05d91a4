/** What is wrong with a form: told at its top and at each field, and nothing is sent as long as there is anything. */
import { useState } from 'react'
import { useSay } from '../shared/language/speak.tsx'

export type Wrong = { readonly id: string; readonly text: string }

export function useChecked() {
  const say = useSay()
  const [errors, setErrors] = useState<readonly Wrong[]>([])
  return {
    errors,
    wrongOf: (id: string) => errors.find((one) => one.id === id)?.text,
    /** Fields that must say something: each with its id, its label and what is in it; `more` is wrong otherwise. */
    isRight: (
      filled: readonly (readonly [id: string, label: string, value: string])[],
      more: readonly Wrong[] = [],
    ) => {
      const found = [
        ...filled
          .filter(([, , value]) => value.trim() === '')
          .map(([id, field]) => ({ id, text: say('cases.missing', { field }) })),
        ...more,
      ]
      setErrors(found)
      return found.length === 0
    },
  }
}
