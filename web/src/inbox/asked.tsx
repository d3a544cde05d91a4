/** What a message asks: under which law, of which assets and persons, why, until when. All else it says stands below, whole. */
import { useSpeech } from '../shared/language/speak.tsx'
import { useRead } from '../shared/node/node.tsx'
import { Fact, Facts, Sheet, Status } from '../shared/ui/parts.tsx'
import { Instant, MachineValue, Words } from '../shared/ui/values.tsx'
import { askedOf, isEmptyValue, plainAddress } from './asked-of.ts'
import { type Header, isMembers, type Json } from './message-parts.ts'
import { AssetAmount, ChainName, useCodeWords } from './names.tsx'

export function AskedSheet({ header, body }: { readonly header: Header; readonly body: Json }) {
  const { say } = useSpeech()
  const words = useCodeWords()
  const asked = askedOf(body)
  return (
    <Sheet title={say('inbox.asked.title')}>
      <Facts>
        <Fact name={say('inbox.asked.law')}>
          <Law instrument={header.instrument} />
        </Fact>
        {header.urgency && (
          <Fact name={say('inbox.asked.urgent')}>
            <Status kind="warn">{words('urgency', header.urgency.code)}</Status> <Words>{header.urgency.text}</Words>
          </Fact>
        )}
        {asked.assets.length > 0 && (
          <Fact name={say('inbox.asked.assets', { count: asked.assets.length })}>
            <ul className="plain">
              {asked.assets.map(({ chain, address, account, asset, amount }) => (
                <li key={`${chain} ${address} ${account} ${asset}`}>
                  <strong>
                    {amount === null ? (
                      say('inbox.asked.all')
                    ) : (
                      <AssetAmount chain={chain} asset={asset} amount={amount} />
                    )}
                  </strong>{' '}
                  {chain !== null && <ChainName chain={chain} />}
                  {address !== null && (
                    <div>
                      <MachineValue value={address} copy />
                    </div>
                  )}
                  {account !== null && <MachineValue value={account} copy />}
                </li>
              ))}
            </ul>
          </Fact>
        )}
        {asked.identifiers.length > 0 && (
          <Fact name={say('inbox.asked.by')}>
            <ul className="plain">
              {asked.identifiers.map(({ kind, value }) => (
                <li key={value}>
                  <span className="soft">{words('kind', kind)}</span> <MachineValue value={plainAddress(value)} copy />
                </li>
              ))}
            </ul>
          </Fact>
        )}
        {asked.persons.length > 0 && (
          <Fact name={say('inbox.asked.persons')}>
            <ul className="plain">
              {asked.persons.map(({ name }, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the list of a signed message never changes
                <li key={at}>{name === null ? say('inbox.asked.nameless') : <Words>{name}</Words>}</li>
              ))}
            </ul>
          </Fact>
        )}
        {asked.until !== null && (
          <Fact name={say('inbox.asked.until')}>
            <Instant at={asked.until} />
          </Fact>
        )}
        {asked.isSilent !== null && (
          <Fact name={say('inbox.asked.customer')}>
            {say(asked.isSilent ? 'inbox.asked.silent' : 'inbox.asked.may-tell')}
          </Fact>
        )}
        {asked.offence !== null && (
          <Fact name={say('inbox.asked.offence')}>
            <Words>{asked.offence}</Words>
            {asked.provision !== null && (
              <div className="small soft">
                <Words>{asked.provision}</Words>
              </div>
            )}
          </Fact>
        )}
        {asked.facts !== null && (
          <Fact name={say('inbox.asked.facts')}>
            <div className="prose">
              <Words>{asked.facts}</Words>
            </div>
          </Fact>
        )}
        <Fact name={say('inbox.asked.reference')}>
          <MachineValue value={header.caseRef.mine} copy />
        </Fact>
        <Fact name={say('inbox.asked.marking')}>
          {words('tlp', header.marking.tlp)}
          {header.confidentiality.secret && <>, {say('inbox.asked.secret')}</>}
        </Fact>
      </Facts>
      <WholeText body={body} />
    </Sheet>
  )
}

export function Law({ instrument }: { readonly instrument: Header['instrument'] }) {
  const { say, language } = useSpeech()
  const packs = useRead('legalInstruments', { language: language.id })
  if (instrument === null) return <>{say('inbox.asked.no-law')}</>
  const pack = packs.data?.find(({ id }) => id === instrument.id)
  return (
    <>
      <Words>{pack?.title ?? instrument.id}</Words>{' '}
      <span className="soft">{say('inbox.asked.article', { article: instrument.article })}</span>
    </>
  )
}

/** Every member of the body as it was signed. Names are those of the format, which is English. */
function WholeText({ body }: { readonly body: Json }) {
  const { say } = useSpeech()
  return (
    <details className="whole">
      <summary>{say('inbox.asked.whole')}</summary>
      <div lang="en">
        <Value value={body} />
      </div>
    </details>
  )
}

function Value({ value }: { readonly value: Json }) {
  if (Array.isArray(value))
    return (
      <ol>
        {value.map((one, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list of a signed message never changes
          <li key={at}>
            <Value value={one} />
          </li>
        ))}
      </ol>
    )
  if (isMembers(value))
    return (
      <Facts>
        {Object.entries(value)
          .filter(([, one]) => !isEmptyValue(one))
          .map(([name, one]) => (
            <Fact key={name} name={memberWords(name)}>
              <Value value={one} />
            </Fact>
          ))}
      </Facts>
    )
  const text = String(value)
  return /^[-\w:./]{20,}$/.test(text) ? <MachineValue value={text} /> : <Words>{text}</Words>
}

/** `orderedAt` as "ordered at". */
export function memberWords(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}
