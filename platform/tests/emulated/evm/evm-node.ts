/** A real node of the EVM for tests: anvil, on a free port of this machine, ended by its process id. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'

export type EvmNode = {
  readonly url: string
  readonly chainId: number
  ask<T>(method: string, ...params: readonly unknown[]): Promise<T>
  /** The answer as the node wrote it, for whoever must not lose a digit. */
  askText(method: string, ...params: readonly unknown[]): Promise<string>
  end(): Promise<void>
}

const PACKAGES = ['linux-amd64', 'linux-arm64', 'darwin-arm64', 'darwin-amd64', 'win32-amd64']

/** Where anvil is installed; `null` on a machine for which there is none. */
export function anvilBinary(): string | null {
  const places = PACKAGES.flatMap((name) =>
    ['anvil', 'anvil.exe'].map((file) =>
      fileURLToPath(new URL(`../../../../node_modules/@foundry-rs/anvil-${name}/bin/${file}`, import.meta.url)),
    ),
  )
  return places.find((place) => existsSync(place)) ?? null
}

export async function startEvmNode(chainId: number, firstTime: number): Promise<EvmNode> {
  const binary = anvilBinary()
  if (binary === null) throw new Error('anvil is not installed')
  const port = await freePort()
  const options = ['--host', '127.0.0.1', '--port', String(port), '--chain-id', String(chainId), '--silent']
  const process_ = spawn(binary, [...options, '--timestamp', String(firstTime), '--accounts', '1'], { stdio: 'ignore' })
  const url = `http://127.0.0.1:${port}`
  let id = 0
  const askText = async (method: string, ...params: readonly unknown[]) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: ++id, method, params }),
    })
    return response.text()
  }
  const ask = async <T>(method: string, ...params: readonly unknown[]) => {
    const { result, error } = JSON.parse(await askText(method, ...params)) as { result: T; error?: { message: string } }
    if (error) throw new Error(`${method}: ${error.message}`)
    return result
  }
  try {
    await listening(() => ask('eth_chainId'), process_)
  } catch (thrown) {
    process_.kill('SIGKILL')
    throw thrown
  }
  return { url, chainId, ask, askText, end: () => ended(process_) }
}

async function listening(question: () => Promise<unknown>, process_: ChildProcess): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await question()
      return
    } catch (thrown) {
      if (process_.exitCode !== null || tries === 400) throw thrown
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

function ended(process_: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (process_.exitCode !== null) return resolve()
    process_.once('exit', () => resolve())
    process_.kill('SIGKILL')
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
