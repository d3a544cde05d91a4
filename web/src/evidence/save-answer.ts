/** Fetches a file that the node makes, and hands it to the user's downloads; a refusal is told as any other. */
import { Refusal, withProof } from '../shared/node/node.tsx'
import { type Problem, reached } from '../shared/request.ts'
import { saveFile } from '../shared/save-file.ts'

export type Saved = { readonly name: string; readonly content: Blob }

/** Under the name that the node gives it; under `name` where it gives none. */
export async function saveAnswer(path: string, body: object, name: string): Promise<Saved> {
  const send = () =>
    reached(
      fetch(path, {
        method: 'POST',
        credentials: 'same-origin',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    )
  const answer = await withProof(async () => {
    const sent = await send()
    if (!sent.ok) throw new Refusal((await sent.json()) as Problem)
    return sent
  })
  const [, given] = /filename="([^"]+)"/.exec(answer.headers.get('content-disposition') ?? '') ?? []
  const saved = { name: given ?? name, content: await answer.blob() }
  saveFile(saved.name, saved.content)
  return saved
}

/** The bytes of an exhibit, by a ticket that is good once. */
export async function saveExhibit(ticket: string, name: string): Promise<void> {
  const answer = await reached(
    fetch('/v1/exhibit/content', { credentials: 'same-origin', headers: { 'exhibit-ticket': ticket } }),
  )
  if (!answer.ok) throw new Refusal((await answer.json()) as Problem)
  saveFile(name, await answer.blob())
}
