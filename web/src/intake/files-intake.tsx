/** Files as exhibits: hashed in the browser, sent so that a broken line goes on, and put on record with who acquired them and by what right. */
import { useState } from 'react'
import { useSay } from '../shared/language/speak.tsx'
import { Sheet } from '../shared/ui/parts.tsx'
import { BrokenOff } from './broken-off.tsx'
import { ExhibitForm } from './exhibit-form.tsx'
import { FilePick } from './file-pick.tsx'

export function FilesIntake({ caseId }: { readonly caseId: string }) {
  const say = useSay()
  const [files, setFiles] = useState<readonly { key: string; file: File }[]>([])
  return (
    <Sheet title={say('intake.files')}>
      <p>{say('intake.files-text')}</p>
      <FilePick
        label={say('intake.files-pick')}
        hint={say('intake.files-hint')}
        multiple
        onFiles={(added) => setFiles([...files, ...added.map((file) => ({ key: crypto.randomUUID(), file }))])}
      />
      <BrokenOff caseId={caseId} now={files.map(({ file }) => file.name)} />
      {files.map(({ key, file }) => (
        <ExhibitForm
          key={key}
          caseId={caseId}
          file={file}
          onGone={() => setFiles((all) => all.filter((one) => one.key !== key))}
        />
      ))}
    </Sheet>
  )
}
