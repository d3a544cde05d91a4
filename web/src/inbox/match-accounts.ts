/**
 * Which rows of a list of accounts are meant by a request. The list is read where it lies, in the browser of whoever answers: nothing
 * of it is sent. A row matches where a whole cell is what is looked for; parts of cells never do, or strangers would be disclosed.
 */
export type Accounts = {
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}
export type AccountMatch = {
  /** What of the request it matches. */
  readonly wanted: string
  /** Row of the list, from 1, without its head. */
  readonly row: number
  readonly cells: readonly string[]
  /** Which column it was found in. */
  readonly column: number
}

/** Comma, semicolon or tab, whichever the first line has most; quotes as in RFC 4180. */
export function readAccounts(text: string): Accounts {
  const lines = text.replace(/^\uFEFF/, '')
  const first = lines.split(/\r?\n/, 1)[0] ?? ''
  const separator = [',', ';', '\t'].reduce((one, other) => (count(first, other) > count(first, one) ? other : one))
  const all = cellsOf(lines, separator).filter((row) => row.some((cell) => cell !== ''))
  const [head = [], ...rest] = all
  // A list of addresses alone has no head; one with a head names its columns in words that no address has.
  const isHead = head.every((cell) => !/\d/.test(cell)) && rest.length > 0
  return isHead ? { head, rows: rest } : { head: head.map((_, at) => String(at + 1)), rows: all }
}

function count(text: string, character: string): number {
  return text.split(character).length - 1
}

function cellsOf(text: string, separator: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let isQuoted = false
  for (let at = 0; at < text.length; at++) {
    const one = text[at] as string
    if (isQuoted) {
      if (one !== '"') cell += one
      else if (text[at + 1] === '"') {
        cell += '"'
        at++
      } else isQuoted = false
    } else if (one === '"' && cell.trim() === '') {
      isQuoted = true
      cell = ''
    } else if (one === separator) {
      row.push(cell.trim())
      cell = ''
    } else if (one === '\n' || one === '\r') {
      row.push(cell.trim())
      rows.push(row)
      row = []
      cell = ''
    } else cell += one
  }
  row.push(cell.trim())
  rows.push(row)
  return rows
}

/** Case counts in base58 and nowhere else that is used here: bech32 and hexadecimal are written in either. */
export function sameKey(value: string): string {
  const text = value.trim()
  return /^(0x[0-9a-f]+|[a-z]{1,83}1[02-9ac-hj-np-z]{6,}|[^@\s]+@[^@\s]+)$/i.test(text) && !/^[13]/.test(text)
    ? text.toLowerCase()
    : text
}

export function matchAccounts(wanted: readonly string[], { rows }: Accounts): readonly AccountMatch[] {
  const byKey = new Map(wanted.map((one) => [sameKey(one), one]))
  return rows.flatMap((cells, at) => {
    const column = cells.findIndex((cell) => byKey.has(sameKey(cell)))
    const found = column === -1 ? undefined : byKey.get(sameKey(cells[column] as string))
    return found === undefined ? [] : [{ wanted: found, row: at + 1, cells, column }]
  })
}
