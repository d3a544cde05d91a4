import type { CommandDefinition } from '../command.ts'
import { keptRecords, keptTraceFile } from '../kept-traces.ts'
import { plain, utc } from '../present.ts'

export const traceList: CommandDefinition = {
  path: ['trace', 'list'],
  summary: 'List the traces that met a bridge, and what took the place of which',
  about:
    'Their records are kept in the data folder, so that they can be run again when a link is rejected (comity bridge reject). A record is never changed: where another took its place, it is said which, since when, by whom and why; where it could not be run again, why not, and what can be done.',
  arguments: [],
  options: [],
  examples: ['comity trace list', 'comity trace list --json'],
  async run(desk) {
    const book = await desk.linkBook()
    const traces = keptRecords(desk.home).map(({ digest, chain, rule, asOf }) => ({
      ...{ digest, chain, rule: rule.id, height: asOf.height, file: keptTraceFile(desk.home, digest) },
      superseded: book.supersessionOf(digest),
    }))
    return {
      exit: 0,
      json: {
        traces: traces.map(({ superseded, ...one }) => {
          if (superseded === null) return { ...one, superseded }
          const { trace: _, ...said } = superseded
          return { ...one, superseded: said }
        }),
      },
      text:
        traces.length === 0
          ? 'No trace that met a bridge is kept.'
          : traces
              .map(({ digest, chain, rule, height, superseded }) =>
                [
                  `${digest}  ${chain}, ${rule}, as of block ${height}`,
                  ...(superseded === null
                    ? []
                    : [
                        superseded.by === null
                          ? `  not to be relied on, it could not be run again: ${plain(superseded.why ?? '')} ${plain(superseded.fix ?? '')}`
                          : `  superseded by ${superseded.by}`,
                        `  since ${utc(superseded.at)}, by ${plain(superseded.who)} (${superseded.cause} ${superseded.link}): ${plain(superseded.reason)}`,
                      ]),
                ].join('\n'),
              )
              .join('\n'),
    }
  },
}
