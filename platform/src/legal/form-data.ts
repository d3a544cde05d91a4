/** The fields of a form, each under its path, as one value: what the rules of the room `legal` read. */
import { type Static, Type } from '@sinclair/typebox'
import { type Json, ok, type Result, refuse } from '../kernel/index.ts'

export const FormData = Type.Record(
  Type.String({ pattern: '^[a-z][A-Za-z0-9]*(\\[[0-9]{1,3}\\])?(\\.[a-z][A-Za-z0-9]*(\\[[0-9]{1,3}\\])?){0,8}$' }),
  Type.Union([Type.String({ maxLength: 20_000 }), Type.Boolean(), Type.Integer()]),
  {
    maxProperties: 2000,
    additionalProperties: false,
    description: 'The fields of the form of the instrument, each under its path, as persons[0].natural.surname.',
  },
)
export type FormData = Static<typeof FormData>

type Step = string | number
type Branch = Map<Step, Branch | string | number | boolean>

/** `{'a[1].b': 1}` becomes `{a: [null, {b: 1}]}`. Paths that contradict each other are refused, never repaired. */
export function formToData(fields: FormData): Result<Json> {
  const root: Branch = new Map()
  for (const path of Object.keys(fields)) {
    const steps = stepsOf(path)
    const last = steps.pop() as Step
    let place: Branch = root
    for (const step of steps) {
      const next = place.get(step) ?? new Map()
      if (!(next instanceof Map) || mixes(place, step)) return clash(path)
      place.set(step, next)
      place = next
    }
    if (place.has(last) || mixes(place, last)) return clash(path)
    place.set(last, fields[path] as string | number | boolean)
  }
  return ok(branchToJson(root))
}

function stepsOf(path: string): Step[] {
  return [...path.matchAll(/([A-Za-z0-9]+)|\[(\d+)\]/g)].map(([, name, index]) => name ?? Number(index))
}

/** A list has numbers only, an object has names only. */
function mixes(place: Branch, step: Step): boolean {
  const [first] = place.keys()
  return first !== undefined && typeof first !== typeof step
}

function branchToJson(branch: Branch): Json {
  const [first] = branch.keys()
  const plain = (value: Branch | string | number | boolean): Json =>
    value instanceof Map ? branchToJson(value) : value
  if (typeof first === 'number') {
    const length = Math.max(...([...branch.keys()] as number[])) + 1
    return Array.from({ length }, (_, at) => {
      const value = branch.get(at)
      return value === undefined ? null : plain(value)
    })
  }
  return Object.fromEntries([...branch].map(([name, value]) => [name, plain(value)]))
}

function clash(path: string) {
  return refuse('FORM_PATH_CLASH', `The field ${path} contradicts another field of the form.`, {
    place: `/content/data/${path}`,
    fix: 'A path is a value, a list or an object; let it be one of them.',
  })
}
