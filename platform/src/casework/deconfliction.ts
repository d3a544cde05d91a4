/**
 * Who else here is after the same asset, and whether what is wanted of it fits together. Pure: what may be seen of the
 * others has been decided before (deconflict.ts); what stands here of an interest may be told.
 */
import type { Event } from '../kernel/index.ts'
import { type Asset, assetRef } from './assets.ts'
import { freezing, keeping, type Measure, parting, recovering } from './vocabulary.ts'

/** A request or an order, by what it wants of which assets. */
export type Interest = {
  readonly kind: 'request' | 'order'
  readonly id: string
  readonly caseId: string
  readonly measure: Measure
  readonly assets: readonly Asset[]
}

export type Finding = {
  readonly code: string
  readonly message: string
  /** The others of the finding; empty where they may not be named. */
  readonly with: readonly { readonly kind: string; readonly id: string }[]
}

/** What was found, and, where people were told, that they were: an entry of the node, which no case may read. */
export type Deconflicted = { readonly findings: readonly Finding[]; readonly events: readonly Event[] }

/** What there is to say of one interest beside others that may be seen. The order of `others` does not matter. */
export function conflictsOf(mine: Interest, others: readonly Interest[]): readonly Finding[] {
  const findings: Finding[] = []
  const refs = [...new Set(mine.assets.map(assetRef))].sort()
  for (const ref of refs) {
    const same = others
      .filter((other) => other.assets.some((asset) => assetRef(asset) === ref))
      .sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
    if (same.length === 0) continue
    const put = (code: string, message: string, about: readonly Interest[]) => {
      if (about.length > 0) findings.push({ code, message, with: about.map(({ kind, id }) => ({ kind, id })) })
    }
    put('DECONFLICT_SAME_ASSET', `Other requests or orders stand on ${ref}.`, same)
    put(
      'DECONFLICT_DUPLICATE',
      `The case asks for ${mine.measure} twice on ${ref}.`,
      same.filter(({ caseId, measure }) => caseId === mine.caseId && measure === mine.measure),
    )
    put(
      'DECONFLICT_TWO_FREEZES',
      `Two cases freeze or hold the same asset: ${ref}.`,
      same.filter(
        ({ caseId, measure }) =>
          caseId !== mine.caseId && freezing.includes(measure) && freezing.includes(mine.measure),
      ),
    )
    put(
      'DECONFLICT_OPPOSED',
      `One keeps what the other gives away or deletes: ${ref}.`,
      same.filter((other) => areOpposed(mine, other)),
    )
    findings.push(...overRecoveries(ref, mine, same))
  }
  return findings
}

/** Freezing first and giving back then is the way of one case; between cases it is a conflict. Deleting always is. */
function areOpposed(mine: Interest, other: Interest): boolean {
  const opposed = (a: Measure, b: Measure) =>
    keeping.includes(a) && (mine.caseId === other.caseId ? b === 'DELETE' : parting.includes(b))
  return opposed(mine.measure, other.measure) || opposed(other.measure, mine.measure)
}

/**
 * Together the authorities take no more than there is (Reg. 2018/1805 art. 16(2)). Of one case the largest amount counts,
 * since its confiscation follows its freeze.
 */
function overRecoveries(ref: string, mine: Interest, same: readonly Interest[]): Finding[] {
  if (!recovering.includes(mine.measure)) return []
  const all = [mine, ...same].filter(({ measure }) => recovering.includes(measure))
  const findings: Finding[] = []
  const names = new Set(mine.assets.filter((asset) => assetRef(asset) === ref).map(({ asset }) => asset))
  for (const name of [...names].sort()) {
    const entries = all.flatMap((interest) =>
      interest.assets
        .filter((asset) => assetRef(asset) === ref && asset.asset === name)
        .map((asset) => ({ interest, amount: asset.amount, value: asset.value })),
    )
    const values = entries.flatMap(({ value }) => (value === null ? [] : [BigInt(value)]))
    if (values.length === 0) continue
    const value = values.reduce((least, one) => (one < least ? one : least))
    const amountByCase = new Map<string, bigint>()
    for (const { interest, amount } of entries) {
      if (amount === null) continue
      const before = amountByCase.get(interest.caseId) ?? 0n
      amountByCase.set(interest.caseId, BigInt(amount) > before ? BigInt(amount) : before)
    }
    const wanted = [...amountByCase.values()].reduce((sum, amount) => sum + amount, 0n)
    if (wanted <= value) continue
    const about = same.filter((other) => entries.some(({ interest, amount }) => interest === other && amount !== null))
    findings.push({
      code: 'DECONFLICT_OVER_RECOVERY',
      message: `Together ${wanted} base units are asked of ${ref}, which holds ${value}.`,
      with: about.map(({ kind, id }) => ({ kind, id })),
    })
  }
  return findings
}

/** All that may be said of others who may not be named: that there is somebody. Not who, not how many, not what for. */
export function unnamedInterest(ref: string): Finding {
  return {
    code: 'DECONFLICT_INTEREST',
    message: `Another unit has an interest in ${ref}. Its lead and yours have a task to get in touch through the node.`,
    with: [],
  }
}
