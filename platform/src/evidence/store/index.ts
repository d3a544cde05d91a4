/** The plumbing of the evidence room: the published journal in a folder, and the fast hash for its tree. */
export { nodeSha256 } from './node-sha256.ts'
export { tileFolder } from './tile-folder.ts'
