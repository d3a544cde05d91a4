/** Collects the defects of one file: single ones with their place, and flaws of many entries once with a count. */
import type { TagDefect, TagFile } from './tag.ts'

export type DefectList = {
  /** One flaw of one entry. */
  add(code: string, message: string, entry: EntryPlace | null): void
  /** A flaw that many entries may share: recorded once, at its first place, and counted. `message` must not name the entry. */
  tally(code: string, message: string, entry: EntryPlace): void
  list(): readonly TagDefect[]
}

/** `list`: the name of the list in the file, for example `tags`. */
export type EntryPlace = { readonly list: string; readonly index: number; readonly line: number | null }

export function defectList(file: TagFile): DefectList {
  const defects: TagDefect[] = []
  const tallied = new Map<string, number>()
  return {
    add: (code, message, entry) => {
      defects.push({ code, message, place: placeOf(file.name, entry), count: 1 })
    },
    tally: (code, message, entry) => {
      const at = tallied.get(`${code} ${message}`)
      const known = at === undefined ? undefined : defects[at]
      if (at !== undefined && known) defects[at] = { ...known, count: known.count + 1 }
      else {
        tallied.set(`${code} ${message}`, defects.length)
        defects.push({ code, message, place: placeOf(file.name, entry), count: 1 })
      }
    },
    list: () => defects,
  }
}

export function placeOf(fileName: string, entry: EntryPlace | null): string {
  if (entry === null) return fileName
  return `${fileName}: ${entry.list}[${entry.index}]${entry.line === null ? '' : `, line ${entry.line}`}`
}
