/** The files that were dropped on a page: one zip file, or everything below one folder, each under its path in it. */
import type { DirectoryDropItem, DropItem, FileDropItem } from 'react-aria-components'

export async function filesOfDrop(items: readonly DropItem[]): Promise<File[]> {
  const files: File[] = []
  for (const item of items)
    if (item.kind === 'file') files.push(await (item as FileDropItem).getFile())
    else if (item.kind === 'directory') await below(item as DirectoryDropItem, item.name, files)
  return files
}

async function below(folder: DirectoryDropItem, path: string, files: File[]): Promise<void> {
  for await (const entry of folder.getEntries()) {
    const name = `${path}/${entry.name}`
    if (entry.kind === 'directory') await below(entry, name, files)
    else files.push(named(await entry.getFile(), name))
  }
}

/** A dropped file bears its name only; where it lay goes along with it. */
function named(file: File, path: string): File {
  Object.defineProperty(file, 'webkitRelativePath', { value: path })
  return file
}
