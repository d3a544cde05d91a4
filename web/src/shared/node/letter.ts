/** The letter of a request in one of its languages, as the node draws it: pages as a picture, or the file. A refusal is told as any other. */
import type { Problem } from '../request.ts'
import { saveFile } from '../save-file.ts'
import { Refusal } from './node.tsx'

export async function fetchLetter(as: 'svg' | 'pdf', id: string, language: string): Promise<Blob> {
  const answer = await fetch(`/v1/request/letter.${as}?${new URLSearchParams({ id, language })}`, {
    credentials: 'same-origin',
  })
  if (!answer.ok) throw new Refusal((await answer.json()) as Problem)
  return answer.blob()
}

export async function saveLetter(id: string, language: string): Promise<void> {
  saveFile(`request-${id}-${language}.pdf`, await fetchLetter('pdf', id, language))
}
