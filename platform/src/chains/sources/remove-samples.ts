/** For tests: before each file of unit tests. Its folders of samples go when it ends. */
import { afterAll } from 'vitest'
import { removeFolders } from './reading-samples.ts'

afterAll(removeFolders)
