/** What is wrong with a field, in the language of the user; in the node's own words where it is of no kind that is known here. */
import type { Say } from '../shared/language/speak.tsx'
import { type FormField, plainPath } from './form-paths.ts'

type Problem = { readonly code: string; readonly path: string; readonly message: string; readonly fix: string }

export function problemText({ code, path, message, fix }: Problem, fields: readonly FormField[], say: Say): string {
  const pattern = plainPath(path).replaceAll(/\[\d+\]/g, '[]')
  const field = fields.find((one) => one.path === pattern)
  const number = Number(/\[(\d+)\]/.exec(path)?.[1] ?? 0) + 1
  const label = !field ? null : number > 1 ? say('request.label-numbered', { label: field.label, number }) : field.label
  switch (code) {
    case 'FIELD_MISSING':
      if (label !== null) return say('request.missing', { label })
      break
    case 'FIELD_MALFORMED':
      if (label !== null) return say('request.malformed', { label })
      break
    case 'REQUEST_RECIPIENT':
      return say('request.no-recipient')
    case 'REQUEST_URGENCY':
      return say('request.urgency-unknown')
  }
  return `${message} ${fix}`
}
