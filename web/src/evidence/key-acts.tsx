/**
 * Acts on keys: that the agency can sign, and that coins moved. Whoever holds the exhibit proposes the act; it is on record only once the
 * witness who was present has read it and confirmed it, signed in as themselves.
 */
import { Link } from '@tanstack/react-router'
import { type FormEvent, useId, useState } from 'react'
import { ChainChoice } from '../cases/record-fields.tsx'
import { useChecked } from '../joint/use-checked.ts'
import { ChainName, useChains } from '../shared/chains/use-chains.tsx'
import { useSay } from '../shared/language/speak.tsx'
import { type InputOf, type ResultOf, useAct, useRead } from '../shared/node/node.tsx'
import { PersonName, usePeople } from '../shared/node/people.tsx'
import { ErrorSummary, Select, TextArea, TextField } from '../shared/ui/fields.tsx'
import { AskDialog, Button, Fact, Facts, FormEnd, Note, Sheet, Trouble } from '../shared/ui/parts.tsx'
import { Amount, Instant, MachineValue, ownZone, Words } from '../shared/ui/values.tsx'
import type { ReadExhibit } from './exhibits.ts'

const KEY_ACTS = ['control-key', 'move-coins'] as const
type KeyAct = (typeof KEY_ACTS)[number]
type Waiting = ResultOf<'keyControlList'>[number]

/** What can be proposed of this exhibit now. Coins move only after it was shown that the agency can sign. */
export function KeyActs({ exhibit, caseId }: { readonly exhibit: ReadExhibit; readonly caseId: string }) {
  const say = useSay()
  const [open, setOpen] = useState<KeyAct | null>(null)
  const { possible, controlled } = exhibit.custody
  const acts = KEY_ACTS.filter((one) => possible.includes(one) && (one === 'control-key' || controlled))
  if (acts.length === 0) return null
  return (
    <>
      <div className="row key-acts">
        {acts.map((one) => (
          <Button key={one} kind="second" onPress={() => setOpen(one)}>
            {say(`custody.do.${one}`)}
          </Button>
        ))}
      </div>
      {open !== null && (
        <AskDialog title={say(`custody.do.${open}`)} isOpen onClose={() => setOpen(null)}>
          <Propose act={open} exhibitId={exhibit.id} caseId={caseId} onDone={() => setOpen(null)} />
        </AskDialog>
      )}
    </>
  )
}

const EMPTY = { authority: '', place: '', method: '', witness: '', remarks: '' }
const NO_COINS = { chain: '', txid: '', from: '', to: '', amount: '', height: '', confirmations: '' }

function Propose({
  act,
  exhibitId,
  caseId,
  onDone,
}: {
  readonly act: KeyAct
  readonly exhibitId: string
  readonly caseId: string
  readonly onDone: () => void
}) {
  const say = useSay()
  const form = useId()
  const id = (name: string) => `${form}-${name}`
  const propose = useAct('keyControlPropose')
  const chains = useChains()
  const people = usePeople()
  const me = useRead('sessionRead', {}).data?.session?.personId
  const members = useRead('caseRead', { caseId }).data?.case.access.members.filter((one) => one !== me) ?? []
  const { errors, wrongOf, isRight } = useChecked()
  const [said, setSaid] = useState(EMPTY)
  const [coins, setCoins] = useState(NO_COINS)
  const isMove = act === 'move-coins'
  const put = (name: keyof typeof EMPTY) => (event: { readonly target: { readonly value: string } }) =>
    setSaid({ ...said, [name]: event.target.value })
  const field = (name: keyof typeof EMPTY) => ({
    ...{ id: id(name), value: said[name], wrong: wrongOf(id(name)), onChange: put(name) },
  })
  const coin = (name: keyof typeof NO_COINS) => ({
    ...{ id: id(name), label: say(`key-act.${name}`), value: coins[name], wrong: wrongOf(id(name)) },
    ...{ dir: 'ltr' as const, spellCheck: false },
    onChange: (event: { readonly target: { readonly value: string } }) =>
      setCoins({ ...coins, [name]: event.target.value }),
  })

  const send = (event: FormEvent) => {
    event.preventDefault()
    const asset = chains?.chainOf(coins.chain)?.asset
    const read = asset ? chains?.toBaseUnits(coins.amount, asset.decimals) : undefined
    const base = read && 'base' in read ? read.base : null
    const isCount = (text: string) => /^\d{1,9}$/.test(text)
    const wrong = isMove
      ? [
          ...(asset && coins.amount !== '' && base === null
            ? [{ id: id('amount'), text: say('key-act.amount-wrong') }]
            : []),
          ...(coins.height === '' || isCount(coins.height)
            ? []
            : [{ id: id('height'), text: say('key-act.number-wrong', { field: say('key-act.height') }) }]),
          ...(coins.confirmations === '' || isCount(coins.confirmations)
            ? []
            : [
                { id: id('confirmations'), text: say('key-act.number-wrong', { field: say('key-act.confirmations') }) },
              ]),
        ]
      : []
    const names = ['chain', 'txid', 'from', 'to', 'amount', 'confirmations'] as const
    const filled = [
      [id('authority'), say('custody.authority'), said.authority],
      [id('place'), say('custody.place'), said.place],
      [id('method'), say('custody.method'), said.method],
      [id('witness'), say('custody.witness'), said.witness],
      ...(isMove ? names.map((name) => [id(name), say(`key-act.${name}`), coins[name]] as const) : []),
    ] as const
    if (!isRight(filled, wrong)) return
    const { remarks, ...rest } = said
    const input = {
      ...{ caseId, exhibitId, act, ...rest },
      ...(remarks.trim() === '' ? {} : { remarks }),
      ...(isMove
        ? {
            chainTx: {
              ...{ network: coins.chain, txid: coins.txid.trim(), from: linesOf(coins.from), to: linesOf(coins.to) },
              ...{ amountBaseUnits: base, blockHeight: coins.height === '' ? null : Number(coins.height) },
              confirmations: Number(coins.confirmations),
            },
          }
        : {}),
    }
    propose.mutate(input as unknown as InputOf<'keyControlPropose'>, { onSuccess: onDone })
  }

  return (
    <form noValidate onSubmit={send}>
      <Note>
        <ul>
          <li>{say(`key-act.effect.${act}`)}</li>
          <li>{say('key-act.effect.witness')}</li>
          <li>{say('key-act.effect.day')}</li>
        </ul>
      </Note>
      <ErrorSummary errors={errors} />
      <TextField {...field('authority')} label={say('custody.authority')} hint={say('custody.authority-hint')} />
      <TextField {...field('place')} label={say('custody.place')} />
      <TextArea
        {...field('method')}
        label={say('custody.method')}
        hint={say(`key-act.method.${act}`)}
        rows={2}
        maxLength={2000}
      />
      {isMove && (
        <>
          <ChainChoice
            common={{
              ...{ id: id('chain'), label: say('key-act.chain'), hint: undefined, value: coins.chain },
              wrong: wrongOf(id('chain')),
            }}
            onChange={({ target }) => setCoins({ ...coins, chain: target.value })}
          />
          <TextField {...coin('txid')} />
          <TextArea {...coin('from')} hint={say('key-act.lines')} rows={2} />
          <TextArea {...coin('to')} hint={say('key-act.lines')} rows={2} />
          <TextField {...coin('amount')} hint={say('key-act.amount-hint')} inputMode="decimal" />
          <div className="fields-2">
            <TextField {...coin('height')} hint={say('key-act.height-hint')} inputMode="numeric" />
            <TextField {...coin('confirmations')} inputMode="numeric" />
          </div>
        </>
      )}
      <Select
        {...field('witness')}
        label={say('custody.witness')}
        hint={say(members.length === 0 ? 'key-act.nobody' : 'key-act.witness-hint')}
      >
        <option value="">{say('custody.choose')}</option>
        {members.map((one) => (
          <option key={one} value={one}>
            {people.of(one)?.name ?? one}
          </option>
        ))}
      </Select>
      <TextArea
        {...field('remarks')}
        label={say('cases.optional', { label: say('key-act.remarks') })}
        rows={2}
        maxLength={4000}
      />
      <FormEnd act={propose} does={say('key-act.propose')} onCancel={onDone} />
    </form>
  )
}

const linesOf = (text: string) => text.split(/\s+/).filter((line) => line !== '')

/** What waits for a witness: of one exhibit, or of the whole case. Nothing where nothing waits. */
export function WaitingKeyActs({ caseId, exhibitId }: { readonly caseId: string; readonly exhibitId?: string }) {
  const say = useSay()
  const all = useRead('keyControlList', { caseId }).data ?? []
  const waiting = exhibitId === undefined ? all : all.filter((one) => one.exhibitId === exhibitId)
  if (waiting.length === 0) return null
  return (
    <Sheet title={say('key-act.waiting')}>
      {waiting.map((one) => (
        <OneWaiting key={one.proposalId} caseId={caseId} waiting={one} hasLink={exhibitId === undefined} />
      ))}
    </Sheet>
  )
}

function OneWaiting({
  caseId,
  waiting,
  hasLink,
}: {
  readonly caseId: string
  readonly waiting: Waiting
  readonly hasLink: boolean
}) {
  const say = useSay()
  const me = useRead('sessionRead', {}).data?.session?.personId
  const confirm = useAct('keyControlConfirm')
  const [isOpen, setOpen] = useState(false)
  const { proposalId, exhibitId, act, proposedBy, proposedAt, witness } = waiting
  return (
    <article className="record">
      <h3>{say(`custody.do.${act}`)}</h3>
      <WaitingFacts waiting={waiting} />
      <p className="small soft">
        <PersonName id={proposedBy} role /> · <Instant at={proposedAt} zone={ownZone()} />
      </p>
      {hasLink && (
        <p>
          <Link to={`/cases/${caseId}/evidence/${exhibitId}` as never}>{say('key-act.to-exhibit')}</Link>
        </p>
      )}
      {witness !== me ? (
        <p>
          {say('key-act.waits-for')} <PersonName id={witness} role />
        </p>
      ) : (
        <>
          <Button onPress={() => setOpen(true)}>{say('key-act.confirm')}</Button>
          <AskDialog title={say('key-act.confirm')} isOpen={isOpen} onClose={() => setOpen(false)}>
            <Note kind="warn">
              <ul>
                <li>{say('key-act.confirm-present')}</li>
                <li>{say('key-act.confirm-record')}</li>
              </ul>
            </Note>
            <WaitingFacts waiting={waiting} />
            <Trouble error={confirm.error} />
            <div className="row">
              <Button
                isBusy={confirm.isPending}
                onPress={() => confirm.mutate({ caseId, proposalId }, { onSuccess: () => setOpen(false) })}
              >
                {say('key-act.confirm')}
              </Button>
              <Button kind="second" onPress={() => setOpen(false)}>
                {say('dialog.cancel')}
              </Button>
            </div>
          </AskDialog>
        </>
      )}
    </article>
  )
}

function WaitingFacts({ waiting }: { readonly waiting: Waiting }) {
  const say = useSay()
  const chains = useChains()
  const { authority, place, method, began, ended, remarks, condition, chainTx } = waiting
  const asset = chainTx === null ? undefined : chains?.chainOf(chainTx.network)?.asset
  const words = [
    ['custody.authority', authority],
    ['custody.place', place],
    ['custody.method', method],
    ['key-act.remarks', remarks],
    ['key-act.condition', condition],
  ] as const
  return (
    <Facts>
      {words.map(
        ([name, value]) =>
          value !== null && (
            <Fact key={name} name={say(name)}>
              <Words>{value}</Words>
            </Fact>
          ),
      )}
      <Fact name={say('key-act.when')}>
        <Instant at={began} zone={ownZone()} />
        {ended !== began && (
          <>
            {' – '}
            <Instant at={ended} zone={ownZone()} />
          </>
        )}
      </Fact>
      {chainTx !== null && (
        <>
          <Fact name={say('key-act.amount')}>
            {asset ? (
              <Amount base={chainTx.amountBaseUnits} decimals={asset.decimals} symbol={asset.symbol} />
            ) : (
              <MachineValue value={chainTx.amountBaseUnits} />
            )}{' '}
            <ChainName id={chainTx.network} />
          </Fact>
          <Fact name={say('key-act.txid')}>
            <MachineValue value={chainTx.txid} copy />
          </Fact>
          <Fact name={say('key-act.from')}>
            <Addresses of={chainTx.from} />
          </Fact>
          <Fact name={say('key-act.to')}>
            <Addresses of={chainTx.to} />
          </Fact>
          <Fact name={say('key-act.confirmations')}>
            <MachineValue value={String(chainTx.confirmations)} />
          </Fact>
        </>
      )}
    </Facts>
  )
}

function Addresses({ of }: { readonly of: readonly string[] }) {
  return (
    <ul className="list">
      {of.map((one) => (
        <li key={one}>
          <MachineValue value={one} />
        </li>
      ))}
    </ul>
  )
}
