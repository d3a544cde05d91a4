/** Compiles the contracts of the emulated chains. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

export type Contract = {
  /** Hexadecimal with 0x. */
  readonly code: string
  /** `transfer(address,uint256)` → the first four bytes of a call, hexadecimal. */
  readonly selectors: Readonly<Record<string, string>>
}

type Output = {
  readonly errors?: readonly { readonly severity: string; readonly formattedMessage: string }[]
  readonly contracts: Readonly<
    Record<string, Record<string, { evm: { bytecode: { object: string }; methodIdentifiers: Record<string, string> } }>>
  >
}

export function compileContracts(): Readonly<Record<string, Contract>> {
  const solc = createRequire(import.meta.url)('solc') as { compile(input: string): string }
  const content = readFileSync(fileURLToPath(new URL('contracts.sol', import.meta.url)), 'utf8')
  const input = {
    language: 'Solidity',
    sources: { 'contracts.sol': { content } },
    settings: {
      evmVersion: 'cancun',
      optimizer: { enabled: true, runs: 200 },
      outputSelection: { '*': { '*': ['evm.bytecode.object', 'evm.methodIdentifiers'] } },
    },
  }
  const output = JSON.parse(solc.compile(JSON.stringify(input))) as Output
  const wrong = output.errors?.filter(({ severity }) => severity === 'error') ?? []
  if (wrong.length > 0) throw new Error(wrong.map(({ formattedMessage }) => formattedMessage).join('\n'))
  return Object.fromEntries(
    Object.entries(output.contracts['contracts.sol'] ?? {}).map(([name, { evm }]) => [
      name,
      { code: `0x${evm.bytecode.object}`, selectors: evm.methodIdentifiers },
    ]),
  )
}
