/** What a bundle holds, counted from the names of its files: docs/spec/bundle.md has one folder for each exhibit and request. */

export type BundleParts = {
  readonly files: number
  readonly exhibits: number
  readonly requests: number
  readonly traces: number
}

export async function partsOfBundle(zip: Blob): Promise<BundleParts> {
  const { BlobReader, configure, ZipReader } = await import('@zip.js/zip.js')
  // Our policy lets no page make workers from text.
  configure({ useWebWorkers: false })
  const reader = new ZipReader(new BlobReader(zip))
  const entries = await reader.getEntries()
  await reader.close()
  return countParts(entries.filter(({ directory }) => !directory).map(({ filename }) => filename))
}

/** `names`: as they are in the zip, below the one folder of the bundle. */
export function countParts(names: readonly string[]): BundleParts {
  const below = names.map((name) => name.split('/').slice(1))
  const count = (part: string) => new Set(below.filter(([first]) => first === part).map(([, second]) => second)).size
  return { files: names.length, exhibits: count('exhibits'), requests: count('requests'), traces: count('traces') }
}
