/**
 * Several texts in one: goAML has two fields of free text where a message has ten. Each stands under a heading in brackets
 * of its own line, so that people can read it and it comes apart again as it was put together.
 */
import { stop } from '../../../kernel/index.ts'

const HEADING = /^\[([a-z][a-z-]*)\]$/

export function writeSections(sections: readonly (readonly [heading: string, text: string | null])[]): string | null {
  const said = sections.filter((one): one is readonly [string, string] => one[1] !== null)
  if (said.length === 0) return null
  return said.map(([heading, text]) => `[${heading}]\n${lines(text).map(escaped).join('\n')}`).join('\n')
}

/** Null where the text is not of sections: then it is of somebody else, and one text. */
export function readSections(text: string): ReadonlyMap<string, string> | null {
  const sections = new Map<string, string[]>()
  let current: string[] | null = null
  for (const line of lines(text)) {
    const heading = HEADING.exec(line)?.[1]
    if (heading !== undefined) {
      if (sections.has(heading))
        stop('GATEWAY_XML_VALUE', `The section [${heading}] stands twice.`, {
          place: '/report/reason',
          fix: 'Say each section once.',
        })
      current = []
      sections.set(heading, current)
    } else if (current === null) return null
    else current.push(line.startsWith('\\') ? line.slice(1) : line)
  }
  return new Map([...sections].map(([heading, parts]) => [heading, parts.join('\n')]))
}

const lines = (text: string): readonly string[] => text.split('\n')
const escaped = (line: string): string => (line.startsWith('\\') || HEADING.test(line) ? `\\${line}` : line)
