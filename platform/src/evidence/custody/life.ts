/**
 * The life of an exhibit as data: which act leads from which state to which. What is not listed cannot happen, neither
 * through these rules nor through SQL: the database holds the same table, and every custody event refers to a line of it.
 *
 * One act is one transition. A hand-over is two: a release by who holds the exhibit and a receipt by who gets it. Between
 * the two nothing else can happen (ACPO principle 3: a third party must be able to follow every step).
 */

export const exhibitKinds = ['file', 'device', 'key-control', 'document', 'trace-record', 'chain-data'] as const
export type ExhibitKind = (typeof exhibitKinds)[number]

export const custodyStates = ['none', 'held', 'sealed', 'released', 'released-sealed', 'returned', 'disposed'] as const
export type CustodyState = (typeof custodyStates)[number]

export const custodyActs = [
  'acquire',
  'seize-device',
  'control-key',
  'move-coins',
  'release',
  'receive',
  'withdraw',
  'seal',
  'unseal',
  'examine',
  'copy',
  'return',
  'dispose',
] as const
export type CustodyAct = (typeof custodyActs)[number]

export type Transition = {
  readonly act: CustodyAct
  readonly from: CustodyState
  readonly to: CustodyState
  /** Kinds of exhibit that know this act; all where it is not said. */
  readonly kinds?: readonly ExhibitKind[]
}

const notDevices = exhibitKinds.filter((kind) => kind !== 'device')

export const transitions: readonly Transition[] = [
  { act: 'acquire', from: 'none', to: 'held', kinds: notDevices },
  // A device is never stored without the number of its seal (SWGDE: tamper-evident storage), so its custody begins sealed.
  { act: 'seize-device', from: 'none', to: 'sealed', kinds: ['device'] },
  { act: 'seal', from: 'held', to: 'sealed' },
  { act: 'unseal', from: 'sealed', to: 'held' },
  { act: 'examine', from: 'held', to: 'held' },
  { act: 'copy', from: 'held', to: 'held' },
  { act: 'release', from: 'held', to: 'released' },
  { act: 'release', from: 'sealed', to: 'released-sealed' },
  { act: 'receive', from: 'released', to: 'held' },
  { act: 'receive', from: 'released-sealed', to: 'sealed' },
  // Who released and never let go of it takes the release back; otherwise an exhibit could be lost between two people.
  { act: 'withdraw', from: 'released', to: 'held' },
  { act: 'withdraw', from: 'released-sealed', to: 'sealed' },
  { act: 'return', from: 'held', to: 'returned' },
  { act: 'return', from: 'sealed', to: 'returned' },
  { act: 'dispose', from: 'held', to: 'disposed' },
  { act: 'dispose', from: 'sealed', to: 'disposed' },
  // Seizing a device or a seed is not custody of the coins (RUSI, Institutional Approaches to Crypto Seizure): that the
  // agency can sign is an act of its own, and that coins moved is a third, with the transaction that moved them.
  { act: 'control-key', from: 'held', to: 'held', kinds: ['key-control'] },
  { act: 'move-coins', from: 'held', to: 'held', kinds: ['key-control'] },
]

/** Where the act leads, or `null` where an exhibit of this kind in this state does not know it. */
export function stateAfter(kind: ExhibitKind, from: CustodyState, act: CustodyAct): CustodyState | null {
  const line = transitions.find(
    (one) => one.act === act && one.from === from && (one.kinds === undefined || one.kinds.includes(kind)),
  )
  return line?.to ?? null
}

/** Acts that an exhibit of this kind in this state knows, in the order of the list. */
export function possibleActs(kind: ExhibitKind, from: CustodyState): readonly CustodyAct[] {
  return custodyActs.filter((act) => stateAfter(kind, from, act) !== null)
}

/** Acts on key control that need a second person beside the actor; a hand-over has two people of itself. */
export function needsWitness(kind: ExhibitKind, act: CustodyAct): boolean {
  return kind === 'key-control' && !['release', 'receive', 'withdraw'].includes(act)
}
