/** Progress on standard error: a bar on a terminal, elsewhere a line now and then, where it says something new. Never on standard output. */
import type { Progress } from '../kernel/index.ts'

export type TerminalProgress = Progress & { done(): void }

const WIDTH = 28

export function terminalProgress(stream: NodeJS.WriteStream, quiet: boolean): TerminalProgress {
  if (quiet) return { report: () => {}, done: () => {} }
  const isTerminal = stream.isTTY === true
  let last = 0
  let lastStep = ''
  let lastLine = ''
  let open = false
  return {
    report(doneUnits, total, note) {
      const now = performance.now()
      const due = isTerminal ? 80 : 2_000
      // The end of a step is always said, once: what follows it, such as publishing an import, may take long.
      const step = note.replace(/[0-9]+/g, '')
      const ends = total !== undefined && doneUnits >= total && step !== lastStep
      if (now - last < due && !ends) return
      lastStep = step
      last = now
      const share = total === undefined || total === 0 ? undefined : Math.min(1, doneUnits / total)
      if (isTerminal) {
        stream.write(`\r\u001b[2K${share === undefined ? '' : `${bar(share)} `}${note}`)
        open = true
        return
      }
      const counted = total === undefined && doneUnits > 0 && !/[0-9]/.test(note) ? `${doneUnits} ` : ''
      const line = `${share === undefined ? counted : `${String(Math.floor(share * 100)).padStart(3)} % `}${note}`
      // Several rules over the same data walk the same way: what was said is not said again.
      if (line !== lastLine) stream.write(`${line}\n`)
      lastLine = line
    },
    done() {
      if (open) stream.write('\r\u001b[2K')
      open = false
    },
  }
}

function bar(share: number): string {
  const filled = Math.round(share * WIDTH)
  return `${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${String(Math.floor(share * 100)).padStart(3)} %`
}
