/** Proposing a joint case: its terms, and who is invited as what. It stays a draft until two others have approved it and somebody sends it. */
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useMembers } from '../inbox/names.tsx'
import { hashOf } from '../intake/upload.ts'
import { useSay } from '../shared/language/speak.tsx'
import { type InputOf, useAct, useRead } from '../shared/node/node.tsx'
import { useDraft } from '../shared/ui/draft.ts'
import { Checkbox, ErrorSummary, Select, TextArea, TextField } from '../shared/ui/fields.tsx'
import { Button, Note, PageHead, Sheet, Trouble } from '../shared/ui/parts.tsx'
import { MachineValue, Words } from '../shared/ui/values.tsx'
import { NOBODY, type Party, PartyFields, useInvitable, useToFill } from './party-form.tsx'
import { useChecked } from './use-checked.ts'
import '../cases/cases.css'
import './joint.css'

type Terms = InputOf<'jointPropose'>['terms']
type Kind = Terms['shares'][number]

/** A task without its answer would be of no use: they are chosen together. */
const SHARES = ['document', 'trace', 'holding', 'request', 'task', 'meeting'] as const
const WORDS = ['purpose', 'dataRules', 'evidenceUse', 'legalBasis'] as const

type Proposal = Pick<Terms, 'kind' | 'title' | 'from' | 'until' | (typeof WORDS)[number]> & {
  readonly shares: readonly (typeof SHARES)[number][]
  readonly agreement: string
  readonly role: string
  readonly ownPurpose: string
  readonly parties: readonly Party[]
}

const today = () => new Date().toISOString().slice(0, 10)
const first = (): Proposal => ({
  ...{ kind: 'task-force', title: '', purpose: '', from: today(), until: '', shares: SHARES, agreement: '' },
  ...{ dataRules: '', evidenceUse: '', legalBasis: '', role: '', ownPurpose: '', parties: [NOBODY] },
})

export function Screen() {
  const say = useSay()
  const { caseId = '' } = useParams({ strict: false }) as { caseId?: string }
  const home = useRead('caseRead', { caseId })
  return (
    <>
      <PageHead
        title={say('joint.new')}
        kicker={
          <Link to={`/cases/${caseId}/joint` as string}>
            <Words>{home.data?.case.title ?? say('cases.case')}</Words>
          </Link>
        }
      />
      <ProposalForm key={caseId} caseId={caseId} />
    </>
  )
}

function ProposalForm({ caseId }: { readonly caseId: string }) {
  const say = useSay()
  const navigate = useNavigate()
  const propose = useAct('jointPropose')
  const [empty] = useState(first)
  const { value, set, isRestored, forget } = useDraft<Proposal>(`joint.${caseId}`, empty)
  const { errors, wrongOf, isRight } = useChecked()
  const toFill = useToFill()
  const put = (change: Partial<Proposal>) => set({ ...value, ...change })
  const send = () => {
    const { title, from, until, role, ownPurpose, parties, shares } = value
    const filled = [
      ['joint-title', say('joint.field.title'), title],
      ...WORDS.map((name) => [`joint-${name}`, say(`joint.field.${name}`), value[name]] as const),
      ['joint-from', say('joint.field.from'), from],
      ['joint-until', say('joint.field.until'), until],
      ['joint-shares', say('joint.field.shares'), shares.join('')],
      ['joint-role', say('joint.own-role'), role],
      ['joint-own-purpose', say('joint.own-purpose'), ownPurpose],
      ...parties.flatMap((party, at) => toFill(`party-${at}`, party)),
    ] as const
    if (!isRight(filled, until !== '' && until < from ? [{ id: 'joint-until', text: say('joint.until-before') }] : []))
      return
    propose.mutate(
      { caseId, terms: termsOf(value), own: { role, purpose: ownPurpose }, parties },
      {
        onSuccess: ({ id }) => {
          forget()
          void navigate({ to: `/joint/${id}` as string })
        },
      },
    )
  }
  const text = (name: 'title' | 'from' | 'until') => (
    <TextField
      id={`joint-${name}`}
      label={say(`joint.field.${name}`)}
      wrong={wrongOf(`joint-${name}`)}
      type={name === 'title' ? 'text' : 'date'}
      value={value[name]}
      maxLength={name === 'title' ? 300 : undefined}
      onChange={(event) => put({ [name]: event.target.value })}
    />
  )
  const words = (name: (typeof WORDS)[number]) => (
    <TextArea
      key={name}
      id={`joint-${name}`}
      label={say(`joint.field.${name}`)}
      hint={say(`joint.field.${name}-hint`)}
      wrong={wrongOf(`joint-${name}`)}
      rows={2}
      value={value[name]}
      onChange={(event) => put({ [name]: event.target.value })}
    />
  )
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <ErrorSummary errors={errors} />
      <p>{say('joint.new-text')}</p>
      {isRestored && (
        <Note>
          <p>{say('cases.restored')}</p>
          <Button kind="quiet" onPress={forget}>
            {say('cases.restored-forget')}
          </Button>
        </Note>
      )}
      <Sheet title={say('joint.what')}>
        <Select
          label={say('joint.field.kind')}
          value={value.kind}
          onChange={(event) => put({ kind: event.target.value as Terms['kind'] })}
        >
          {(['task-force', 'jit'] as const).map((kind) => (
            <option key={kind} value={kind}>
              {say(`joint.kind.${kind}`)}
            </option>
          ))}
        </Select>
        {value.kind === 'jit' && <Agreement digest={value.agreement} onChange={(agreement) => put({ agreement })} />}
        {text('title')}
        {words('purpose')}
        <div className="fields-2">
          {text('from')}
          {text('until')}
        </div>
        <fieldset id="joint-shares" tabIndex={-1}>
          <legend>{say('joint.field.shares')}</legend>
          <p className="hint">{say('joint.field.shares-hint')}</p>
          {wrongOf('joint-shares') && <p className="wrong">{wrongOf('joint-shares')}</p>}
          {SHARES.map((kind) => (
            <Checkbox
              key={kind}
              label={say(`joint.shares.${kind}`)}
              checked={value.shares.includes(kind)}
              onChange={(event) =>
                put({
                  shares: SHARES.filter((one) => (one === kind ? event.target.checked : value.shares.includes(one))),
                })
              }
            />
          ))}
        </fieldset>
        {(['dataRules', 'evidenceUse', 'legalBasis'] as const).map(words)}
      </Sheet>
      <Sheet title={say('joint.own')}>
        <TextField
          id="joint-role"
          label={say('joint.own-role')}
          wrong={wrongOf('joint-role')}
          value={value.role}
          maxLength={200}
          onChange={(event) => put({ role: event.target.value })}
        />
        <TextField
          id="joint-own-purpose"
          label={say('joint.own-purpose')}
          wrong={wrongOf('joint-own-purpose')}
          value={value.ownPurpose}
          maxLength={1000}
          onChange={(event) => put({ ownPurpose: event.target.value })}
        />
      </Sheet>
      <Invited parties={value.parties} wrongOf={wrongOf} onChange={(parties) => put({ parties })} />
      <Note>
        <p>{say('joint.new-effect')}</p>
      </Note>
      <Trouble error={propose.error} />
      <p>
        <Button type="submit" isBusy={propose.isPending}>
          {say('joint.draft')}
        </Button>
      </p>
    </form>
  )
}

function termsOf({ role: _, ownPurpose: __, parties: ___, shares, agreement, ...terms }: Proposal): Terms {
  const kinds: Kind[] = shares.flatMap((kind): Kind[] => (kind === 'task' ? ['task', 'task-answer'] : [kind]))
  return { ...terms, shares: kinds, agreement: terms.kind === 'jit' && agreement !== '' ? agreement : null }
}

function Invited({
  parties,
  wrongOf,
  onChange,
}: {
  readonly parties: readonly Party[]
  readonly wrongOf: (id: string) => string | undefined
  readonly onChange: (parties: readonly Party[]) => void
}) {
  const say = useSay()
  const { me, read } = useMembers()
  const of = useInvitable([])
  return (
    <Sheet
      title={say('joint.invited')}
      actions={
        <Button kind="quiet" onPress={() => onChange([...parties, NOBODY])}>
          {say('joint.invite-another')}
        </Button>
      }
    >
      {read.data !== undefined && me === null && <Note kind="warn">{say('joint.no-exchange')}</Note>}
      <div className="party-rows">
        {parties.map((party, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no names of their own, and only the last is added
          <fieldset key={at}>
            <legend>{say('joint.invited-nth', { nth: at + 1 })}</legend>
            <PartyFields
              prefix={`party-${at}`}
              party={party}
              of={of.filter((id) => id === party.agency || parties.every(({ agency }) => agency !== id))}
              wrongOf={wrongOf}
              onChange={(next) => onChange(parties.map((one, place) => (place === at ? next : one)))}
            />
            {parties.length > 1 && (
              <Button
                kind="quiet"
                label={say('joint.invited-remove', { nth: at + 1 })}
                onPress={() => onChange(parties.filter((_, place) => place !== at))}
              >
                {say('cases.remove')}
              </Button>
            )}
          </fieldset>
        ))}
      </div>
    </Sheet>
  )
}

/** The agreement of a formal team is named by its digest, computed here: the file itself goes nowhere. */
function Agreement({ digest, onChange }: { readonly digest: string; readonly onChange: (digest: string) => void }) {
  const say = useSay()
  return (
    <div className="field">
      <label htmlFor="joint-agreement">{say('joint.field.agreement-file')}</label>
      <p className="hint">{say('joint.field.agreement-hint')}</p>
      <input
        id="joint-agreement"
        type="file"
        onChange={({ target }) => {
          const file = target.files?.[0]
          if (file) void hashOf(file, () => undefined).then(onChange)
        }}
      />
      {digest !== '' && (
        <p className="small">
          {say('joint.field.agreement')} <MachineValue value={digest} />
        </p>
      )}
    </div>
  )
}
