/**
 * What the node knows already is not asked again: the first content of a request from its case, its agency and what was answered
 * before the form, and the fields of the form that say the same as the request itself. Pure.
 */

import { type NativeAssets, nativeOf } from '../shared/native-assets.ts'
import type { InputOf } from '../shared/node/node.tsx'
import { amountText } from '../shared/ui/values.tsx'
import type { FormData, FormField, Value } from './form-paths.ts'

export type Content = InputOf<'requestDraft'>['content']

export type Known = {
  readonly agency: { readonly name: string; readonly country: string; readonly kind: string }
  readonly person: string
  readonly reference: string | null
  readonly to: string
  readonly language: string
}

/** The fields of the form that can be filled from what is known; nothing that was written is changed. */
export function prefilled(fields: readonly FormField[], content: Content, known: Known): FormData {
  const { agency, person, reference, to, language } = known
  const issuer = (name: string, value: Value | null): [string, Value | null][] => [
    [`issuer.${name}`, value],
    [`authority.${name}`, value],
  ]
  const wanted: readonly [string, Value | null][] = [
    ['issuingState', agency.country],
    ['executingState', to],
    ...issuer('type', AUTHORITY[agency.kind] ?? 'AUTHORITY_OTHER'),
    ...issuer('name', agency.name),
    ...issuer('contact', person),
    ...issuer('fileNumber', reference),
    ...issuer('languages', language),
    ['order.covers', COVERS[content.measure] ?? null],
  ]
  const found = wanted.flatMap(([path, value]): [string, Value][] => {
    const field = fields.find((one) => one.path === path)
    if (!field || value === null) return []
    if (field.codes !== null && !field.codes.some(({ code }) => code === value)) return []
    return [[path, value]]
  })
  return { ...Object.fromEntries(found), ...content.data }
}

const AUTHORITY: Readonly<Record<string, string>> = { prosecutor: 'AUTHORITY_PROSECUTOR', court: 'AUTHORITY_COURT' }
const COVERS: Readonly<Record<string, string>> = {
  ...{ FREEZE_SPECIFIC: 'SPECIFIC_ITEM', CONFISCATE_SPECIFIC: 'SPECIFIC_ITEM' },
  ...{ FREEZE_VALUE: 'EQUIVALENT_VALUE', CONFISCATE_VALUE: 'EQUIVALENT_VALUE' },
}

/** Fields that say what the request says elsewhere: they follow it, and are not asked for. */
export function mirrored(fields: readonly FormField[], content: Content, assets: NativeAssets): FormData {
  const has = (path: string) => fields.find((one) => one.path === path)
  const all: [string, Value | null][] = [['facts', content.facts]]
  const urgency = has('urgency.code')
  if (urgency?.codes?.some(({ code }) => code === content.urgency?.code)) {
    all.push(['urgency.code', content.urgency?.code ?? null], ['urgency.reasons', content.urgency?.ground ?? null])
  }
  for (const [index, one] of content.assets.entries()) {
    const { chain, address, asset, amount } = one
    all.push(
      [`assets[${index}].network`, assets[chain]?.name ?? chain],
      [`assets[${index}].asset`, nativeOf(assets, one)?.symbol ?? asset],
      [`assets[${index}].amount`, amount],
      [`assets[${index}].address`, address],
    )
  }
  return Object.fromEntries(
    all.filter((one): one is [string, Value] => one[1] !== null && has(one[0].replace(/\[\d+\]/, '[]')) !== undefined),
  )
}

/** Whether a field follows the request: its value is taken from there and shown so. */
export function isMirrored(path: string): boolean {
  return path === 'facts' || path.startsWith('urgency.') || /^assets\[\d*\]\.(network|asset|amount|address)$/.test(path)
}

/** Data of the form with what follows the request; what had followed it and no longer does goes. */
export function withMirrored(fields: readonly FormField[], content: Content, assets: NativeAssets): Content {
  const paths = new Set(fields.map(({ path }) => path))
  const own = Object.entries(content.data).filter(
    ([path]) => !isMirrored(path) || !paths.has(path.replace(/\[\d+\]/, '[]')),
  )
  return { ...content, data: { ...Object.fromEntries(own), ...mirrored(fields, content, assets) } }
}

/** Descriptions of property, where the form asks for them: each follows its asset as long as nobody has written another. */
export function withItems(fields: readonly FormField[], before: Content, next: Content, assets: NativeAssets): Content {
  if (!fields.some(({ path }) => path === 'items[].description')) return next
  const data: Record<string, Value> = { ...next.data }
  const count = Math.max(before.assets.length, next.assets.length)
  for (let index = 0; index < count; index++) {
    const path = `items[${index}].description`
    const [old, asset] = [before.assets[index], next.assets[index]]
    const isFree = data[path] === undefined || data[path] === '' || (old && data[path] === assetLine(old, assets))
    if (!isFree) continue
    if (asset && asset.address !== '') data[path] = assetLine(asset, assets)
    else delete data[path]
  }
  return { ...next, data }
}

function assetLine(one: Content['assets'][number], assets: NativeAssets): string {
  const { chain, address, asset, amount } = one
  const native = nativeOf(assets, one)
  const much = native && amount !== null ? `${amountText(amount, native.decimals)} ${native.symbol}` : amount
  // The thin spaces of the screen are none of a letter.
  return [much?.replaceAll('\u202f', '') ?? null, native ? null : asset, assets[chain]?.name ?? chain, address]
    .filter((part) => part !== null)
    .join(', ')
}
