/** A table (CSV) as records: every row is shown before it is kept, and a wrong one says what is wrong with it. */
import { useMemo, useState } from 'react'
import { useChains } from '../shared/chains/use-chains.tsx'
import { useSay, useSpeech } from '../shared/language/speak.tsx'
import { useAll } from '../shared/node/node.tsx'
import { type Column, DataTable } from '../shared/ui/data-table.tsx'
import { Select } from '../shared/ui/fields.tsx'
import { Button, Note, Sheet, Status } from '../shared/ui/parts.tsx'
import { MachineValue, Words } from '../shared/ui/values.tsx'
import { FilePick } from './file-pick.tsx'
import { KeptNote } from './kept-note.tsx'
import {
  columnAt,
  columnsOf,
  kindOfTable,
  type ReadRow,
  type RowWrong,
  readRows,
  readTable,
  type TableKind,
} from './table.ts'
import { useKeep } from './use-keep.ts'

const KINDS = ['wallet', 'event', 'victim'] as const
const METHODS = { wallet: 'walletAdd', event: 'eventAdd', victim: 'victimAdd' } as const
const LARGEST = 5_000_000

export function TableIntake({ caseId }: { readonly caseId: string }) {
  const say = useSay()
  const chains = useChains()
  const [file, setFile] = useState<{ name: string; text: string } | null>(null)
  const [chosen, setChosen] = useState<TableKind | null>(null)
  const [isTooLarge, setTooLarge] = useState(false)
  const wallets = useAll('walletList', { caseId })
  const { kept, keep, error, isBusy } = useKeep(caseId)
  const table = useMemo(() => (file ? readTable(file.text) : null), [file])
  const kind = chosen ?? (table ? kindOfTable(table.head) : 'wallet')
  const read = useMemo(
    () =>
      table && chains
        ? readRows(kind, table.head, table.rows, {
            address: chains.readAnyAddress,
            chain: chains.chainNamed,
            asset: chains.assetNamed,
            amount: chains.toBaseUnits,
          })
        : [],
    [table, kind, chains],
  )
  const known = new Set((wallets.data?.items ?? []).map(({ content }) => `${content.chain} ${content.address}`))
  const isKnown = ({ content }: ReadRow) =>
    kind === 'wallet' && content !== null && known.has(`${content.chain} ${content.address}`)
  const good = read.filter((row) => row.content !== null && !isKnown(row))
  const wrong = read.filter(({ content }) => content === null).length

  const send = async () => {
    const all = good.map(({ line, content }) => ({
      ...{ method: METHODS[kind], content },
      name: say('intake.line', { line }),
    }))
    if (await keep(all)) setFile(null)
  }

  return (
    <Sheet title={say('intake.table')}>
      <p>{say('intake.table-text')}</p>
      <FilePick
        label={say('intake.table-pick')}
        accept=".csv,.tsv,.txt,text/csv"
        onFiles={([first]) => {
          setTooLarge((first?.size ?? 0) > LARGEST)
          if (first && first.size <= LARGEST) void first.text().then((text) => setFile({ name: first.name, text }))
        }}
      />
      {isTooLarge && <Note kind="bad">{say('intake.table-too-large')}</Note>}
      {table && file && (
        <>
          <Select
            label={say('intake.table-kind', { name: file.name })}
            hint={say('intake.table-columns', { columns: Object.keys(columnsOf[kind]).join(', ') })}
            value={kind}
            onChange={(event) => setChosen(event.target.value as TableKind)}
          >
            {KINDS.map((one) => (
              <option key={one} value={one}>
                {say(`cases.kinds.${one}`)}
              </option>
            ))}
          </Select>
          <p>
            <strong>
              {say('intake.table-result', { good: good.length, wrong, known: read.filter(isKnown).length })}
            </strong>
          </p>
          <Preview kind={kind} head={table.head} rows={table.rows} read={read} isKnown={isKnown} />
          <Button isBusy={isBusy} isDisabled={good.length === 0} onPress={() => void send()}>
            {say('intake.keep', { count: good.length })}
          </Button>
        </>
      )}
      <KeptNote kept={kept} error={error} />
    </Sheet>
  )
}

function Preview({
  kind,
  head,
  rows,
  read,
  isKnown,
}: {
  readonly kind: TableKind
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly read: readonly ReadRow[]
  readonly isKnown: (row: ReadRow) => boolean
}) {
  const { say } = useSpeech()
  const wordsOf = (one: RowWrong) =>
    one.code === 'address' ? one.why : say(`intake.row.${one.code}`, { field: one.field })
  const columns: Column<ReadRow>[] = [
    { id: 'line', head: say('intake.row-line'), cell: ({ line }) => line, by: ({ line }) => line },
    {
      id: 'state',
      head: say('intake.row-state'),
      by: ({ wrong }) => (wrong.length > 0 ? 0 : 1),
      cell: (row) =>
        row.wrong.length > 0 ? (
          <>
            <Status kind="bad">{say('intake.row-wrong')}</Status> <Words>{row.wrong.map(wordsOf).join(' ')}</Words>
          </>
        ) : isKnown(row) ? (
          <Status kind="done">{say('intake.known')}</Status>
        ) : (
          <Status kind="good">{say('intake.row-good')}</Status>
        ),
    },
    ...Object.keys(columnsOf[kind])
      .filter((field) => columnAt(head, kind, field) >= 0)
      .map(
        (field): Column<ReadRow> => ({
          id: field,
          head: head[columnAt(head, kind, field)] ?? field,
          cell: ({ line }) => <MachineValue value={rows[line - 2]?.[columnAt(head, kind, field)] ?? ''} short />,
        }),
      ),
  ]
  return <DataTable caption={say('intake.preview')} columns={columns} rows={read} keyOf={({ line }) => String(line)} />
}
