/** The shipped tags and actors (samples/tags), and today's list of sanctioned addresses. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { orStop } from '../../../kernel/index.ts'
import { parseTagFile, type TagFileContent } from '../../tags/index.ts'
import { readTagFile } from '../../tags/sources/read-tag-file.ts'
import type { TagSets } from '../measure-tags.ts'

export async function readTagSets(root: string): Promise<TagSets> {
  const packs = await contentsOf(join(root, 'packs'), /\.yaml(\.gz)?$/)
  const actors = await contentsOf(join(root, 'actors'), /\.yaml(\.gz)?$/)
  const lists = await contentsOf(join(root, 'ofac'), /^sanctioned_addresses_.*\.txt$/)
  return {
    tags: packs.flatMap(([file, { tags }]) => tags.map((tag) => ({ ...tag, file }))),
    actors: actors.flatMap(([, content]) => content.actors),
    sanctioned: lists.flatMap(([, { tags }]) => tags),
  }
}

async function contentsOf(folder: string, names: RegExp): Promise<readonly (readonly [string, TagFileContent])[]> {
  const files = readdirSync(folder)
    .filter((name) => names.test(name))
    .sort()
  return Promise.all(
    files.map(async (name) => [name, orStop(parseTagFile(orStop(await readTagFile(join(folder, name)))))] as const),
  )
}
