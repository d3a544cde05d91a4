import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { gatewayVectorFiles, gatewayVectorFolder } from '../../../../scripts/write-gateway-vectors.ts'
import { type GatewayVector, runGatewayVector } from './testing/gateway-vectors.ts'

const files = gatewayVectorFiles()
const stored = (name: string) => readFileSync(`${gatewayVectorFolder}${name}`, 'utf8')

test('vectors/gateways holds what the script writes, and nothing else', () => {
  const listed = readdirSync(gatewayVectorFolder).filter((name) => name.endsWith('.json'))
  expect(listed.sort()).toEqual([...files.keys()].sort())
  for (const [name, text] of files) expect(stored(name), name).toBe(text)
})

describe.each(['rem.json', 'as4.json', 'goaml.json'])('%s', (name) => {
  const vectors = JSON.parse(stored(name)) as readonly GatewayVector[]
  test.each(vectors.map((vector) => [vector.claim, vector] as const))('%s', (_, vector) => {
    const { gives, refused } = vector
    expect(runGatewayVector(vector)).toEqual(refused === undefined ? { gives } : { refused })
  })
})
