/**
 * Writes vectors/gateways/*.json: `node scripts/write-gateway-vectors.ts`.
 * platform/src/exchange/gateways/vectors.test.ts runs what lies there, and fails where a file is not what this writes.
 */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gatewayVectors, vectorAgreement } from '../platform/src/exchange/gateways/testing/gateway-vectors.ts'
import { inventedProfile } from '../platform/src/exchange/gateways/testing/goaml-profile.ts'

export const gatewayVectorFolder = fileURLToPath(new URL('../vectors/gateways/', import.meta.url))

/** Path below the folder → text. */
export function gatewayVectorFiles(): ReadonlyMap<string, string> {
  const text = (value: unknown) => `${JSON.stringify(value, null, 1)}\n`
  return new Map([
    ['agreement.json', text(vectorAgreement)],
    ['profile.json', text(inventedProfile)],
    ...[...gatewayVectors()].map(([name, vectors]) => [name, text(vectors)] as const),
  ])
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const [path, text] of gatewayVectorFiles()) writeFileSync(`${gatewayVectorFolder}${path}`, text)
