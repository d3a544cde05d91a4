import { expect, it } from 'vitest'
import { asSource, compileKernels } from './build.mjs'
import * as source from './wasm-bytes.ts'

it('holds the very bytes that its source compiles to', async () => {
  const bytes = await compileKernels()
  expect(source.wasmBase64).toBe(Buffer.from(bytes).toString('base64'))
  expect(asSource(bytes)).toContain(source.wasmBase64.slice(0, 110))
}, 60_000)
