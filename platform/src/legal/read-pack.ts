/** The gate of packs: text becomes a pack of a known kind, or the list of what is wrong with it, by path. */
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import type { Json, Refusal } from '../kernel/index.ts'
import { type LegalPack, type PackKind, packSchemas } from './pack.ts'
import { type PackText, readPackYaml } from './pack-yaml.ts'

/** One file as found; `name` is how people know it. */
export type PackFile = { readonly name: string; readonly text: string }

/** `pack` is null where the file is none; `defects` then says why, each with its place and what to do. */
export type ReadPack = {
  readonly file: string
  readonly pack: LegalPack | null
  readonly defects: readonly Refusal[]
  /** The place of a path in the file, for defects that are found later. */
  placeOf(path: readonly (string | number)[]): string
}

export function readPack({ name, text }: PackFile): ReadPack {
  const read = readPackYaml(name, text)
  if (!read.ok) return { file: name, pack: null, defects: [read.refusal], placeOf: () => name }
  const placeOf = (path: readonly (string | number)[]) => placeIn(name, read.value, path)
  const kind = kindOf(read.value.value)
  if (kind === null) {
    const defect: Refusal = {
      code: 'PACK_MALFORMED',
      message: `${name} does not say what kind of pack it is.`,
      place: placeOf(['kind']),
      fix: `Write kind: one of ${Object.keys(packSchemas).join(', ')}.`,
    }
    return { file: name, pack: null, defects: [defect], placeOf }
  }
  const validate = validatorOf(kind)
  if (validate(read.value.value))
    return { file: name, pack: read.value.value as unknown as LegalPack, defects: [], placeOf }
  const errors = (validate.errors ?? []).filter((error, index, all) => !isEcho(error, all, index))
  return { file: name, pack: null, defects: errors.map((error) => defectOf(error, placeOf)), placeOf }
}

/** `deadlines[3].article`, as people write it. */
export function pathText(path: readonly (string | number)[]): string {
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`)).join('')
}

const validators = new Map<PackKind, ValidateFunction>()

function validatorOf(kind: PackKind): ValidateFunction {
  const known = validators.get(kind)
  if (known) return known
  const validate = new Ajv2020({ strict: false, allErrors: true }).compile(packSchemas[kind])
  validators.set(kind, validate)
  return validate
}

function kindOf(value: Json): PackKind | null {
  const kind = typeof value === 'object' && value !== null && 'kind' in value ? value.kind : null
  return typeof kind === 'string' && Object.hasOwn(packSchemas, kind) ? (kind as PackKind) : null
}

function placeIn(name: string, text: PackText, path: readonly (string | number)[]): string {
  return `${name}: line ${text.lineOf(path)}${path.length === 0 ? '' : `, ${pathText(path)}`}`
}

/** `anyOf` repeats at its own level what its branches have said of the same value. */
function isEcho(error: ErrorObject, all: readonly ErrorObject[], index: number): boolean {
  return (
    error.keyword === 'anyOf' &&
    all.some((other, at) => at !== index && other.instancePath.startsWith(error.instancePath))
  )
}

const citations = ['article', 'verified', 'source', 'authority']

function defectOf(error: ErrorObject, placeOf: ReadPack['placeOf']): Refusal {
  const path = stepsOf(error.instancePath)
  if (error.keyword === 'required') {
    const missing = String(error.params.missingProperty)
    const at = placeOf([...path, missing])
    return citations.includes(missing)
      ? {
          code: 'PACK_CITATION_MISSING',
          message: `A rule does not say its ${missing}.`,
          place: at,
          fix: 'Cite the article, and mark it verified, secondary or unverified.',
        }
      : { code: 'PACK_MALFORMED', message: `The field ${missing} is missing.`, place: at, fix: `Add ${missing}.` }
  }
  if (error.keyword === 'additionalProperties') {
    const extra = String(error.params.additionalProperty)
    return {
      code: 'PACK_MALFORMED',
      message: `The field ${extra} is not known here.`,
      place: placeOf([...path, extra]),
      fix: 'Take it out, or correct its name; see docs/spec/packs.',
    }
  }
  const allowed = error.keyword === 'enum' ? ` (${(error.params.allowedValues as readonly string[]).join(', ')})` : ''
  return {
    code: 'PACK_MALFORMED',
    message: `The value ${error.message ?? 'is wrong'}${allowed}.`,
    place: placeOf(path),
    fix: 'See docs/spec/packs for the form of the field.',
  }
}

/** A JSON pointer (RFC 6901) as steps. */
function stepsOf(pointer: string): (string | number)[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((step) => (/^[0-9]+$/.test(step) ? Number(step) : step))
}
