/**
 * A process that opens a DuckDB store, stages and publishes sources, and says what it has finished; the test kills it
 * at a moment of its choosing. `node crash-child.ts PATH SOURCES SIZE`
 */
import { flushCompileCache } from 'node:module'
import { openDuckDbChainStore } from '../../src/chains/store/index.ts'
import { block, describeSource, tx } from './scenes.ts'

flushCompileCache()
const [path = '', sources = '1', size = '1000'] = process.argv.slice(2)
const store = await openDuckDbChainStore(path)
const say = (line: string) => process.stdout.write(`${line}\n`)
say('open')
for (let source = 0; source < Number(sources); source++) {
  const { sourceId, state } = await store.beginSource(describeSource(`crash ${source}`))
  if (state === 'published') continue
  say(`staging ${source}`)
  for (let batch = 0; batch < 4; batch++) {
    const height = source * 4 + batch
    const transactions = Array.from({ length: Number(size) }, (_, at) =>
      tx(`${height} ${at}`, { height, in: `b${height}`, at }, at === 0 ? [] : [[`${height} 0`, at]], [
        [1n, `a${at % 7}`],
        [2n, 'b'],
      ]),
    )
    await store.stage(
      sourceId,
      { blocks: [block(`b${height}`, height, `b${height - 1}`)], transactions, defects: [] },
      String(batch),
    )
    say(`staged ${source} ${batch}`)
  }
  say(`publishing ${source}`)
  await store.publish(sourceId)
  say(`published ${source}`)
}
await store.close()
