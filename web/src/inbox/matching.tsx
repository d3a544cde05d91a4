/** Which accounts are meant: a list is pasted or a file chosen, read in this browser, and never leaves it. */
import { useState } from 'react'
import { useSpeech } from '../shared/language/speak.tsx'
import { type Column, DataTable } from '../shared/ui/data-table.tsx'
import { TextArea } from '../shared/ui/fields.tsx'
import { Note, Sheet } from '../shared/ui/parts.tsx'
import { MachineValue, Words } from '../shared/ui/values.tsx'
import { type AccountMatch, matchAccounts, readAccounts } from './match-accounts.ts'

export function Matching({ wanted }: { readonly wanted: readonly string[] }) {
  const { say } = useSpeech()
  const [text, setText] = useState('')
  if (wanted.length === 0) return null
  const list = text.trim() === '' ? null : readAccounts(text)
  const found = list ? matchAccounts(wanted, list) : []
  return (
    <Sheet title={say('inbox.match.title')}>
      <p>{say('inbox.match.text', { count: wanted.length })}</p>
      <TextArea
        label={say('inbox.match.paste')}
        hint={say('inbox.match.hint')}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <div className="field">
        <label htmlFor="accounts-file">{say('inbox.match.file')}</label>
        <input
          id="accounts-file"
          type="file"
          accept=".csv,.txt,text/csv,text/plain"
          onChange={(event) => void event.target.files?.[0]?.text().then(setText)}
        />
      </div>
      <div aria-live="polite">
        {list && (
          <Note kind={found.length > 0 ? 'good' : 'plain'}>
            <p>{say('inbox.match.found', { found: found.length, rows: list.rows.length })}</p>
            <p className="small">{say('inbox.match.minimised')}</p>
          </Note>
        )}
      </div>
      {found.length > 0 && <Found found={found} head={list?.head ?? []} />}
    </Sheet>
  )
}

/** Of each row only what tells which account it is: what matched, and the first column. The rest is for whoever answers to look up. */
function Found({ found, head }: { readonly found: readonly AccountMatch[]; readonly head: readonly string[] }) {
  const { say } = useSpeech()
  const columns: Column<AccountMatch>[] = [
    { id: 'row', head: say('inbox.match.row'), cell: ({ row }) => row, by: ({ row }) => row, align: 'end' },
    { id: 'account', head: head[0] ?? '', cell: ({ cells }) => <Words>{cells[0]}</Words> },
    { id: 'wanted', head: say('inbox.match.wanted'), cell: ({ wanted }) => <MachineValue value={wanted} short /> },
    { id: 'where', head: say('inbox.match.where'), cell: ({ column }) => <Words>{head[column]}</Words> },
  ]
  return (
    <DataTable caption={say('inbox.match.accounts')} columns={columns} rows={found} keyOf={({ row }) => String(row)} />
  )
}
