/** A real node of the EVM for tests: anvil, with contracts compiled here by solc. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const require = createRequire(import.meta.url)

export type Anvil = {
  readonly url: string
  call<Answer = string>(method: string, params?: readonly unknown[]): Promise<Answer>
  /** Sends a transaction from an unlocked account, mines it, and gives its receipt. */
  send(transaction: Readonly<Record<string, string>>): Promise<Receipt>
  /** A signed transaction in hexadecimal, mined likewise. */
  sendRaw(raw: string): Promise<Receipt>
  stop(): Promise<void>
}

export type Receipt = {
  readonly transactionHash: string
  readonly contractAddress: string | null
  readonly status: string
  readonly type: string
  readonly blockNumber: string
}

export async function startAnvil(...more: readonly string[]): Promise<Anvil> {
  const name = `@foundry-rs/anvil-${process.platform === 'darwin' ? 'darwin' : 'linux'}-${process.arch === 'x64' ? 'amd64' : process.arch}`
  const binary = join(dirname(require.resolve(`${name}/package.json`)), 'bin', 'anvil')
  const child: ChildProcess = spawn(binary, ['--port', '0', ...more], { stdio: ['ignore', 'pipe', 'inherit'] })
  const port = await new Promise<string>((resolve, reject) => {
    let text = ''
    child.on('exit', (code) => reject(new Error(`anvil ended with ${code}: ${text}`)))
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      const found = /Listening on 127\.0\.0\.1:(\d+)/.exec(text)?.[1]
      if (found) resolve(found)
    })
  })
  const url = `http://127.0.0.1:${port}`
  const call = async <Answer>(method: string, params: readonly unknown[] = []): Promise<Answer> => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
    })
    const { result, error } = (await response.json()) as { result: Answer; error?: { message: string } }
    if (error) throw new Error(`${method}: ${error.message}`)
    return result
  }
  const mined = async (hash: string): Promise<Receipt> => {
    for (;;) {
      const receipt = await call<Receipt | null>('eth_getTransactionReceipt', [hash])
      if (receipt) return receipt
    }
  }
  return {
    url,
    call,
    send: async (transaction) =>
      mined(await call<string>('eth_sendTransaction', [{ gas: '0x4c4b40', ...transaction }])),
    sendRaw: async (raw) => mined(await call<string>('eth_sendRawTransaction', [raw])),
    stop: async () => {
      const gone = once(child, 'exit')
      child.kill('SIGTERM')
      await gone
    },
  }
}

/** Creation code by the name of the contract. */
export function compile(source: string): ReadonlyMap<string, string> {
  const solc = require('solc') as { compile(input: string): string }
  const output = JSON.parse(
    solc.compile(
      JSON.stringify({
        language: 'Solidity',
        sources: { 'test.sol': { content: source } },
        settings: { evmVersion: 'shanghai', outputSelection: { '*': { '*': ['evm.bytecode.object'] } } },
      }),
    ),
  ) as {
    errors?: { severity: string; formattedMessage: string }[]
    contracts: Record<string, Record<string, { evm: { bytecode: { object: string } } }>>
  }
  const faults = (output.errors ?? []).filter(({ severity }) => severity === 'error')
  if (faults.length > 0) throw new Error(faults.map(({ formattedMessage }) => formattedMessage).join('\n'))
  return new Map(
    Object.entries(output.contracts['test.sol'] ?? {}).map(([name, { evm }]) => [name, `0x${evm.bytecode.object}`]),
  )
}

/** A call's data: the selector of the signature and its words. */
export function callData(selector: string, ...words: readonly (string | bigint)[]): string {
  return `${selector}${words.map((word) => (typeof word === 'bigint' ? word.toString(16) : word.replace(/^0x/, '')).padStart(64, '0')).join('')}`
}
