/**
 * What a trace rests on and may be wrong: a link between chains, a tag. Taking one back is one record of the node, and every trace that
 * rests on it says so, in whatever case.
 */
import { ActDialog } from '../../cases/act-dialog.tsx'
import type { TraceReadResult } from '../../shared/api.ts'
import { ChainName } from '../../shared/chains/use-chains.tsx'
import { useSay, useSpeech } from '../../shared/language/speak.tsx'
import { useAct, useRead } from '../../shared/node/node.tsx'
import { PersonName } from '../../shared/node/people.tsx'
import { Fact, Facts, Note } from '../../shared/ui/parts.tsx'
import { Instant, MachineValue, Words } from '../../shared/ui/values.tsx'
import type { LinkHere } from '../model/crossings-at.ts'

/** policies/roles.cedar: case-officers-open-cases. */
const officers = ['investigator', 'analyst', 'prosecutor', 'liaison-officer', 'compliance-officer', 'training']

function useMayDoubt(): boolean {
  const session = useRead('sessionRead', {}).data?.session
  return officers.includes(session?.role ?? '')
}

type Rejected = TraceReadResult['rejectedLinks'][number]

export function LinksHere({
  links,
  rejected,
}: {
  readonly links: readonly LinkHere[]
  readonly rejected: readonly Rejected[]
}) {
  const say = useSay()
  if (links.length === 0) return null
  return (
    <>
      <h3>{say('trace.links')}</h3>
      {links.map((link) => (
        <OneLink key={link.id} link={link} rejections={rejected.filter((one) => one.link === link.id)} />
      ))}
    </>
  )
}

function OneLink({ link, rejections }: { readonly link: LinkHere; readonly rejections: readonly Rejected[] }) {
  const { say, knows } = useSpeech()
  const may = useMayDoubt()
  const reject = useAct('linkReject')
  const readmit = useAct('linkReadmit')
  const tier = `trace.by.${link.tier}`
  const isRejected = rejections.length > 0
  const act = isRejected ? readmit : reject
  return (
    <div className="trace-link">
      <Facts>
        <Fact name={say('trace.link.bridge')}>
          <Words>{link.bridge}</Words>
        </Fact>
        <Fact name={say('trace.link.chains')}>
          <ChainName id={link.from} /> – <ChainName id={link.to} />
        </Fact>
        <Fact name={say('trace.fact.tier')}>{knows(tier) ? say(tier) : link.tier}</Fact>
        <Fact name={say('trace.link.id')}>
          <MachineValue value={link.id} short copy />
        </Fact>
      </Facts>
      {rejections.map(({ reason, by, at }) => (
        <Note kind="warn" key={at}>
          <p>
            <strong>{say('trace.link.rejected')}</strong>
          </p>
          <p>
            <Words>{reason}</Words> (<PersonName id={by} />, <Instant at={at} />)
          </p>
        </Note>
      ))}
      {may && (
        <ActDialog
          title={say(isRejected ? 'trace.link.readmit' : 'trace.link.reject')}
          isDanger={!isRejected}
          effects={
            isRejected
              ? [say('trace.link.readmit-effect'), say('trace.link.readmit-stays')]
              : [say('trace.link.reject-effect'), say('trace.link.reject-told'), say('trace.link.reject-record')]
          }
          reasonLabel={say('trace.doubt.reason')}
          isBusy={act.isPending}
          error={act.error}
          onAct={(reason, done) => act.mutate({ link: link.id, reason }, { onSuccess: done })}
        />
      )}
    </div>
  )
}

export type TagHere = {
  readonly chain: string
  readonly address: string
  readonly label: string
  readonly source: string
}

/** By what the record says of it; that is enough to find every trace that rests on it. */
export function RetractTag({ tag }: { readonly tag: TagHere }) {
  const say = useSay()
  const may = useMayDoubt()
  const retract = useAct('tagRetract')
  if (!may) return null
  return (
    <ActDialog
      title={say('trace.tag.retract')}
      isDanger
      effects={[say('trace.tag.retract-effect'), say('trace.tag.retract-told')]}
      reasonLabel={say('trace.doubt.reason')}
      isBusy={retract.isPending}
      error={retract.error}
      onAct={(reason, done) => retract.mutate({ tag, reason }, { onSuccess: done })}
    >
      <Facts>
        <Fact name={say('trace.tag.label')}>
          <Words>{tag.label}</Words>
        </Fact>
        <Fact name={say('trace.fact.source')}>
          <Words>{tag.source}</Words>
        </Fact>
        <Fact name={say('trace.fact.name')}>
          <MachineValue value={tag.address} />
        </Fact>
      </Facts>
    </ActDialog>
  )
}
