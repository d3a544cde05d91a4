/** The plumbing of the directory: what is trusted, where it is fetched from, and the folder and keys of those who keep it. */
export { readCeremonyFolder, writeCeremonyFiles } from './ceremony-folder.ts'
export { makeKeyFiles, type NewKey, type OpenKey, openKeyFile } from './key-files.ts'
export { folderSource, httpSource } from './sources.ts'
export { trustedFolder } from './trusted-folder.ts'
