/** The WebAssembly module that assembly/ compiles to. */
export declare function compileKernels(): Promise<Uint8Array>
/** The text of wasm-bytes.ts for a module. */
export declare function asSource(bytes: Uint8Array): string
