/** Where sealed files lie. Two adapters: a folder of the node, and any store that speaks S3. */
export interface BlobStore {
  /**
   * Keeps the stream under the name, all or nothing: it is seen under its name only when its last byte is kept for good.
   * Under a name that is taken, the new file takes the place of the old one in one step.
   */
  write(name: string, bytes: AsyncIterable<Uint8Array>): Promise<void>
  /** `null` where there is none. */
  size(name: string): Promise<number | null>
  /** The bytes from `first` to `last`, inclusive. */
  read(name: string, first: number, last: number): AsyncIterable<Uint8Array>
  /** No fault where there is none. */
  remove(name: string): Promise<void>
}

/** Called at each step by tests, which may end the process there. */
export type Failpoint = (step: string) => void

/** Names are made of ids of ours; anything else is a fault, never a path. */
export function checkedName(name: string): string {
  if (!/^[0-9a-f-]{36}\/[0-9a-f-]{36}$/.test(name)) throw new RangeError(`no name of a blob: ${name}`)
  return name
}
