/** Paste anything: addresses and transactions in it are found, with their chains, and what the case has already. */
import { useMemo, useState } from 'react'
import { useChains } from '../shared/chains/use-chains.tsx'
import { useSay } from '../shared/language/speak.tsx'
import { useAll } from '../shared/node/node.tsx'
import { Phrase } from '../shared/phrases/use-phrases.tsx'
import { useDraft } from '../shared/ui/draft.ts'
import { Checkbox, Select, TextArea } from '../shared/ui/fields.tsx'
import { Button, Note, Sheet, Status } from '../shared/ui/parts.tsx'
import { MachineValue, Words } from '../shared/ui/values.tsx'
import { type Found, type FoundAddress, findInText } from './find-in-text.ts'
import { KeptNote } from './kept-note.tsx'
import { type Adding, useKeep } from './use-keep.ts'

const NOTHING: Found = { addresses: [], transactions: [], wrong: [], secrets: 0 }

export function TextIntake({ caseId }: { readonly caseId: string }) {
  const say = useSay()
  const chains = useChains()
  const wallets = useAll('walletList', { caseId })
  const draft = useDraft(`${caseId}.intake`, '')
  const [left, setLeft] = useState<readonly string[]>([])
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>({})
  const [keepsText, setKeepsText] = useState(true)
  const { kept, keep, error, isBusy } = useKeep(caseId)
  const text = draft.value
  const found = useMemo(() => (chains ? findInText(text, chains.readAnyAddress) : NOTHING), [text, chains])
  const known = new Set((wallets.data?.items ?? []).map(({ content }) => content.address.toLowerCase()))
  const isKnown = ({ address }: FoundAddress) => known.has(address.toLowerCase())
  const wanted = found.addresses.filter((one) => !isKnown(one) && !left.includes(one.address))
  const transactions = found.transactions.filter((one) => !left.includes(one))
  // A text with a secret key in it is not kept as it is.
  const note = keepsText && found.secrets === 0 && text.trim() !== ''
  const count = wanted.length + transactions.length + (note ? 1 : 0)
  const toggle = (one: string, isIn: boolean) => setLeft(isIn ? left.filter((other) => other !== one) : [...left, one])

  const send = async () => {
    const adding: Adding[] = [
      ...wanted.map(({ address, chains: of }) => ({
        method: 'walletAdd' as const,
        name: address,
        content: { chain: chosen[address] ?? of[0]?.id, address, custody: 'unknown' },
      })),
      ...transactions.map((txid) => ({
        ...{ method: 'noteAdd' as const, name: txid },
        content: { text: say('intake.transaction-note', { txid }) },
      })),
      ...(note ? [{ method: 'noteAdd' as const, name: say('intake.the-text'), content: { text } }] : []),
    ]
    if (await keep(adding)) draft.forget()
  }

  return (
    <Sheet title={say('intake.paste')}>
      {draft.isRestored && <Note>{say('cases.restored')}</Note>}
      <TextArea
        label={say('intake.paste-label')}
        hint={say('intake.paste-hint')}
        rows={8}
        value={text}
        onChange={(event) => draft.set(event.target.value)}
      />
      {found.secrets > 0 && <Note kind="bad">{say('intake.secrets', { count: found.secrets })}</Note>}
      <div aria-live="polite">
        {text.trim() !== '' && (
          <p>
            <strong>
              {say('intake.found', { addresses: found.addresses.length, transactions: found.transactions.length })}
            </strong>
          </p>
        )}
      </div>
      {found.addresses.length > 0 && (
        <ul className="found">
          {found.addresses.map((one) => (
            <FoundItem
              key={one.address}
              one={one}
              isKnown={isKnown(one)}
              isWanted={!left.includes(one.address)}
              chain={chosen[one.address] ?? one.chains[0]?.id ?? ''}
              onWanted={(isIn) => toggle(one.address, isIn)}
              onChain={(chain) => setChosen({ ...chosen, [one.address]: chain })}
            />
          ))}
        </ul>
      )}
      {found.transactions.length > 0 && (
        <ul className="found">
          {found.transactions.map((txid) => (
            <li key={txid}>
              <Checkbox
                label={
                  <>
                    {say('intake.transaction')} <MachineValue value={txid} short />
                  </>
                }
                checked={!left.includes(txid)}
                onChange={(event) => toggle(txid, event.target.checked)}
              />
            </li>
          ))}
        </ul>
      )}
      {found.wrong.length > 0 && (
        <Note kind="warn">
          <p>{say('intake.wrong', { count: found.wrong.length })}</p>
          <ul>
            {found.wrong.map(({ text: one, why }) => (
              <li key={one}>
                <MachineValue value={one} /> <Words>{why}</Words>
              </li>
            ))}
          </ul>
        </Note>
      )}
      {text.trim() !== '' && found.secrets === 0 && (
        <Checkbox
          label={say('intake.keep-text')}
          checked={keepsText}
          onChange={(event) => setKeepsText(event.target.checked)}
        />
      )}
      <KeptNote kept={kept} error={error} />
      <Button isBusy={isBusy} isDisabled={count === 0} onPress={() => void send()}>
        {say('intake.keep', { count })}
      </Button>
    </Sheet>
  )
}

function FoundItem({
  one: { address, chains, notice, times },
  isKnown,
  isWanted,
  chain,
  onWanted,
  onChain,
}: {
  readonly one: FoundAddress
  readonly isKnown: boolean
  readonly isWanted: boolean
  readonly chain: string
  readonly onWanted: (isIn: boolean) => void
  readonly onChain: (chain: string) => void
}) {
  const say = useSay()
  return (
    <li>
      {isKnown ? (
        <p className="row">
          <MachineValue value={address} /> <Status kind="done">{say('intake.known')}</Status>
        </p>
      ) : (
        <Checkbox
          label={<MachineValue value={address} />}
          checked={isWanted}
          onChange={(event) => onWanted(event.target.checked)}
        />
      )}
      <div className="found-more">
        {chains.length > 1 && !isKnown ? (
          <Select
            label={say('intake.which-chain', { address: `${address.slice(0, 8)}…` })}
            value={chain}
            onChange={(event) => onChain(event.target.value)}
          >
            {chains.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        ) : (
          <span className="soft">{chains[0]?.name}</span>
        )}
        {times > 1 && <span className="soft small">{say('intake.times', { count: times })}</span>}
        {notice !== null && (
          <span className="small">
            <Phrase topic="tracing" text={notice} />
          </span>
        )}
      </div>
    </li>
  )
}
