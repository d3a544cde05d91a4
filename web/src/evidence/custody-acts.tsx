/** What can happen to an exhibit where it stands: each act asks what the record must say, and shows what will be on record. */

import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useSay } from '../shared/language/speak.tsx'
import { type InputOf, act as send, useRead } from '../shared/node/node.tsx'
import { usePeople } from '../shared/node/people.tsx'
import { Select, TextArea, TextField } from '../shared/ui/fields.tsx'
import { AskDialog, Button, Trouble } from '../shared/ui/parts.tsx'
import { CopyForm } from './copy-form.tsx'
import type { CustodyAct, ReadExhibit } from './exhibits.ts'
import { Holder } from './holder.tsx'

/** Acts with a form of the same fields; a copy begins with a file, and has its own. */
const forms = {
  seal: ['sealNumber'],
  unseal: [],
  examine: ['method', 'tool', 'toolVersion'],
  release: ['to'],
  receive: [],
  withdraw: [],
  return: ['entitled'],
  dispose: ['method'],
} as const satisfies Partial<Record<CustodyAct, readonly string[]>>

/** Who keeps custody, by the policies of the node (policies/roles.cedar). */
const KEEPING: readonly string[] = ['investigator', 'evidence-custodian', 'asset-manager', 'training']

type Formed = keyof typeof forms
type Offered = Formed | 'copy'
type Filled = Readonly<Record<string, string>>

const methods = {
  seal: 'custodySeal',
  unseal: 'custodyUnseal',
  examine: 'custodyExamine',
  release: 'custodyRelease',
  receive: 'custodyReceive',
  withdraw: 'custodyWithdraw',
  return: 'custodyReturn',
  dispose: 'custodyDispose',
} as const

export function CustodyActs({ exhibit, caseId }: { readonly exhibit: ReadExhibit; readonly caseId: string }) {
  const say = useSay()
  const [open, setOpen] = useState<Offered | null>(null)
  const session = useRead('sessionRead', {}).data?.session
  const { holder, recipient } = exhibit.custody
  const inForms = exhibit.custody.possible.filter((one): one is Offered => one in forms || one === 'copy')
  if (inForms.length === 0) return <p className="soft">{say('custody.none')}</p>
  if (!session) return null
  if (!KEEPING.includes(session.role)) return <p className="soft">{say('custody.not-your-role')}</p>
  // Who holds it acts on it; who is to have it receives it, and does nothing else (platform: next-event.ts).
  const me = `person/${session.personId}`
  const possible = inForms.filter((one) => (one === 'receive' ? recipient === me : holder === me))
  if (possible.length === 0)
    return (
      <p className="soft">
        {say(recipient === null ? 'custody.only-holder' : 'custody.only-recipient')}{' '}
        <Holder holder={recipient ?? holder} />
      </p>
    )
  return (
    <>
      <div className="row">
        {possible.map((one) => (
          <Button
            key={one}
            kind={one === 'dispose' || one === 'return' ? 'danger' : 'second'}
            onPress={() => setOpen(one)}
          >
            {say(`custody.do.${one}`)}
          </Button>
        ))}
      </div>
      {open !== null && (
        <AskDialog title={say(`custody.do.${open}`)} isOpen onClose={() => setOpen(null)}>
          {open === 'copy' ? (
            <CopyForm exhibit={exhibit} caseId={caseId} onClose={() => setOpen(null)} />
          ) : (
            <ActForm act={open} exhibit={exhibit} caseId={caseId} onClose={() => setOpen(null)} />
          )}
        </AskDialog>
      )}
    </>
  )
}

function ActForm({
  act,
  exhibit,
  caseId,
  onClose,
}: {
  readonly act: Formed
  readonly exhibit: ReadExhibit
  readonly caseId: string
  readonly onClose: () => void
}) {
  const say = useSay()
  const client = useQueryClient()
  const { all } = usePeople()
  const [filled, setFilled] = useState<Filled>({})
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const fields: readonly string[] = forms[act]
  const set = (name: string) => (event: { readonly target: { readonly value: string } }) =>
    setFilled({ ...filled, [name]: event.target.value })
  const bind = (name: string) => ({ value: filled[name] ?? '', onChange: set(name), required: true })
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setError(null)
    try {
      await send(methods[act], inputOf(act, filled, exhibit.id, caseId) as InputOf<'custodySeal'> & never)
      await client.invalidateQueries()
      onClose()
    } catch (thrown) {
      setError(thrown)
    } finally {
      setBusy(false)
    }
  }
  return (
    <form onSubmit={(event) => void submit(event)}>
      <p>{say(`custody.effect.${act}`)}</p>
      <Trouble error={error} />
      <TextField label={say('custody.authority')} hint={say('custody.authority-hint')} {...bind('authority')} />
      <TextField label={say('custody.place')} {...bind('place')} />
      {fields.includes('sealNumber') && (
        <TextField label={say('custody.seal-number')} dir="ltr" {...bind('sealNumber')} />
      )}
      {fields.includes('method') && <TextArea label={say('custody.method')} {...bind('method')} />}
      {fields.includes('entitled') && <TextArea label={say('custody.entitled')} {...bind('entitled')} />}
      {fields.includes('tool') && (
        <>
          <TextField label={say('custody.tool')} {...bind('tool')} />
          <TextField label={say('custody.tool-version')} dir="ltr" {...bind('toolVersion')} />
        </>
      )}
      {fields.includes('to') && (
        <Select label={say('custody.to')} {...bind('to')}>
          <option value="">{say('custody.choose')}</option>
          {all.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      )}
      {exhibit.kind === 'key-control' && !['release', 'receive', 'withdraw'].includes(act) && (
        <Select label={say('custody.witness')} {...bind('witness')}>
          <option value="">{say('custody.choose')}</option>
          {all.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      )}
      <div className="row">
        <Button type="submit" isBusy={isBusy}>
          {say(`custody.do.${act}`)}
        </Button>
        <Button kind="quiet" onPress={onClose}>
          {say('dialog.cancel')}
        </Button>
      </div>
    </form>
  )
}

function inputOf(act: Formed, filled: Filled, exhibitId: string, caseId: string): object {
  const { authority = '', place = '', witness } = filled
  const base = { caseId, exhibitId, authority, place, ...(witness ? { witness } : {}) }
  switch (act) {
    case 'seal':
      return { ...base, sealNumber: filled.sealNumber ?? '' }
    case 'examine':
      return {
        ...base,
        method: filled.method ?? '',
        tool: { name: filled.tool ?? '', version: filled.toolVersion ?? '' },
      }
    case 'release':
      return { ...base, to: { personId: filled.to ?? '' } }
    case 'return':
      return { ...base, entitled: filled.entitled ?? '' }
    case 'dispose':
      return { ...base, method: filled.method ?? '' }
    default:
      return base
  }
}
