/** Every version of a request, the newest first: who wrote it, when, and what it changed. */
import { useSpeech } from '../shared/language/speak.tsx'
import { type ResultOf, useRead } from '../shared/node/node.tsx'
import { PersonName } from '../shared/node/people.tsx'
import { Shown } from '../shared/ui/parts.tsx'
import { Instant, ownZone, Words } from '../shared/ui/values.tsx'
import { State } from './words.tsx'

type Version = ResultOf<'requestHistory'>[number]

export function History({ id }: { readonly id: string }) {
  const { say } = useSpeech()
  const history = useRead('requestHistory', { id })
  return (
    <Shown read={history}>
      {(versions) => (
        <ol className="list">
          {changesIn(versions)
            .toReversed()
            .map(({ version, what }) => (
              <li key={version.version}>
                <div className="row">
                  <Instant at={version.at} zone={ownZone()} />
                  <PersonName id={version.request.by} />
                  <State state={version.request.state} />
                </div>
                <div>{say(`tracker.change.${what}`)}</div>
                {what === 'state' && version.request.reason && (
                  <div className="soft">
                    <Words>{version.request.reason.text}</Words>
                  </div>
                )}
              </li>
            ))}
        </ol>
      )}
    </Shown>
  )
}

type What = 'drafted' | 'content' | 'state' | 'approved' | 'times' | 'other'

/** Drafts are saved as they are written: of a row of them by one person the last is shown. */
function changesIn(versions: readonly Version[]): readonly { readonly version: Version; readonly what: What }[] {
  const all = versions.map((version, at) => ({ version, what: whatChanged(versions[at - 1], version) }))
  return all.filter(({ version, what }, at) => {
    const next = all[at + 1]
    return !(what === 'content' && next?.what === 'content' && next.version.request.by === version.request.by)
  })
}

function whatChanged(before: Version | undefined, { request }: Version): What {
  if (!before) return 'drafted'
  const old = before.request
  if (old.state !== request.state) return 'state'
  if (old.approvals.length !== request.approvals.length) return 'approved'
  if (JSON.stringify(old.content) !== JSON.stringify(request.content)) return 'content'
  if (JSON.stringify(old.received) !== JSON.stringify(request.received)) return 'times'
  return 'other'
}
