/** Report, addresses, tables, files and what others keep in their formats, into a case. */
import { CaseFrame } from '../cases/case-frame.tsx'
import { useSay } from '../shared/language/speak.tsx'
import { Note } from '../shared/ui/parts.tsx'
import { FilesIntake } from './files-intake.tsx'
import './intake.css'
import { TableIntake } from './table-intake.tsx'
import { TakeIn } from './take-in.tsx'
import { TakenIn } from './taken-in.tsx'
import { TextIntake } from './text-intake.tsx'

export function Screen() {
  const say = useSay()
  return (
    <CaseFrame part="cases.part.intake">
      {(found) =>
        found.case.access.closed ? (
          <>
            <Note>{say('cases.closed-note')}</Note>
            <TakenIn caseId={found.id} />
          </>
        ) : (
          <>
            <TextIntake caseId={found.id} />
            <TableIntake caseId={found.id} />
            <FilesIntake caseId={found.id} />
            <TakeIn caseId={found.id} />
            <TakenIn caseId={found.id} />
          </>
        )
      }
    </CaseFrame>
  )
}
