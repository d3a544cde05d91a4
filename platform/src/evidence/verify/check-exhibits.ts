/** Exhibits: the bytes, both digests, and the chain of custody, each step with its entry in the journal. */
import { catchRefusal, type Json } from '../../kernel/index.ts'
import { countAt, hashAt, indexAt, matchAt, openList, openObject, textAt, timeAt, versionAt } from './fields.ts'
import { type OpenedBundle, type ProvenEntries, pathsUnder, readJson } from './opened-bundle.ts'
import { checked, notChecked, refusedAs, type Statement, wrong } from './statement.ts'

type Custody = { readonly event: string; readonly at: string; readonly by: string; readonly entry: string }

type Exhibit = {
  readonly id: string
  readonly file: string
  readonly size: number
  readonly sha256: string
  readonly sha512: string
  readonly custody: readonly Custody[]
}

export async function checkExhibits(bundle: OpenedBundle, proven: ProvenEntries): Promise<readonly Statement[]> {
  const statements: Statement[] = []
  for (const path of pathsUnder(bundle, 'exhibits')) {
    if (!path.endsWith('/exhibit.json')) continue
    const says = `${path} describes an exhibit.`
    const json = await readJson(bundle, path)
    if (!json.ok && !bundle.intact.has(path)) {
      statements.push(notChecked('exhibits', says, json.refusal.message))
      continue
    }
    const exhibit = json.ok ? parseExhibit(json.value) : json
    if (exhibit.ok)
      statements.push(checkBytes(bundle, path, exhibit.value), ...checkCustody(path, exhibit.value, proven))
    else statements.push(refusedAs('exhibits', says, path, exhibit.refusal))
  }
  return statements
}

function parseExhibit(json: Json) {
  return catchRefusal((): Exhibit => {
    const members = openObject(json, '$', ['v', 'id', 'title', 'file', 'size', 'sha256', 'sha512', 'custody'])
    versionAt(members, '$')
    textAt(members, 'title', '$')
    return {
      id: textAt(members, 'id', '$'),
      file: textAt(members, 'file', '$'),
      size: countAt(members, 'size', '$'),
      sha256: hashAt(members, 'sha256', '$'),
      sha512: matchAt(members, 'sha512', '$', /^[0-9a-f]{128}$/, 'a SHA-512 in hexadecimal'),
      custody: openList(members.custody, '$.custody').map((one, at) => {
        const path = `$.custody[${at}]`
        const step = openObject(one, path, ['event', 'at', 'by', 'entry'])
        return {
          event: textAt(step, 'event', path),
          at: timeAt(step, 'at', path),
          by: textAt(step, 'by', path),
          entry: indexAt(step, 'entry', path),
        }
      }),
    }
  })
}

function checkBytes(bundle: OpenedBundle, path: string, { id, file, size, sha256, sha512 }: Exhibit): Statement {
  const says = `Exhibit ${id} has the size, the SHA-256 and the SHA-512 that its description states.`
  const digest = bundle.intact.get(file)
  if (digest === undefined) return notChecked('exhibits', says, `${file} is missing or was changed.`)
  if (digest.size !== size) return wrong('exhibits', says, `It has ${digest.size} bytes.`, path, '$.size')
  if (digest.sha256 !== sha256) return wrong('exhibits', says, `Its SHA-256 is ${digest.sha256}.`, path, '$.sha256')
  if (digest.sha512 !== sha512) return wrong('exhibits', says, `Its SHA-512 is ${digest.sha512}.`, path, '$.sha512')
  return checked('exhibits', says)
}

/** The first step binds the bytes: the body of its entry names their SHA-256. Later ones may, and then must agree. */
function checkCustody(path: string, exhibit: Exhibit, proven: ProvenEntries): readonly Statement[] {
  const statements: Statement[] = []
  if (exhibit.custody.length === 0)
    statements.push(
      wrong('exhibits', `Exhibit ${exhibit.id} has a chain of custody.`, 'It has no step.', path, '$.custody'),
    )
  let before: Custody | null = null
  for (const [at, step] of exhibit.custody.entries()) {
    statements.push(checkStep(path, exhibit, step, at, before, proven))
    before = step
  }
  return statements
}

function checkStep(
  path: string,
  exhibit: Exhibit,
  step: Custody,
  at: number,
  before: Custody | null,
  proven: ProvenEntries,
): Statement {
  const says = `Exhibit ${exhibit.id}, step ${at + 1} of its custody (${step.event}, ${step.at}, ${step.by}) stands in the journal.`
  const place = `$.custody[${at}]`
  const no = (why: string, key: string) => wrong('exhibits', says, why, path, `${place}.${key}`)
  if (before !== null && (BigInt(step.entry) <= BigInt(before.entry) || step.at < before.at))
    return no('It does not come after the step before it.', 'entry')
  const found = proven.get(step.entry)
  if (found === undefined) return notChecked('exhibits', says, `Entry ${step.entry} is not shown or not proven.`)
  const { entry } = found
  if (entry === null) return notChecked('exhibits', says, `The contents of entry ${step.entry} are not disclosed.`)
  if (entry.event !== step.event) return no(`The journal says ${entry.event}.`, 'event')
  if (entry.at !== step.at) return no(`The journal says ${entry.at}.`, 'at')
  if (entry.actor.id !== step.by) return no(`The journal says ${entry.actor.id}.`, 'by')
  if (entry.recordId !== exhibit.id) return no(`The entry is about ${entry.recordId}.`, 'entry')
  const named = (entry.body as { readonly sha256?: Json } | null)?.sha256
  if (named === undefined && at > 0) return checked('exhibits', says)
  return named === exhibit.sha256 ? checked('exhibits', says) : no('The journal names other bytes.', 'entry')
}
