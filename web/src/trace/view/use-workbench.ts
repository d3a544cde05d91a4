/** What the workbench holds: the history of views, what is drawn, what is selected and marked. Kept in the browser for each trace. */
import { startTransition, useCallback, useEffect, useRef, useState } from 'react'
import type { Opened } from '../model/desk.ts'
import { begun, done, type Entry, goneTo, type History, viewOf } from '../model/history.ts'
import type { ViewTrouble } from '../model/keep-view.ts'
import type { Scene } from '../model/scene.ts'
import type { Act, View } from '../model/view.ts'
import type { Desk } from './use-desk.ts'

const KEPT = 50

export type Workbench = {
  readonly history: History
  readonly view: View
  readonly scene: Scene | null
  readonly selected: number | null
  readonly marked: readonly number[]
  /** A view that was kept here was brought back, or came with a link. */
  readonly brought: 'kept' | 'link' | ViewTrouble | null
  readonly select: (node: number | null) => void
  readonly mark: (node: number) => void
  readonly clearMarks: () => void
  readonly act: (act: Act) => Promise<void>
  readonly undo: () => void
  readonly redo: () => void
  readonly goTo: (entry: number) => void
  readonly take: (view: View) => void
  readonly forget: () => void
}

export function useWorkbench(
  id: string,
  ask: Desk,
  opened: Opened,
  link: string | null,
  first: number | null,
): Workbench {
  const [history, setHistory] = useState<History>(() => begun(opened.first))
  const [scene, setScene] = useState<Scene | null>(null)
  const [selected, setSelected] = useState<number | null>(first)
  const [marked, setMarked] = useState<readonly number[]>([])
  const [brought, setBrought] = useState<Workbench['brought']>(null)
  const latest = useRef(history)
  latest.current = history
  const isReady = useRef(false)
  const view = viewOf(history)

  // A link goes before what is kept here: whoever sends it wants it seen.
  useEffect(() => {
    let isOver = false
    const start = async () => {
      if (link !== null && link !== '') {
        const found = await ask('fromLink', { text: link })
        if (isOver) return
        if (typeof found === 'string') setBrought(found)
        else {
          setHistory(
            done(begun(opened.first), { view: found.view, act: 'open', count: found.view.shown.length, node: null }),
          )
          setSelected(found.selected)
          setBrought('link')
        }
      } else {
        const kept = await restored(id, ask, opened.first)
        if (isOver) return
        if (kept) {
          setHistory(kept)
          if (kept.entries.length > 1) setBrought('kept')
        }
      }
      isReady.current = true
    }
    void start()
    return () => {
      isOver = true
    }
  }, [id, ask, opened, link])

  useEffect(() => {
    let isOver = false
    void ask('scene', { view }).then((next) => isOver || startTransition(() => setScene(next)))
    return () => {
      isOver = true
    }
  }, [ask, view])

  useEffect(() => {
    if (isReady.current) keep(id, history)
  }, [id, history])

  const act = useCallback(
    async (one: Act) => {
      const before = viewOf(latest.current)
      const { view: after } = await ask('act', { view: before, act: one })
      // Nothing new came of it: no entry, so that undo always takes something back.
      if (sameView(before, after)) return
      const entry: Entry = { view: after, act: one.kind, ...sizeOf(one, before, after) }
      setHistory((current) => done(current, entry))
      setMarked([])
    },
    [ask],
  )
  const go = useCallback(
    (step: (history: History) => number) => setHistory((current) => goneTo(current, step(current))),
    [],
  )
  return {
    ...{ history, view, scene, selected, marked, brought, act },
    select: setSelected,
    mark: useCallback(
      (node: number) =>
        setMarked((current) => (current.includes(node) ? current.filter((one) => one !== node) : [...current, node])),
      [],
    ),
    clearMarks: useCallback(() => setMarked([]), []),
    undo: useCallback(() => go(({ now }) => now - 1), [go]),
    redo: useCallback(() => go(({ now }) => now + 1), [go]),
    goTo: useCallback((entry: number) => go(() => entry), [go]),
    take: useCallback(
      (next: View) =>
        setHistory((current) => done(current, { view: next, act: 'open', count: next.shown.length, node: null })),
      [],
    ),
    forget: useCallback(() => {
      setHistory(begun(opened.first))
      setBrought(null)
    }, [opened]),
  }
}

function sizeOf(act: Act, before: View, after: View): { readonly count: number; readonly node: number | null } {
  if (act.kind === 'expand' || act.kind === 'collapse')
    return { count: Math.abs(after.shown.length - before.shown.length), node: act.node }
  if ('nodes' in act) return { count: act.nodes.length, node: act.nodes[0] ?? null }
  return { count: Math.abs(after.shown.length - before.shown.length), node: null }
}

function sameView(a: View, b: View): boolean {
  return JSON.stringify({ ...a, lastExpansion: null }) === JSON.stringify({ ...b, lastExpansion: null })
}

function nameOf(id: string): string {
  return `comity.trace.${id}`
}

function keep(id: string, { entries, now }: History): void {
  const from = Math.max(0, Math.min(now, entries.length - KEPT))
  try {
    window.localStorage.setItem(
      nameOf(id),
      JSON.stringify({ entries: entries.slice(from, from + KEPT), now: now - from }),
    )
  } catch {
    // A browser that keeps nothing: the view is lost with the page, as it says where it is kept.
  }
}

async function restored(id: string, ask: Desk, first: View): Promise<History | null> {
  try {
    const kept = JSON.parse(window.localStorage.getItem(nameOf(id)) ?? 'null') as History | null
    if (!kept || !Array.isArray(kept.entries) || kept.entries.length === 0) return null
    const entries: Entry[] = []
    for (const entry of kept.entries) {
      const view = await ask('sound', { value: entry.view })
      if (!view) return null
      entries.push({ ...entry, view })
    }
    const now = Math.min(Math.max(0, Number(kept.now) || 0), entries.length - 1)
    return { entries: entries.length > 0 ? entries : [{ view: first, act: null, count: 0, node: null }], now }
  } catch {
    return null
  }
}
