/**
 * Compiles assembly/ to WebAssembly and writes it, as base64, into wasm-bytes.ts, so that the rooms that run the kernels
 * need no file system. Run it after every change in assembly/: `node platform/src/tracing/kernels/build.mjs`. A test
 * compiles again and compares.
 */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import asc from 'assemblyscript/asc'

const here = new URL('.', import.meta.url)

export const flags = ['-O3', '--noAssert', '--runtime', 'stub', '--importMemory', '--enable', 'simd']

/** The module as bytes. The base folder is part of the call, so that the outcome does not depend on where it is run. */
export async function compileKernels() {
  let bytes
  const { error, stderr } = await asc.main(
    ['assembly/index.ts', '--baseDir', fileURLToPath(here), '--outFile', 'kernels.wasm', ...flags],
    {
      writeFile: (name, contents) => {
        if (name === 'kernels.wasm') bytes = contents
      },
    },
  )
  if (error) throw new Error(`${error.message}\n${stderr.toString()}`)
  return bytes
}

export function asSource(bytes) {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,110}/g) ?? []
  return `/** Made by build.mjs from assembly/: change that, not this. */
export const wasmBase64 =
  '${lines.join("' +\n  '")}'
`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const bytes = await compileKernels()
  writeFileSync(new URL('wasm-bytes.ts', here), asSource(bytes))
  process.stdout.write(`wasm-bytes.ts: ${bytes.length} bytes of WebAssembly\n`)
}
