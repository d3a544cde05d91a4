// dependency-cruiser rules, derived from rooms.mjs.
import { edges, plumbing, rooms, sideDoors } from '../../rooms.mjs'

const SRC = '^platform/src'
const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Files for tests and for building may reach further; they are never part of what runs. */
const TESTS = '(\\.test\\.ts$|/testing/|\\.mjs$)'

export function wallRules() {
  const inPlumbing = `/(${plumbing.join('|')})/`
  const doors = `(^platform/src/[a-z]+/index\\.ts$|^platform/src/(${sideDoors.map(escaped).join('|')})$)`
  const rules = []
  for (const { name, from } of rooms) {
    const others = rooms.map((room) => room.name).filter((other) => other !== name && !from.includes(other))
    const ioForPlumbing = name !== 'io' && !from.includes('io')
    rules.push({
      name: `stairs-${name}`,
      comment: `${name} imports only: ${from.join(', ') || 'nothing'}`,
      severity: 'error',
      from: { path: `${SRC}/${name}/`, pathNot: ioForPlumbing ? `${inPlumbing}|${TESTS}` : TESTS },
      to: { path: `${SRC}/(${others.join('|')})/` },
    })
    if (ioForPlumbing) {
      const forPlumbing = others.filter((other) => other !== 'io')
      rules.push({
        name: `stairs-${name}-plumbing`,
        comment: `plumbing of ${name} may use io/, and no other room than ${name} itself may`,
        severity: 'error',
        from: { path: [`${SRC}/${name}${inPlumbing}`, `${SRC}/${name}/.*${inPlumbing}`], pathNot: '\\.test\\.ts$' },
        to: { path: `${SRC}/(${forPlumbing.join('|')})/` },
      })
    }
    if (name !== 'cli' && name !== 'io') {
      rules.push({
        name: `door-${name}`,
        comment: `${name} is entered by its door, index.ts, never through a window`,
        severity: 'error',
        from: { path: SRC, pathNot: `${SRC}/${name}/|${TESTS}` },
        to: { path: `${SRC}/${name}/`, pathNot: doors },
      })
    }
  }
  const pure = rooms.filter((room) => room.pure).map((room) => room.name)
  rules.push({
    name: 'rules-are-pure',
    comment: "rule files touch neither Node's own modules nor io/, store/ or sources/",
    severity: 'error',
    from: { path: `${SRC}/(${pure.join('|')})/`, pathNot: `${inPlumbing}|${TESTS}` },
    to: { path: `(${SRC}/io/|${inPlumbing})`, pathNot: '/node_modules/' },
  })
  rules.push({
    name: 'rules-use-no-node-module',
    comment: "rule files do not use Node's own modules",
    severity: 'error',
    from: { path: `${SRC}/(${pure.join('|')})/`, pathNot: `${inPlumbing}|${TESTS}` },
    to: { dependencyTypes: ['core'] },
  })
  rules.push({
    name: 'edges-are-not-imported',
    comment: 'nobody imports node/, cli/ or verify/',
    severity: 'error',
    from: { path: '.', pathNot: `${SRC}/(${edges.join('|')})/|^platform/(tests|bin)/|^bench/|^scripts/` },
    to: { path: `${SRC}/(${edges.join('|')})/` },
  })
  rules.push({
    name: 'web-imports-doors',
    comment: 'web imports only doors',
    severity: 'error',
    from: { path: '^web/src/' },
    to: { path: SRC, pathNot: doors },
  })
  rules.push({
    name: 'no-cycles',
    comment: 'no cycles',
    severity: 'error',
    from: { path: SRC },
    to: { circular: true },
  })
  return rules
}
