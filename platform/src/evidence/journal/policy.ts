/**
 * Whom one trusts (C2SP tlog-policy): the journals, the witnesses, and how many of the witnesses must have cosigned.
 *
 * Read here: keys of type 1 for logs and 4 for witnesses, text in UTF-8. A key of another type is refused and not passed
 * over, so that nobody believes in a quorum that cannot come about.
 */
import { bytesToHex, bytesToText, catchRefusal, ok, type Result, refuse, stop } from '../../kernel/index.ts'
import { type Checkpoint, cosignedAt, parseCheckpoint } from './checkpoint.ts'
import { isSignedBy, type KeyType, type NoteKey, parseVkey, type SignatureCheck } from './note.ts'

export type Member =
  | { readonly kind: 'witness'; readonly name: string; readonly key: NoteKey }
  | { readonly kind: 'group'; readonly name: string; readonly needed: number; readonly members: readonly Member[] }

export type WitnessPolicy = {
  readonly logs: readonly NoteKey[]
  readonly witnesses: readonly NoteKey[]
  /** Null for `quorum none`: no cosignature is needed. */
  readonly quorum: Member | null
}

const MAX_POLICY_BYTES = 1 << 20

export function parsePolicy(bytes: Uint8Array): Result<WitnessPolicy> {
  if (bytes.length > MAX_POLICY_BYTES)
    return refuse('POLICY_MALFORMED', 'The policy is larger than a mebibyte.', { fix: 'Use a smaller one.' })
  const text = bytesToText(bytes)
  if (!text.ok) return text
  return catchRefusal(() => {
    const lines = new PolicyLines()
    const all = text.value.split('\n')
    all.forEach((line, at) => {
      lines.read(line, at + 1)
    })
    return lines.policy(all.length)
  })
}

/** Holds what the lines read so far have defined. */
class PolicyLines {
  private readonly logs: NoteKey[] = []
  private readonly witnesses: NoteKey[] = []
  private readonly named = new Map<string, Member>()
  private readonly inGroup = new Set<string>()
  private quorum: Member | null | undefined

  read(line: string, number: number): void {
    const no = (what: string): never =>
      stop('POLICY_MALFORMED', `Line ${number} of the policy: ${what}.`, {
        place: `line ${number}`,
        fix: 'Correct the line.',
      })
    if (/(?!\t)\p{Cc}/u.test(line)) no('it holds a control character')
    const [word, ...items] = line.split(/[ \t]+/).filter((item) => item !== '')
    if (word === undefined || word.startsWith('#')) return
    if (word === 'log') this.log(items, no)
    else if (word === 'witness') this.witness(items, no)
    else if (word === 'group') this.group(items, no)
    else if (word === 'quorum') this.setQuorum(items, no)
    else no(`${word} is not log, witness, group or quorum`)
  }

  policy(lines: number): WitnessPolicy {
    if (this.quorum === undefined)
      return stop('POLICY_MALFORMED', 'The policy names no quorum.', {
        place: `line ${lines}`,
        fix: 'Add a line such as: quorum none',
      })
    return { logs: this.logs, witnesses: this.witnesses, quorum: this.quorum }
  }

  private log(items: readonly string[], no: No): void {
    if (items.length < 1 || items.length > 2) no('it should be: log KEY [URL]')
    this.logs.push(newKey(items[0] ?? '', 1, this.logs, no))
  }

  private witness(items: readonly string[], no: No): void {
    const [name = '', vkey = ''] = items
    if (items.length < 2 || items.length > 3) no('it should be: witness NAME KEY [URL]')
    const key = newKey(vkey, 4, this.witnesses, no)
    this.witnesses.push(key)
    this.define({ kind: 'witness', name, key }, no)
  }

  private group(items: readonly string[], no: No): void {
    const [name = '', threshold = '', ...members] = items
    if (members.length === 0) no('it should be: group NAME all|any|K MEMBER…')
    const needed = threshold === 'all' ? members.length : threshold === 'any' ? 1 : Number(threshold)
    if (threshold !== 'all' && threshold !== 'any' && !/^[1-9][0-9]{0,8}$/.test(threshold))
      no(`${threshold} is no threshold`)
    if (needed > members.length) no(`${needed} of ${members.length} members cannot be had`)
    const found = members.map((member) => {
      const one = this.named.get(member)
      if (one === undefined) return no(`${member} is not defined above`)
      // tlog-policy: each name is a member once at most, so that a witness counts in one way only.
      if (this.inGroup.has(member)) return no(`${member} is a member already`)
      this.inGroup.add(member)
      return one
    })
    this.define({ kind: 'group', name, needed, members: found }, no)
  }

  private setQuorum(items: readonly string[], no: No): void {
    const [name = ''] = items
    if (items.length !== 1) no('it should be: quorum NAME')
    if (this.quorum !== undefined) no('a quorum is named twice')
    this.quorum = name === 'none' ? null : (this.named.get(name) ?? no(`${name} is not defined above`))
  }

  private define(member: Member, no: No): void {
    if (member.name === 'none' || this.named.has(member.name)) no(`the name ${member.name} is taken`)
    this.named.set(member.name, member)
  }
}

type No = (what: string) => never

/** Refused where the key material stands in the list already, under whatever name: it would count twice. */
function newKey(vkey: string, type: KeyType, known: readonly NoteKey[], no: No): NoteKey {
  const key = parseVkey(vkey)
  if (!key.ok) return no(key.refusal.message.replace(/\.$/, ''))
  if (key.value.type !== type) return no(`a key of type ${type} belongs here, not of type ${key.value.type}`)
  const material = bytesToHex(key.value.publicKey)
  if (known.some(({ publicKey }) => bytesToHex(publicKey) === material)) return no('this key stands above already')
  return key.value
}

export type Witnessed = {
  readonly checkpoint: Checkpoint
  /** The journal's key that signed. */
  readonly log: NoteKey
  /** Witnesses that cosigned, with the time in seconds. */
  readonly cosigned: readonly { readonly name: string; readonly seconds: bigint }[]
}

/** A checkpoint that one of the policy's journals signed and its quorum cosigned; refused otherwise. */
export function openWitnessed(bytes: Uint8Array, policy: WitnessPolicy, check: SignatureCheck): Result<Witnessed> {
  const parsed = parseCheckpoint(bytes)
  if (!parsed.ok) return parsed
  const { note, origin } = parsed.value
  let log: NoteKey | undefined
  for (const key of policy.logs) {
    const signed = isSignedBy(note, key, check)
    if (!signed.ok) return signed
    if (signed.value && key.name === origin) log = key
  }
  if (log === undefined)
    return refuse('CHECKPOINT_UNSIGNED', `No journal of the policy has signed this checkpoint of ${origin}.`, {
      fix: 'Check that the policy lists the journal.',
    })
  const cosigned: { name: string; seconds: bigint }[] = []
  const by = new Set<NoteKey>()
  for (const key of policy.witnesses) {
    const seconds = cosignedAt(note, key, check)
    if (!seconds.ok) return seconds
    if (seconds.value === null) continue
    by.add(key)
    cosigned.push({ name: key.name, seconds: seconds.value })
  }
  if (policy.quorum !== null && !hasWitnessed(policy.quorum, by))
    return refuse(
      'QUORUM_UNMET',
      `The checkpoint lacks cosignatures: ${cosigned.length} of ${policy.witnesses.length} witnesses, which is not the quorum ${policy.quorum.name}.`,
      { fix: 'Wait for the witnesses and fetch the checkpoint again.' },
    )
  return ok({ checkpoint: parsed.value, log, cosigned })
}

function hasWitnessed(member: Member, by: ReadonlySet<NoteKey>): boolean {
  if (member.kind === 'witness') return by.has(member.key)
  return member.members.filter((one) => hasWitnessed(one, by)).length >= member.needed
}
