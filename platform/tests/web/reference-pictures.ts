/**
 * Pictures of screens as they were looked at by people (`web/screens/`), and how far a screen of today is from its own. What changes at
 * every run (times, identifiers) is small in a picture; a part that is gone, moved or unreadable is not. Made anew where
 * COMITY_REFERENCES=write is set: look at them before they are committed. Compared where COMITY_REFERENCES=compare is set, by somebody
 * who looks at what differs: what is due by what hour stands on several screens, and another machine has other fonts.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'

const folder = fileURLToPath(new URL('../../../web/screens/', import.meta.url))

/** Cells of 20 by 20 pixels are compared by their mean light, 0 to 255. */
const CELL = 20
/** A cell differs where its light does by more than this. */
const LIGHT = 48
/** So much of all cells may differ: texts that change at every run, other fonts. */
const SHARE = 0.12

/** What differs from the reference, in words; `null` where nothing does, or nobody asked. */
export async function differsFromReference(page: Page, name: string): Promise<string | null> {
  if (process.env.COMITY_REFERENCES === undefined) return null
  // Where the band stays in sight, it would lie across the middle of a long picture.
  const top = await page.evaluate('const top = scrollY; scrollTo(0, 0); top')
  const picture = await page.screenshot({ fullPage: true, animations: 'disabled', type: 'jpeg', quality: 55 })
  await page.evaluate(`scrollTo(0, ${top})`)
  const path = `${folder}${name}.jpg`
  if (process.env.COMITY_REFERENCES === 'write') {
    mkdirSync(folder, { recursive: true })
    writeFileSync(path, picture)
    return null
  }
  if (!existsSync(path)) return `${name}: there is no reference picture (web/screens)`
  const share = await shareOfCells(page, readFileSync(path), picture)
  return share > SHARE ? `${name}: ${Math.round(share * 100)} % of the screen is not as its reference picture` : null
}

/** Compared by the browser itself, on an empty page: it decodes pictures and needs no library for it. */
async function shareOfCells(page: Page, one: Buffer, other: Buffer): Promise<number> {
  const bench = await page.context().newPage()
  try {
    const urls = [one, other].map((bytes) => `data:image/jpeg;base64,${bytes.toString('base64')}`)
    return (await bench.evaluate(`(async () => {
      const lights = async (url) => {
        const image = new Image()
        image.src = url
        await image.decode()
        const [columns, rows] = [Math.ceil(image.width / ${CELL}), Math.ceil(image.height / ${CELL})]
        const canvas = new OffscreenCanvas(columns, rows)
        const pen = canvas.getContext('2d')
        pen.imageSmoothingQuality = 'high'
        pen.drawImage(image, 0, 0, columns, rows)
        const { data } = pen.getImageData(0, 0, columns, rows)
        return { columns, rows, at: (x, y) => 0.3 * data[4 * (y * columns + x)] + 0.6 * data[4 * (y * columns + x) + 1] + 0.1 * data[4 * (y * columns + x) + 2] }
      }
      const [a, b] = [await lights(${JSON.stringify(urls[0])}), await lights(${JSON.stringify(urls[1])})]
      if (a.columns !== b.columns) return 1
      const rows = Math.max(a.rows, b.rows)
      let differing = Math.abs(a.rows - b.rows) * a.columns
      for (let y = 0; y < Math.min(a.rows, b.rows); y++)
        for (let x = 0; x < a.columns; x++) if (Math.abs(a.at(x, y) - b.at(x, y)) > ${LIGHT}) differing += 1
      return differing / (rows * a.columns)
    })()`)) as number
  } finally {
    await bench.close()
  }
}
