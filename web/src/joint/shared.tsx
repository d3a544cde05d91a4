/** What is shared in a joint case: documents, traces, holdings, requests; who released each, in which version, to whom, under which conditions. */
import { useState } from 'react'
import { useMembers } from '../inbox/names.tsx'
import { useSay } from '../shared/language/speak.tsx'
import { Button, Empty, Sheet, Shown } from '../shared/ui/parts.tsx'
import { JointFrame } from './joint-frame.tsx'
import { type Joint, ofKind, type SharedObject, useObjects } from './joint-parts.ts'
import { ReleaseForm } from './release-form.tsx'
import { SharedRow } from './shared-row.tsx'

export function Screen() {
  return <JointFrame part="joint.part.shared">{(joint) => <Shares joint={joint} />}</JointFrame>
}

const KINDS = ['document', 'trace', 'holding', 'request'] as const

function Shares({ joint }: { readonly joint: Joint }) {
  const say = useSay()
  const { me } = useMembers()
  const read = useObjects(joint.id)
  const [isReleasing, setReleasing] = useState(false)
  const kinds = KINDS.filter((kind) => joint.terms.shares.includes(kind))
  return (
    <>
      {joint.state === 'active' &&
        kinds.length > 0 &&
        (isReleasing ? (
          <Sheet title={say('joint.release')}>
            <ReleaseForm joint={joint} kinds={kinds} onDone={() => setReleasing(false)} />
          </Sheet>
        ) : (
          <p>
            <Button onPress={() => setReleasing(true)}>{say('joint.release')}</Button>
          </p>
        ))}
      <Shown read={read}>
        {(objects) => {
          const gone = objects.filter(({ said }) => said.content === null)
          const standing = KINDS.flatMap((kind) => ofKind<(typeof KINDS)[number]>(objects, kind))
          return standing.length === 0 && gone.length === 0 ? (
            <Empty title={say('joint.shared-none')}>
              <p>{say('joint.shared-none-text')}</p>
            </Empty>
          ) : (
            <>
              {KINDS.map((kind) => (
                <KindSheet
                  key={kind}
                  title={say(`joint.shares.${kind}`)}
                  objects={standing.filter(({ content }) => content.kind === kind)}
                  joint={joint}
                  me={me}
                />
              ))}
              <KindSheet title={say('joint.withdrawn')} objects={gone} joint={joint} me={me} />
            </>
          )
        }}
      </Shown>
    </>
  )
}

function KindSheet({
  title,
  objects,
  joint,
  me,
}: {
  readonly title: string
  readonly objects: readonly SharedObject[]
  readonly joint: Joint
  readonly me: string | null
}) {
  if (objects.length === 0) return null
  return (
    <Sheet title={title}>
      {objects.map((one) => (
        <SharedRow key={one.id} object={one} joint={joint} me={me} />
      ))}
    </Sheet>
  )
}
