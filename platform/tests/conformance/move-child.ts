/**
 * A process that moves a DuckDB store in many small pieces, and kills itself where its progress begins with the words given.
 * `node move-child.ts KILL_AT PATH FOLDER PIECE_ROWS TARGET…`
 */
import { moveChainStore } from '../../src/chains/store/index.ts'
import { targetAt } from './engines.ts'

const [killAt = '', path = '', folder = '', pieceRows = '1', ...target] = process.argv.slice(2)
const moved = await moveChainStore({
  path,
  folder,
  target: await targetAt(target),
  progress: {
    report: (_done, _total, note) => {
      if (note?.startsWith(killAt)) process.kill(process.pid, 'SIGKILL')
    },
  },
  pieceRows: Number(pieceRows),
})
process.stdout.write(`${moved.state}\n`)
