/** Buttons for what a hand does by dragging: move in four directions, enlarge, make smaller, show all. */
import type { MessageId } from '../../shared/language/message-ids.ts'
import { useSay } from '../../shared/language/speak.tsx'
import type { Camera } from './camera.ts'

const STEP = 120

export function PictureTools({ camera, onFit }: { readonly camera: Camera; readonly onFit: () => void }) {
  const say = useSay()
  const tools: readonly [MessageId, string, () => void][] = [
    ['trace.tool.zoom-in', '+', () => camera.zoom(1.25)],
    ['trace.tool.zoom-out', '−', () => camera.zoom(0.8)],
    ['trace.tool.fit', '⤢', onFit],
    ['trace.tool.left', '←', () => camera.move(STEP, 0)],
    ['trace.tool.right', '→', () => camera.move(-STEP, 0)],
    ['trace.tool.up', '↑', () => camera.move(0, STEP)],
    ['trace.tool.down', '↓', () => camera.move(0, -STEP)],
  ]
  return (
    <fieldset className="trace-tools no-print" aria-label={say('trace.tool.group')} dir="ltr">
      {tools.map(([id, sign, press]) => (
        <button key={id} type="button" className="trace-tool" aria-label={say(id)} title={say(id)} onClick={press}>
          <span aria-hidden="true">{sign}</span>
        </button>
      ))}
    </fieldset>
  )
}
