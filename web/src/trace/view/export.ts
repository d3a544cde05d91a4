/** Pictures as files: the drawing with its colours of paper, and with title, legend, digest and parameters on it. */
import type { Head } from '../model/model.ts'

export type Caption = {
  readonly title: string
  readonly lines: readonly string[]
  readonly legend: readonly string[]
  readonly foot: string
}

const SVG = 'http://www.w3.org/2000/svg'
const STYLES = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linejoin',
  'paint-order',
  'stroke-opacity',
  'fill-opacity',
  'opacity',
  'font-size',
  'font-family',
  'font-weight',
] as const
const [MARGIN, LINE] = [24, 20]

/** The picture of this name on the screen as a file of its own; `null` where it is not shown. */
export function pictureAsSvg(
  which: string,
  caption: Caption,
): { readonly text: string; readonly width: number; readonly height: number } | null {
  const shown = document.querySelector<SVGSVGElement>(`svg[data-export="${which}"]`)
  if (!shown) return null
  const root = document.documentElement
  const theme = root.dataset.theme
  // On paper the colours are those of the light scheme; nothing is painted between these two lines.
  root.dataset.theme = 'light'
  try {
    return standAlone(shown, caption)
  } finally {
    if (theme === undefined) delete root.dataset.theme
    else root.dataset.theme = theme
  }
}

function standAlone(shown: SVGSVGElement, caption: Caption) {
  const world = shown.querySelector<SVGGElement>(':scope > g[transform]')
  const isMoved = shown.viewBox.baseVal === null || shown.viewBox.baseVal.width === 0
  const content = isMoved && world ? world : shown
  const box = isMoved && world ? world.getBBox() : shown.viewBox.baseVal
  const copy = document.createElementNS(SVG, 'g')
  for (const child of [...content.children]) copy.append(child.cloneNode(true))
  const from = [...content.querySelectorAll<SVGElement>('*')]
  const to = [...copy.querySelectorAll<SVGElement>('*')]
  from.forEach((element, index) => {
    const target = to[index]
    if (!target) return
    const style = getComputedStyle(element)
    for (const name of STYLES) {
      const value = style.getPropertyValue(name)
      if (value !== '' && value !== 'normal') target.setAttribute(name, value)
    }
    for (const { name } of [...target.attributes])
      if (name === 'class' || name === 'style' || name.startsWith('data-')) target.removeAttribute(name)
  })
  const head = caption.lines.length + 1
  const tail = caption.legend.length + 1
  const longest = Math.max(
    ...[caption.title, ...caption.lines, ...caption.legend, caption.foot].map(({ length }) => length),
  )
  const width = Math.max(box.width + 2 * MARGIN, longest * 7.2 + 2 * MARGIN)
  const top = MARGIN + head * LINE + 16
  const height = top + box.height + 24 + tail * LINE + MARGIN
  const svg = document.createElementNS(SVG, 'svg')
  for (const [name, value] of Object.entries({ xmlns: SVG, width, height, viewBox: `0 0 ${width} ${height}` }))
    svg.setAttribute(name, String(value))
  const isRtl = document.documentElement.dir === 'rtl'
  const paper = document.createElementNS(SVG, 'rect')
  for (const [name, value] of Object.entries({ width, height, fill: '#ffffff' }))
    paper.setAttribute(name, String(value))
  const write = (text: string, y: number, size: number, weight = 400) => {
    const line = document.createElementNS(SVG, 'text')
    line.textContent = text
    const at = { x: isRtl ? width - MARGIN : MARGIN, y, fill: '#1a1f26', 'font-size': size, 'font-weight': weight }
    for (const [name, value] of Object.entries(at)) line.setAttribute(name, String(value))
    line.setAttribute('font-family', 'system-ui, "Noto Sans", sans-serif')
    line.setAttribute('direction', isRtl ? 'rtl' : 'ltr')
    return line
  }
  copy.setAttribute('transform', `translate(${MARGIN - box.x} ${top - box.y})`)
  svg.append(
    paper,
    write(caption.title, MARGIN + 8, 17, 700),
    ...caption.lines.map((line, index) => write(line, MARGIN + 12 + (index + 1) * LINE, 12)),
    copy,
    ...[...caption.legend, caption.foot].map((line, index) => write(line, top + box.height + 34 + index * LINE, 11)),
  )
  return {
    text: `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(svg)}\n`,
    width,
    height,
  }
}

/** As large as a printer needs it, as far as a canvas may be. */
export async function svgAsPng({
  text,
  width,
  height,
}: {
  readonly text: string
  readonly width: number
  readonly height: number
}): Promise<Blob> {
  const scale = Math.min(3, 8000 / width, 8000 / height)
  const address = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }))
  try {
    const image = new Image()
    image.src = address
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(width * scale)
    canvas.height = Math.round(height * scale)
    const context = canvas.getContext('2d')
    if (!context) throw new Error('canvas')
    context.drawImage(image, 0, 0, canvas.width, canvas.height)
    return await new Promise<Blob>((resolve, reject) =>
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('canvas'))), 'image/png'),
    )
  } finally {
    URL.revokeObjectURL(address)
  }
}

export function fileName({ rule, digest }: Head, ending: string): string {
  return `trace-${rule.id}-${digest.slice(0, 12)}${ending}`
}
