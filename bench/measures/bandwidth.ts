/** The physical limit: how many bytes memory moves. */
import { type Measure, median, timeRuns } from '../measure.ts'
import { compileC, runProgram } from '../programs.ts'

const BYTES = 2 ** 28

export const bandwidth: Measure = {
  name: 'bandwidth',
  title: 'Memory bandwidth (reads and writes counted)',
  run: async ({ runs, folder }) => {
    const from = new Uint8Array(BYTES).fill(1)
    const to = new Uint8Array(BYTES)
    const ms = median(timeRuns(runs, () => to.set(from)))
    const ours = { task: 'copy 256 MiB', contender: 'TypedArray.set', ms, note: gigabytes(2 * BYTES, ms) }
    const program = compileC('bandwidth', folder)
    if ('absent' in program) return [ours, { task: ours.task, contender: 'C memcpy', absent: program.absent }]
    const [line] = runProgram(program.path, [String(runs)])
    const theirs = median(line?.ms ?? [])
    return [
      ours,
      {
        task: ours.task,
        contender: 'C memcpy',
        ms: theirs,
        ratio: theirs / ms,
        note: gigabytes(line?.count ?? 0, theirs),
      },
    ]
  },
}

function gigabytes(bytes: number, ms: number): string {
  return `${(bytes / ms / 1e6).toFixed(1)} GB/s`
}
