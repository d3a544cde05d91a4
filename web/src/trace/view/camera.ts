/** Moves and enlarges a picture by one transform, past React: a drag costs no drawing of anything else. */
import { type RefObject, useCallback, useEffect, useRef } from 'react'
import type { Box } from './geometry.ts'

export type Camera = {
  readonly frame: RefObject<HTMLDivElement | null>
  readonly world: RefObject<SVGGElement | null>
  /** All of it, where it can then still be read; else from the side that is read first. */
  readonly fit: (box: Box, isRtl: boolean) => void
  readonly move: (dx: number, dy: number) => void
  readonly zoom: (by: number) => void
  /** Moves as little as it must until the box is seen. */
  readonly show: (box: Box) => void
}

const LEAST = 0.08
const LEGIBLE = 0.55
const MOST = 3

export function useCamera(): Camera {
  const frame = useRef<HTMLDivElement>(null)
  const world = useRef<SVGGElement>(null)
  const at = useRef({ x: 20, y: 20, k: 1 })
  const drag = useRef<{ id: number; x: number; y: number } | null>(null)
  const apply = useCallback(() => {
    const { x, y, k } = at.current
    world.current?.setAttribute('transform', `translate(${x} ${y}) scale(${k})`)
  }, [])
  const zoomAt = useCallback(
    (by: number, cx: number, cy: number) => {
      const { x, y, k } = at.current
      const next = Math.min(MOST, Math.max(LEAST, k * by))
      at.current = { k: next, x: cx - ((cx - x) * next) / k, y: cy - ((cy - y) * next) / k }
      apply()
    },
    [apply],
  )
  const size = useCallback(() => {
    const { width = 800, height = 500 } = frame.current?.getBoundingClientRect() ?? {}
    return { width, height }
  }, [])
  const fit = useCallback(
    (box: Box, isRtl: boolean) => {
      const { width, height } = size()
      const whole = Math.min((width - 24) / box.width, (height - 24) / box.height)
      const k = Math.min(1.1, Math.max(LEGIBLE, whole))
      const x = (width - box.width * k) / 2 - box.x * k
      const first = isRtl ? width - 12 - (box.x + box.width) * k : 12 - box.x * k
      at.current = { k, x: box.width * k > width - 24 ? first : x, y: (height - box.height * k) / 2 - box.y * k }
      apply()
    },
    [apply, size],
  )
  const show = useCallback(
    (box: Box) => {
      const { width, height } = size()
      const { x, y, k } = at.current
      const [left, top, right, bottom] = [
        box.x * k + x,
        box.y * k + y,
        (box.x + box.width) * k + x,
        (box.y + box.height) * k + y,
      ]
      const dx = left < 12 ? 12 - left : right > width - 12 ? width - 12 - right : 0
      const dy = top < 12 ? 12 - top : bottom > height - 12 ? height - 12 - bottom : 0
      if (dx === 0 && dy === 0) return
      at.current = { k, x: x + dx, y: y + dy }
      apply()
    },
    [apply, size],
  )
  useEffect(() => {
    const element = frame.current
    if (!element) return
    const down = (event: PointerEvent) => {
      if (event.button !== 0) return
      drag.current = { id: event.pointerId, x: event.clientX, y: event.clientY }
    }
    const move = (event: PointerEvent) => {
      const held = drag.current
      if (!held || held.id !== event.pointerId) return
      at.current = { ...at.current, x: at.current.x + event.clientX - held.x, y: at.current.y + event.clientY - held.y }
      drag.current = { ...held, x: event.clientX, y: event.clientY }
      apply()
    }
    const up = () => {
      drag.current = null
    }
    const wheel = (event: WheelEvent) => {
      // As in maps: with a key the wheel enlarges, without it the page moves on.
      if (!event.ctrlKey && !event.metaKey) return
      event.preventDefault()
      const { left, top } = element.getBoundingClientRect()
      zoomAt(event.deltaY < 0 ? 1.15 : 1 / 1.15, event.clientX - left, event.clientY - top)
    }
    element.addEventListener('pointerdown', down)
    window.addEventListener('pointermove', move)
    window.addEventListener('pointerup', up)
    element.addEventListener('wheel', wheel, { passive: false })
    apply()
    return () => {
      element.removeEventListener('pointerdown', down)
      window.removeEventListener('pointermove', move)
      window.removeEventListener('pointerup', up)
      element.removeEventListener('wheel', wheel)
    }
  }, [apply, zoomAt])
  return {
    ...{ frame, world, fit, show },
    move: useCallback(
      (dx: number, dy: number) => {
        at.current = { ...at.current, x: at.current.x + dx, y: at.current.y + dy }
        apply()
      },
      [apply],
    ),
    zoom: useCallback(
      (by: number) => {
        const { width, height } = size()
        zoomAt(by, width / 2, height / 2)
      },
      [size, zoomAt],
    ),
  }
}
