/** Ports that several rooms share. Implementations live in io/ and are wired at the edge. */

/** Told how far a long piece of work has come; `total` is absent where it is not known. */
export interface Progress {
  report(done: number, total: number | undefined, note: string): void
}
