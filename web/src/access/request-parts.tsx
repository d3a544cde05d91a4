/** A request on the screen: everything that an approval covers, in the words of whoever wrote it. */
import type { ReactNode } from 'react'
import { useSay, useSpeech } from '../shared/language/speak.tsx'
import { type NativeAsset, useNativeAssets } from '../shared/native-assets.ts'
import type { ResultOf } from '../shared/node/node.tsx'
import { PersonName } from '../shared/node/people.tsx'
import { Fact, Facts, Sheet } from '../shared/ui/parts.tsx'
import { Amount, Country, Instant, languageName, MachineValue, Words } from '../shared/ui/values.tsx'

export type RequestShown = ResultOf<'requestRead'>
type Content = RequestShown['request']['content']
type Asset = Content['assets'][number]

export function RequestParts({ shown, digest }: { readonly shown: RequestShown; readonly digest: ReactNode }) {
  const { say, locale, knows } = useSpeech()
  const { id, caseId, request } = shown
  const { content, marking, submitted, state } = request
  const { clock, languages, urgency } = content
  return (
    <>
      <Sheet title={say('access.approve.what')}>
        <Facts>
          <Fact name={say('access.approve.measure')}>
            {knows(`measure.${content.measure}`) && <>{say(`measure.${content.measure}` as never)} </>}
            <MachineValue value={content.measure} />
          </Fact>
          <Fact name={say('access.approve.instrument')}>
            <MachineValue value={content.instrument} /> <MachineValue value={content.requestType} />
          </Fact>
          <Fact name={say('access.approve.recipients')}>
            <ul className="plain">
              {content.recipients.map(({ authority, country, role, address }) => (
                <li key={`${role} ${country} ${authority}`}>
                  <Words>{authority}</Words>, <Country code={country} /> <MachineValue value={country} /> (
                  {say(`access.recipient.${role}`)} <MachineValue value={role} />)
                  {address !== undefined && (
                    <>
                      {' · '}
                      <Words>{address}</Words>
                    </>
                  )}
                </li>
              ))}
            </ul>
          </Fact>
          <Fact name={say('access.approve.urgency')}>
            {urgency ? (
              <>
                <MachineValue value={urgency.code} />
                <p className="prose">
                  <Words>{urgency.ground}</Words>
                </p>
              </>
            ) : (
              say('access.approve.not-urgent')
            )}
          </Fact>
          <Fact name={say('access.approve.conditions')}>
            {content.useConditions.length === 0 ? (
              say('access.approve.no-conditions')
            ) : (
              <ul className="plain">
                {content.useConditions.map(({ code, until, text }) => (
                  <li key={`${code} ${until} ${text}`}>
                    <MachineValue value={code} />
                    {until !== undefined && (
                      <>
                        {' · '}
                        <MachineValue value={until} />
                      </>
                    )}
                    {text !== undefined && (
                      <>
                        {' · '}
                        <Words>{text}</Words>
                      </>
                    )}
                  </li>
                ))}
              </ul>
            )}
          </Fact>
          <Fact name={say('access.approve.clock')}>
            <Country code={clock.country} /> <MachineValue value={`${clock.country}, ${clock.zone}`} />
          </Fact>
          <Fact name={say('access.approve.languages')}>
            {[languages.original, ...languages.theirs].map((tag) => languageName(tag, locale)).join(', ')}{' '}
            <MachineValue value={[languages.original, ...languages.theirs].join(', ')} />
          </Fact>
        </Facts>
      </Sheet>
      <Assets assets={content.assets} />
      <Sheet title={say('access.approve.facts')}>
        <p className="prose">
          <Words>{content.facts}</Words>
        </p>
      </Sheet>
      {content.trace && (
        <Sheet title={say('access.approve.trace')}>
          <Rows value={content.trace} />
        </Sheet>
      )}
      {Object.keys(content.data).length > 0 && (
        <Sheet title={say('access.approve.form')}>
          <Rows value={content.data} />
        </Sheet>
      )}
      <Sheet title={say('access.approve.request')}>
        <Facts>
          <Fact name={say('access.approve.request')}>
            <MachineValue value={id} />
          </Fact>
          <Fact name={say('access.case')}>
            <MachineValue value={caseId} />
          </Fact>
          <Fact name={say('access.approve.state')}>
            {knows(`request-state.${state}`) ? say(`request-state.${state}` as never) : state}
          </Fact>
          <RowsInside value={{ [say('access.approve.marking')]: marking }} />
          {submitted && (
            <Fact name={say('access.policies')}>
              <MachineValue value={submitted.policies} />
            </Fact>
          )}
          {digest}
        </Facts>
      </Sheet>
    </>
  )
}

function Assets({ assets }: { readonly assets: readonly Asset[] }) {
  const say = useSay()
  const natives = useNativeAssets()
  return (
    <Sheet title={say('access.approve.assets')}>
      {assets.length === 0 ? (
        <p>{say('access.approve.no-assets')}</p>
      ) : (
        <ul className="list">
          {assets.map((asset) => (
            <li key={JSON.stringify(asset)}>
              <AssetFacts asset={asset} native={natives[asset.chain]} />
            </li>
          ))}
        </ul>
      )}
    </Sheet>
  )
}

function AssetFacts({
  asset: { chain, address, asset, amount, value, note },
  native,
}: {
  readonly asset: Asset
  readonly native: NativeAsset | undefined
}) {
  const say = useSay()
  const known = native !== undefined && (asset === null || asset === native.caip19) ? native : null
  return (
    <>
      <p className="amount-line">
        {amount === null ? (
          say('access.approve.whole')
        ) : known ? (
          <Amount base={amount} decimals={known.decimals} symbol={known.symbol} />
        ) : (
          <MachineValue value={amount} />
        )}
      </p>
      {amount !== null && (
        <p className="small soft">
          {say('access.approve.base-units', { units: amount })}
          {known === null && <> · {say('access.approve.unknown-asset')}</>}
        </p>
      )}
      <Facts>
        <Fact name={say('access.approve.address')}>
          <MachineValue value={address} copy />
        </Fact>
        <Fact name={say('access.approve.chain')}>
          {native && <Words>{native.name}</Words>} <MachineValue value={chain} />
        </Fact>
        {asset !== null && (
          <Fact name={say('access.approve.asset')}>
            <MachineValue value={asset} />
          </Fact>
        )}
        {value !== null && (
          <Fact name={say('access.approve.value')}>{say('access.approve.base-units', { units: value })}</Fact>
        )}
        {note !== undefined && (
          <Fact name={say('access.approve.note')}>
            <Words>{note}</Words>
          </Fact>
        )}
      </Facts>
    </>
  )
}

/** Any value, each leaf with the path at which it stands. */
export function Rows({ value }: { readonly value: unknown }) {
  return (
    <Facts>
      <RowsInside value={value} />
    </Facts>
  )
}

function RowsInside({ value }: { readonly value: unknown }) {
  const say = useSay()
  return leavesOf(value, '').map(([path, leaf]) => (
    <Fact key={path} name={path}>
      {leaf === undefined ? (
        say('access.approve.empty')
      ) : typeof leaf === 'string' ? (
        <Words>{leaf}</Words>
      ) : (
        <MachineValue value={String(leaf)} />
      )}
    </Fact>
  ))
}

/** `undefined` stands for an empty list or object. */
function leavesOf(value: unknown, path: string): readonly (readonly [string, unknown])[] {
  if (value === null || typeof value !== 'object') return [[path, value]]
  const steps = Array.isArray(value)
    ? value.map((inner, at): [string, unknown] => [`${path}[${at}]`, inner])
    : Object.entries(value).map(([key, inner]): [string, unknown] => [path === '' ? key : `${path}.${key}`, inner])
  if (steps.length === 0) return [[path, undefined]]
  return steps.flatMap(([inside, inner]) => leavesOf(inner, inside))
}

export function ApprovalRows({
  request: { approvals, submitted },
  personId,
  now,
  zone,
}: {
  readonly request: RequestShown['request']
  readonly personId: string
  readonly now: number
  readonly zone: string
}) {
  const { say, knows } = useSpeech()
  if (approvals.length === 0) return <p>{say('access.approve.no-approvals')}</p>
  return (
    <ul className="list">
      {approvals.map(({ approverId, role, givenAt, expiresAt, withdrawnAt, digest }) => {
        const standing =
          withdrawnAt !== null
            ? 'withdrawn'
            : digest !== submitted?.digest
              ? 'other'
              : Date.parse(expiresAt) <= now
                ? 'lapsed'
                : 'counts'
        return (
          <li key={`${approverId} ${givenAt}`} className="row">
            <span>
              {approverId === personId ? say('access.approving.you') : <PersonName id={approverId} />} (
              {knows(`role.${role}`) ? say(`role.${role}` as never) : role})
            </span>
            <Instant at={givenAt} zone={zone} />
            <span className="status" data-kind={standing === 'counts' ? 'good' : 'warn'}>
              {say(`access.approval.${standing}`)}
            </span>
            {standing === 'counts' && (
              <span className="soft">
                {say('access.approval.until')} <Instant at={expiresAt} zone={zone} />
              </span>
            )}
          </li>
        )
      })}
    </ul>
  )
}
