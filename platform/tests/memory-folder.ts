/** Where tests lay databases: in memory, where the system has a folder for that with room, and else with all other temporary files. */
import { existsSync, statfsSync } from 'node:fs'
import { freemem, tmpdir } from 'node:os'

const FOLDER = '/dev/shm'
/** Several times what all tests that run side by side have written at any time. */
const ROOM = 8 * 1024 ** 3

/**
 * In these tests processes die, and never the machine: what a process has written is there afterwards on either, and on a disk each
 * fsync of a database would be waited for all the same.
 */
export function memoryFolder(): string {
  if (!existsSync(FOLDER) || freemem() < ROOM) return tmpdir()
  const { bavail, bsize } = statfsSync(FOLDER)
  return bavail * bsize < ROOM ? tmpdir() : FOLDER
}
