/** What is signed is what is shown: its digest is computed here, by the node's own rule of canonical JSON, and compared before a key is asked. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ask } from '../shared/node/node.tsx'
import { proveNow, signWithKey } from '../shared/node/security-key.ts'
import type { Read } from './use-draft.ts'

/** The digest over what is on the screen; `null` as long as it is not computed. */
export function useShownDigest({ id, caseId, request }: Read): string | null {
  const { content, marking, submitted } = request
  const { data } = useQuery({
    queryKey: ['digest', id, content, marking, submitted],
    enabled: submitted !== null,
    queryFn: async () => {
      const { canonicalJson } = await import('../../../platform/src/kernel/index.ts')
      const { policies, needed } = submitted as NonNullable<typeof submitted>
      const shown = { format: 'comity-request/1', requestId: id, caseId, content, marking, policies, needed }
      const bytes = new TextEncoder().encode(canonicalJson(shown as never))
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
      return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')
    },
  })
  return data ?? null
}

type Approval = { readonly id: string; readonly digest: string; readonly version: number }

/** The policies let a proof count for five minutes; less than this left, and it is made anew. */
const PROOF_MS = 270_000

export function useApproving() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ id, digest, version }: Approval) => {
      const { session } = await ask('sessionRead', {})
      if (session?.signedInBy !== 'device-bound' || session.now - session.provenAt > PROOF_MS) await proveNow()
      const asked = await ask('approvalChallenge', { id })
      if (asked.digest !== digest) throw new Error('the node asks for another digest than the one over what is shown')
      const credential = await signWithKey({
        challenge: asked.challenge,
        rpId: window.location.hostname,
        userVerification: 'required',
      })
      return ask('approvalGive', { id, seen: version, digest, expiresAt: asked.expiresAt, credential } as never)
    },
    onSettled: () => client.invalidateQueries(),
  })
}
