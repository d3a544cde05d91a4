/** Where a file lay in the folder that was chosen or dropped; its name where it came alone. */
export function pathOf(file: File): string {
  return file.webkitRelativePath || file.name
}
