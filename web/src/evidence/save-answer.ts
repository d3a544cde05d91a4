/** Fetches a file that the node makes, and hands it to the user's downloads; a refusal is told as any other. */

import { Refusal } from '../shared/node/node.tsx'
import { proveNow } from '../shared/node/security-key.ts'
import type { Problem } from '../shared/request.ts'

export async function saveAnswer(path: string, body: object, name: string): Promise<void> {
  const send = () =>
    fetch(path, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  let answer = await send()
  if (!answer.ok) {
    const problem = (await answer.json()) as Problem
    if (problem.code !== 'PROOF_NEEDED') throw new Refusal(problem)
    await proveNow()
    answer = await send()
    if (!answer.ok) throw new Refusal((await answer.json()) as Problem)
  }
  save(await answer.blob(), name)
}

/** The bytes of an exhibit, by a ticket that is good once. */
export async function saveExhibit(ticket: string, name: string): Promise<void> {
  const answer = await fetch('/v1/exhibit/content', {
    credentials: 'same-origin',
    headers: { 'exhibit-ticket': ticket },
  })
  if (!answer.ok) throw new Refusal((await answer.json()) as Problem)
  save(await answer.blob(), name)
}

function save(content: Blob, name: string): void {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
