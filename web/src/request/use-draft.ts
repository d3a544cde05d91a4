/**
 * A request while it is written. What is written is kept in this browser at once and at the node a moment later, each version on the
 * one before; where somebody else has changed it meanwhile, nobody's words are lost without being asked.
 */
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { act, ask, Refusal, type ResultOf } from '../shared/node/node.tsx'
import type { Content } from './first-draft.ts'
import { isFilled } from './form-paths.ts'
import { forget, keep, kept } from './kept-draft.ts'

export type Read = ResultOf<'requestRead'>
export type Saving =
  | { readonly is: 'saved'; readonly at: number | null }
  | { readonly is: 'waiting' | 'saving' | 'incomplete' }
  | { readonly is: 'refused' | 'conflict'; readonly error: unknown }

const PAUSE_MS = 900

export function useDraft(read: Read) {
  const { id } = read
  const client = useQueryClient()
  const [restored] = useState(() => kept(id, read.version))
  const [content, setContent] = useState<Content>(() => restored ?? (read.request.content as Content))
  const [saving, setSaving] = useState<Saving>({ is: restored ? 'waiting' : 'saved', at: null } as Saving)
  const version = useRef(read.version)
  const latest = useRef(content)
  const saved = useRef<Content>(read.request.content as Content)
  const running = useRef<Promise<boolean> | null>(null)

  const save = useCallback(async (): Promise<boolean> => {
    if (running.current) await running.current
    const next = latest.current
    if (next === saved.current) return true
    if (!isWritable(next)) {
      setSaving({ is: 'incomplete' })
      return false
    }
    setSaving({ is: 'saving' })
    running.current = (async () => {
      try {
        const written = await act('requestUpdate', { id, seen: version.current, content: withoutEmpty(next) })
        version.current = written.version
        saved.current = next
        if (latest.current === next) forget(id)
        setSaving({ is: 'saved', at: Date.now() })
        await client.invalidateQueries({ queryKey: ['requestCheck'] })
        return true
      } catch (thrown) {
        const isConflict = thrown instanceof Refusal && thrown.problem.code === 'VERSION_CONFLICT'
        setSaving({ is: isConflict ? 'conflict' : 'refused', error: thrown })
        return false
      } finally {
        running.current = null
      }
    })()
    return running.current
  }, [id, client])

  const change = useCallback((how: (before: Content) => Content) => {
    setContent((before) => {
      const next = how(before)
      latest.current = next
      return next
    })
    setSaving((before) => (before.is === 'conflict' ? before : { is: 'waiting' }))
  }, [])

  // `content` is what the pause is counted from.
  useEffect(() => {
    if (content === saved.current) return
    keep(id, version.current, content)
    const timer = setTimeout(() => void save(), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [content, id, save])

  /** After a conflict: our words over theirs, on their version. */
  const overwrite = async () => {
    const theirs = await ask('requestRead', { id })
    version.current = theirs.version
    await save()
  }
  /** After a conflict: theirs, and ours are given up. */
  const takeTheirs = async () => {
    const theirs = await ask('requestRead', { id })
    version.current = theirs.version
    saved.current = theirs.request.content as Content
    latest.current = saved.current
    forget(id)
    setContent(saved.current)
    setSaving({ is: 'saved', at: null })
  }
  return { content, change, saving, save, overwrite, takeTheirs, isRestored: restored !== null, version }
}

/** Fields that nobody has filled are not part of the request. */
function withoutEmpty(content: Content): Content {
  return { ...content, data: Object.fromEntries(Object.entries(content.data).filter(([, value]) => isFilled(value))) }
}

/** What the node takes as a draft: some things cannot be empty even there. */
export function isWritable({ facts, recipients, urgency, assets }: Content): boolean {
  return (
    facts.trim() !== '' &&
    recipients.length > 0 &&
    recipients.every(({ authority, country }) => authority.trim() !== '' && country !== '') &&
    (urgency === null || urgency.ground.trim() !== '') &&
    assets.every(({ chain, address }) => chain !== '' && address.trim() !== '')
  )
}
