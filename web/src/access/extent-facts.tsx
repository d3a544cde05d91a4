/** What an erasure is of, as it was proposed and as it is proven: the version of the case, its records by kind, and the key that goes. */
import { useSpeech } from '../shared/language/speak.tsx'
import type { ResultOf } from '../shared/node/node.tsx'
import { Fact } from '../shared/ui/parts.tsx'
import { MachineValue } from '../shared/ui/values.tsx'

type Extent = Pick<ResultOf<'erasureRead'>['extent'], 'caseVersion' | 'countByKind' | 'keyIdDigest'>

export function ExtentFacts({ extent: { caseVersion, countByKind, keyIdDigest } }: { readonly extent: Extent }) {
  const { say, knows } = useSpeech()
  return (
    <>
      <Fact name={say('access.approve-erasure.case-version')}>
        <MachineValue value={String(caseVersion)} />
      </Fact>
      <Fact name={say('access.approve-erasure.count')}>
        <ul className="plain">
          {Object.entries(countByKind).map(([kind, count]) => (
            <li key={kind}>
              {knows(`handout.kind.${kind}`) ? say(`handout.kind.${kind}` as never) : kind}: {count}
            </li>
          ))}
        </ul>
      </Fact>
      <Fact name={say('access.approve-erasure.key')}>
        <MachineValue value={keyIdDigest} />
      </Fact>
    </>
  )
}
