/** The plumbing of the directory: the folder of what is trusted, and the places that it is fetched from. */
export { folderSource, httpSource } from './sources.ts'
export { trustedFolder } from './trusted-folder.ts'
