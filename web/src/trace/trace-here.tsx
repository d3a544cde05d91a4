/**
 * Tracing in the ledger beside the node: from an address to what it received, from there by a rule to where it went, and the record into
 * the case.
 */
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { AssetAmount, ChainName, useChains } from '../shared/chains/use-chains.tsx'
import { useSay, useSpeech } from '../shared/language/speak.tsx'
import { ask, type ResultOf, useAct } from '../shared/node/node.tsx'
import { Phrase } from '../shared/phrases/use-phrases.tsx'
import { type Column, DataTable } from '../shared/ui/data-table.tsx'
import { Checkbox, Select, TextArea, TextField } from '../shared/ui/fields.tsx'
import { Button, Empty, Note, Sheet, Trouble, Waiting } from '../shared/ui/parts.tsx'
import { Instant, instantText, MachineValue, Words } from '../shared/ui/values.tsx'
import { useTraceWords } from './view/words.tsx'

type Held = ResultOf<'ledgerRead'>
type Facts = ResultOf<'ledgerAddress'>
type Movement = Facts['movements'][number]

export function TraceHere({ caseId, held }: { readonly caseId: string; readonly held: Held }) {
  const { say, locale } = useSpeech()
  const words = useTraceWords(null)
  const navigate = useNavigate()
  const chains = useChains()
  const field = useId()
  const keep = useAct('traceKeep')
  const [chain, setChain] = useState(held.chains[0]?.chain ?? '')
  const [rule, setRule] = useState('fifo')
  const [from, setFrom] = useState('')
  const [isBackward, setBackward] = useState(false)
  const [stops, setStops] = useState(true)
  const [isBeforeMixing, setBeforeMixing] = useState(false)
  const [hops, setHops] = useState('')
  const [wrong, setWrong] = useState<string>()
  const one = held.chains.find((each) => each.chain === chain)
  const rules = held.rules[one?.family ?? 'utxo']
  const chosen = rules.includes(rule) ? rule : (rules[0] ?? '')
  const places = [...new Set(from.split('\n').map((line) => line.trim()))].filter((place) => place !== '')
  const trace = useMutation({
    mutationFn: async () => {
      const how = {
        stopAtTags: stops,
        ...(one?.family === 'utxo' ? { backward: isBackward, stopAtCoinJoin: isBeforeMixing } : {}),
        ...(hops === '' ? {} : { maxHops: Number(hops) }),
      }
      const { record } = await ask('ledgerTrace', { caseId, chain, rule: chosen, from: places, ...how })
      return keep.mutateAsync({ caseId, record })
    },
    onSuccess: ({ id }) => navigate({ to: `/cases/${caseId}/traces/${id}` }),
  })
  if (one === undefined)
    return (
      <Sheet title={say('trace.here.title')}>
        <Empty title={say('trace.here.empty')}>
          <p>{say('trace.here.empty-text')}</p>
        </Empty>
      </Sheet>
    )
  const tip = ({ chain: id, tip: last }: Held['chains'][number]) => {
    const name = chains?.chainOf(id)?.name ?? id
    if (last === null || last.time === null) return name
    const when = instantText(new Date(last.time * 1000), 'UTC', locale)
    return say('trace.here.tip', { name, height: String(last.height), when })
  }
  return (
    <Sheet title={say('trace.here.title')}>
      <p>{say('trace.here.text')}</p>
      <div className="stack">
        <Select
          id={`${field}-chain`}
          label={say('trace.here.chain')}
          value={chain}
          onChange={({ target }) => {
            setChain(target.value)
            setFrom('')
          }}
        >
          {held.chains.map((each) => (
            <option key={each.chain} value={each.chain}>
              {tip(each)}
            </option>
          ))}
        </Select>
        <FromAddress
          key={chain}
          caseId={caseId}
          chain={chain}
          taken={places}
          onTake={(place, isTaken) =>
            setFrom((isTaken ? [...places, place] : places.filter((other) => other !== place)).join('\n'))
          }
          isOfOutputs={one.family === 'utxo'}
        />
        <form
          onSubmit={(event) => {
            event.preventDefault()
            setWrong(places.length === 0 ? say('trace.here.from-missing') : undefined)
            if (places.length > 0) trace.mutate()
          }}
        >
          <TextArea
            id={`${field}-from`}
            label={say('trace.here.from')}
            hint={say(one.family === 'utxo' ? 'trace.here.from-outputs' : 'trace.here.from-accounts')}
            wrong={wrong}
            rows={3}
            dir="ltr"
            spellCheck={false}
            className="machine"
            value={from}
            onChange={({ target }) => setFrom(target.value)}
          />
          <Select
            id={`${field}-rule`}
            label={say('trace.here.rule')}
            value={chosen}
            onChange={({ target }) => setRule(target.value)}
          >
            {rules.map((id) => (
              <option key={id} value={id}>
                {words.rule(id)}
              </option>
            ))}
          </Select>
          <Checkbox
            label={say('trace.here.stop')}
            checked={stops}
            onChange={({ target }) => setStops(target.checked)}
          />
          {one.family === 'utxo' && (
            <>
              <Checkbox
                label={say('trace.here.coinjoin')}
                checked={isBeforeMixing}
                onChange={({ target }) => setBeforeMixing(target.checked)}
              />
              <Checkbox
                label={say('trace.here.backward')}
                checked={isBackward}
                onChange={({ target }) => setBackward(target.checked)}
              />
            </>
          )}
          <TextField
            id={`${field}-hops`}
            label={say('trace.here.hops')}
            hint={say('trace.here.hops-hint')}
            type="number"
            min={1}
            step={1}
            value={hops}
            onChange={({ target }) => setHops(target.value)}
          />
          <Trouble error={trace.error} />
          {trace.isPending && <Waiting what={say('trace.here.tracing')} />}
          <Button type="submit" isBusy={trace.isPending}>
            {say('trace.here.do')}
          </Button>
        </form>
      </div>
    </Sheet>
  )
}

/** What the ledger has of an address: of outputs, what it received, to be traced from; of accounts, the address itself. */
function FromAddress({
  caseId,
  chain,
  isOfOutputs,
  taken,
  onTake,
}: {
  readonly caseId: string
  readonly chain: string
  readonly isOfOutputs: boolean
  readonly taken: readonly string[]
  readonly onTake: (place: string, isTaken: boolean) => void
}) {
  const say = useSay()
  const field = useId()
  const [address, setAddress] = useState('')
  const look = useMutation({ mutationFn: () => ask('ledgerAddress', { caseId, chain, address: address.trim() }) })
  const facts = look.data
  const columns: readonly Column<Movement>[] = [
    {
      id: 'take',
      head: say('trace.here.start'),
      cell: (one) => (
        <Checkbox
          label={
            <span className="hidden-text">{say('trace.here.take', { place: `\u2066${placeOf(one)}\u2069` })}</span>
          }
          checked={taken.includes(placeOf(one))}
          onChange={({ target }) => onTake(placeOf(one), target.checked)}
        />
      ),
    },
    {
      id: 'time',
      head: say('trace.here.when'),
      by: ({ height }) => height,
      cell: ({ time, height }) => (time === null ? String(height) : <Instant at={time * 1000} />),
    },
    {
      id: 'amount',
      head: say('trace.here.amount'),
      align: 'end',
      cell: ({ amount, asset }) => <AssetAmount base={amount} asset={asset} />,
    },
    { id: 'place', head: say('trace.here.output'), cell: (one) => <MachineValue value={placeOf(one)} short /> },
  ]
  const received = facts?.movements.filter(({ direction }) => direction === 'in') ?? []
  return (
    <>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (address.trim() !== '') look.mutate()
        }}
      >
        <TextField
          id={`${field}-address`}
          label={say('trace.here.address')}
          dir="ltr"
          spellCheck={false}
          autoComplete="off"
          value={address}
          onChange={({ target }) => setAddress(target.value)}
        />
        <Button type="submit" kind="second" isBusy={look.isPending}>
          {say('trace.here.look-up')}
        </Button>
      </form>
      <Trouble error={look.error} />
      {facts && (
        <>
          <p>
            <MachineValue value={facts.address} /> · <ChainName id={facts.chain} />
            {facts.balances.map(({ asset, amount }) => (
              <span key={asset}>
                {' · '}
                <AssetAmount base={amount} asset={asset} />
              </span>
            ))}
            {facts.tags.map(({ label, source }) => (
              <span key={`${label} ${source}`}>
                {' · '}
                <Words>{label}</Words>
              </span>
            ))}
          </p>
          {!facts.whole && <Note kind="warn">{say('trace.here.not-whole')}</Note>}
          {isOfOutputs ? (
            received.length === 0 ? (
              <p>{say('trace.here.nothing')}</p>
            ) : (
              <DataTable caption={say('trace.here.received')} columns={columns} rows={received} keyOf={placeOf} />
            )
          ) : (
            <Button kind="second" onPress={() => onTake(facts.address, true)}>
              {say('trace.here.from-this')}
            </Button>
          )}
          {facts.isCut && <Note kind="warn">{say('trace.here.cut')}</Note>}
          <Indicators facts={facts} />
        </>
      )}
    </>
  )
}

const placeOf = ({ txid, place }: Movement) => `${txid}:${place}`

/** Which red flag indicators the movements show; side by side, never a score. */
function Indicators({ facts: { indicators } }: { readonly facts: Facts }) {
  const say = useSay()
  const { fired, notFired, notChecked } = indicators
  return (
    <details className="more">
      <summary>{say('trace.here.indicators', { fired: fired.length })}</summary>
      <p className="small">{say('trace.here.indicators-text')}</p>
      <ul className="list">
        {fired.map(({ id, page, text, says, questions }) => (
          <li key={id}>
            <strong>
              <Phrase topic="law" text={text} />
            </strong>{' '}
            <span className="small soft">
              {page === null ? 'FATF 2020' : say('trace.here.page', { page: String(page) })}
            </span>
            <p>
              <Phrase topic="tracing" text={says} />
            </p>
            <ul className="small">
              {questions.map(({ question, answer }) => (
                <li key={question}>
                  <Phrase topic="tracing" text={question} /> {say(`trace.here.answer.${answerId(answer)}`)}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
      <p className="small">
        {say('trace.here.indicators-rest', { notFired: notFired.length, notChecked: notChecked.length })}
      </p>
    </details>
  )
}

function answerId(answer: string): 'yes' | 'no' | 'not-checked' {
  return answer === 'yes' || answer === 'no' ? answer : 'not-checked'
}
