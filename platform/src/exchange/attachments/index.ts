/** Files that go with messages: sealed in chunks for one key of the receiver, bound to the message and to their place in it. */
export type { FileFacts } from './head.ts'
export { CHUNK_BYTES, type Chunk, chunkAt, type Layout, layoutOf } from './layout.ts'
export { openAttachment } from './open-attachment.ts'
export type { FilePlace } from './place.ts'
export type { OpeningPorts, RunningHash, SealingPorts } from './ports.ts'
export { sealAttachment } from './seal-attachment.ts'
export { written } from './written.ts'
