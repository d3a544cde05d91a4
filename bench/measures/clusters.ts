/**
 * Union-find that keeps why: addresses are joined link by link, and the link that joined two parts is kept, so that `comity
 * cluster why` can name the transaction and the rule. WebAssembly, its TypeScript twin, and C that keeps the same.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { componentsReference, loadTransfers } from '../../platform/src/tracing/kernels/index.ts'
import { writeTransfers } from '../columns-on-disk.ts'
import { makeClusterLinks } from '../data/cluster-links.ts'
import { floors } from '../floors.ts'
import { checksum, type Finding, type Measure, median, rate, timed, timeRuns } from '../measure.ts'
import { asChecksum, compileC, runProgram } from '../programs.ts'

const task = 'merge clusters, keeping why'

export const clusters: Measure = {
  name: 'clusters',
  title: 'Clusters of addresses (an edge is a merge: a link that joined two parts)',
  run: async (context) => {
    context.say('making the links')
    const links = makeClusterLinks(context.edges)
    const folder = join(context.folder, 'clusters')
    mkdirSync(folder)
    writeTransfers(folder, links, [])
    const loaded = loadTransfers(links)
    context.say('WebAssembly')
    const ms = median(timeRuns(context.runs, () => loaded.components()))
    const { component, forest, count } = loaded.components().take()
    const merges = forest.length
    const speed = rate(merges, ms)
    const findings: Finding[] = [
      {
        task,
        contender: 'WebAssembly',
        ms,
        millionPerSecond: speed,
        bytesPerEdge: loaded.bytes() / merges,
        answer: checksum(component, forest),
        note: `${merges.toLocaleString('en')} merges of ${links.source.length.toLocaleString('en')} links, ${count.toLocaleString('en')} clusters`,
      },
    ]
    const program = compileC('graph-kernels', folder)
    if ('absent' in program) findings.push({ task, contender: 'C', absent: program.absent })
    else {
      context.say('C')
      const [line] = runProgram(program.path, [folder, String(context.runs), 'components'])
      const theirMs = median(line?.ms ?? [])
      const theirs = rate(merges, theirMs)
      findings.push({
        task,
        contender: 'C',
        ms: theirMs,
        millionPerSecond: theirs,
        ratio: speed / theirs,
        floor: floors.c.clusters,
        answer: asChecksum(line?.checksum) ?? 'none',
      })
    }
    context.say('the twin')
    const twin = timed(() => componentsReference(links))
    const theirs = rate(merges, twin.ms)
    findings.push({
      task,
      contender: 'TypeScript twin',
      ms: twin.ms,
      millionPerSecond: theirs,
      ratio: speed / theirs,
      answer: checksum(twin.value.component, twin.value.forest),
      note: 'one run',
    })
    return findings
  },
}
