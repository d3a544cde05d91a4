/** In which format of others a file is, by what it says of itself. Whether it is right is for the node, which reads it whole. Pure. */
import type { InputOf } from '../shared/node/node.tsx'

export type Format = InputOf<'intakePreview'>['format']
export const formats = ['stix', 'misp', 'case', 'followthemoney', 'package'] as const satisfies readonly Format[]

/** As much as the node reads at once (platform/src/workflows/take-in/intake.ts). */
export const MOST_INTAKE_BYTES = 8 * 1024 * 1024

type Members = Readonly<Record<string, unknown>>

export function formatInFile(text: string): Format | null {
  const whole = parsed(text)
  if (whole === null) return isEntity(parsed(text.slice(0, text.indexOf('\n')))) ? 'followthemoney' : null
  if (whole.format === 'comity-evidence-package/1') return 'package'
  if (whole.type === 'bundle' && typeof whole.id === 'string' && whole.id.startsWith('bundle--')) return 'stix'
  if ('Event' in whole || 'response' in whole) return 'misp'
  if ('@context' in whole || '@graph' in whole) return 'case'
  return isEntity(whole) ? 'followthemoney' : null
}

/** For a file that is not here: its name often says it. */
export function formatByName(name: string): Format | null {
  const lower = name.toLowerCase()
  if (lower.endsWith('.jsonld')) return 'case'
  if (/\.(ftm\.json|ijson|ftm)$/.test(lower)) return 'followthemoney'
  return formats.find((one) => lower.includes(one)) ?? null
}

function isEntity(value: Members | null): boolean {
  return typeof value?.schema === 'string' && typeof value.properties === 'object'
}

function parsed(text: string): Members | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : null
  } catch {
    return null
  }
}
