/** What a trace can be taken away as: pictures with all that makes them readable elsewhere, tables, and the record itself. */
import { useCallback, useState } from 'react'
import { useSpeech } from '../../shared/language/speak.tsx'
import { saveFile } from '../../shared/save-file.ts'
import { instantText } from '../../shared/ui/values.tsx'
import type { Head } from '../model/model.ts'
import { fileName, pictureAsSvg, svgAsPng } from './export.ts'
import type { Desk } from './use-desk.ts'
import type { TraceWords } from './words.tsx'

export type ExportKind = 'svg' | 'png' | 'nodes' | 'payments' | 'record'

export function useExports(ask: Desk, head: Head, words: TraceWords, shown: string) {
  const { say, locale } = useSpeech()
  const [said, setSaid] = useState<{ readonly text: string; readonly isWrong: boolean } | null>(null)
  const hasPicture = shown === 'graph' || shown === 'flow' || shown === 'time'
  const give = useCallback(
    async (kind: ExportKind) => {
      try {
        if (kind === 'svg' || kind === 'png') {
          const picture = pictureAsSvg(shown, {
            title: say('trace.title-rule', { rule: words.rule(head.rule.id) }),
            lines: [
              head.rule.legalName,
              say('trace.as-of', {
                block: String(head.asOf.height),
                time: head.asOf.time === null ? '' : words.utc(head.asOf.time),
              }),
              say('trace.export.made', { time: instantText(new Date(), 'UTC', locale) }),
              say('trace.export.parameters', {
                parameters: Object.entries(head.parameters)
                  .filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0))
                  .map(([name, value]) => `${name}=${String(value)}`)
                  .join(', '),
              }),
            ],
            legend: [
              say('trace.legend.direction'),
              `── ${say('trace.legend.recorded')}   ╌╌ ${say('trace.legend.inferred')}   ···· ${say('trace.legend.low')}`,
            ],
            foot: `${say('trace.digest')} ${head.digest}`,
          })
          if (!picture) throw new Error(shown)
          const blob = kind === 'svg' ? new Blob([picture.text], { type: 'image/svg+xml' }) : await svgAsPng(picture)
          saveFile(fileName(head, `-${shown}.${kind}`), blob)
        } else {
          const blob = await ask('file', { kind })
          saveFile(fileName(head, kind === 'record' ? '.json' : `-${kind}.csv`), blob)
        }
        setSaid({ text: say('trace.export.done'), isWrong: false })
      } catch (thrown) {
        setSaid({
          text: say('trouble.fault', { reason: thrown instanceof Error ? thrown.message : String(thrown) }),
          isWrong: true,
        })
      }
    },
    [ask, head, words, shown, say, locale],
  )
  return {
    give,
    said: said?.text ?? null,
    isWrong: said?.isWrong ?? false,
    items: [
      { id: 'svg' as const, text: say('trace.export.svg'), isOff: !hasPicture },
      { id: 'png' as const, text: say('trace.export.png'), isOff: !hasPicture },
      { id: 'nodes' as const, text: say('trace.export.nodes') },
      { id: 'payments' as const, text: say('trace.export.payments') },
      { id: 'record' as const, text: say('trace.export.record') },
    ],
  }
}
