/** Identity payloads as the standard spells them: members in its order, nothing that is empty, one text for one payload. */
import { Kind, type TArray, type TObject, type TSchema } from '@sinclair/typebox'
import { catchRefusal, type Json, type Result, stop } from '../../../kernel/index.ts'
import { misfit } from '../../wire/index.ts'
import { defectsOf } from './constraints.ts'
import { IdentityPayload } from './payload.ts'
import { checkPersons } from './read-payload.ts'

/** Refused where a reader would find a defect. `asOf`: the day on which it is written. */
export function writeIdentityPayload(payload: IdentityPayload, asOf: string): Result<string> {
  return catchRefusal(() => {
    const wrong = misfit(IdentityPayload, payload)
    if (wrong)
      stop('GATEWAY_IVMS_FORM', `The identity payload would be malformed: it ${wrong.what}.`, {
        place: wrong.place,
        fix: 'Say it as IVMS101 has it; what is too long is never cut.',
      })
    checkPersons(payload)
    const [defect] = defectsOf(payload, asOf)
    if (defect)
      stop(defect.code, defect.message, { ...(defect.place ? { place: defect.place } : {}), fix: 'Complete it.' })
    return `${JSON.stringify(inOrder(payload as Json, IdentityPayload), null, 1)}\n`
  })
}

function inOrder(json: Json, schema: TSchema): Json {
  if (schema[Kind] === 'Array') return (json as readonly Json[]).map((one) => inOrder(one, (schema as TArray).items))
  if (schema[Kind] !== 'Object') return json
  const fields = json as { readonly [key: string]: Json | undefined }
  return Object.fromEntries(
    Object.entries((schema as TObject).properties).flatMap(([key, field]) => {
      const value = fields[key]
      return value === undefined ? [] : [[key, inOrder(value, field)]]
    }),
  )
}
