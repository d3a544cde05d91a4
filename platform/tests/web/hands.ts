/**
 * What people do on a screen, by one hand or the other: with the mouse, or with the keyboard alone. A claim that takes a hand and
 * words in a language is tried in each way without being written twice.
 */
import type { Locator, Page } from 'playwright-core'
import { reach } from './by-keyboard.ts'
import { wordsIn } from './words.ts'

export const ways = [
  ['mouse', 'en'],
  ['keyboard', 'en'],
  ['mouse', 'ar'],
  ['keyboard', 'ar'],
] as const

export type Way = (typeof ways)[number]

export type Hand = {
  press(wanted: Locator): Promise<void>
  /** Writes over what stands in a field. */
  write(field: Locator, text: string): Promise<void>
  /** Chooses by the value of the option. */
  choose(list: Locator, value: string): Promise<void>
  /** Gives the file that a control asks for. */
  give(control: Locator, file: string | { name: string; mimeType: string; buffer: Buffer }): Promise<void>
}

export function handOn(page: Page, by: Way[0]): Hand {
  const press =
    by === 'mouse'
      ? (wanted: Locator) => wanted.click()
      : async (wanted: Locator) => {
          await reach(page, wanted)
          // Enter does not move a choice, and the space does not follow a link.
          const isChoice = /^(checkbox|radio)$/.test((await wanted.getAttribute('type')) ?? '')
          await page.keyboard.press(isChoice ? 'Space' : 'Enter')
        }
  return {
    press,
    write: async (field, text) => {
      const isDay = (await field.getAttribute('type')) === 'date'
      if (isDay && by === 'mouse') {
        await field.fill(text)
        return
      }
      if (by === 'mouse') await field.click()
      else await reach(page, field)
      if (isDay) {
        // Part by part, as the browser of the tests has them: month, day, year.
        await page.keyboard.type(text.replace(/^(\d{4})-(\d\d)-(\d\d)$/, '$2$3$1'))
        if ((await field.inputValue()) !== text) throw new Error(`${text} could not be typed`)
        return
      }
      await page.keyboard.press('Control+A')
      await page.keyboard.insertText(text)
    },
    choose: async (list, value) => {
      if (by === 'mouse') {
        await list.selectOption(value)
        return
      }
      await reach(page, list)
      await page.keyboard.press('Home')
      for (let presses = 0; presses < 300; presses++) {
        if ((await list.inputValue()) === value) return
        await page.keyboard.press('ArrowDown')
      }
      throw new Error(`${value} is not in the list`)
    },
    give: async (control, file) => {
      const [chooser] = await Promise.all([page.waitForEvent('filechooser'), press(control)])
      await chooser.setFiles(file)
    },
  }
}

/** Words of the catalogues with their values put in, as the screen says them; plurals are not asked of it. */
export function sayIn(language: string): (id: string, values?: Readonly<Record<string, string>>) => string {
  const words = wordsIn(language)
  return (id, values = {}) => words(id).replaceAll(/\{(\w+)\}/g, (all, name: string) => values[name] ?? all)
}
