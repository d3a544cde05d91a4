/**
 * A process that moves a DuckDB store in many small pieces and says which it takes in; the test kills it at a moment of
 * its choosing. `node move-child.ts PATH FOLDER PIECE_ROWS TARGET…`
 */
import { moveChainStore } from '../../src/chains/store/index.ts'
import { targetAt } from './engines.ts'

const [path = '', folder = '', pieceRows = '1', ...target] = process.argv.slice(2)
const moved = await moveChainStore({
  path,
  folder,
  target: await targetAt(target),
  progress: { report: (_done, _total, note) => process.stdout.write(`${note}\n`) },
  pieceRows: Number(pieceRows),
})
process.stdout.write(`${moved.state}\n`)
