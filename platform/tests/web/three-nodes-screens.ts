/** What people of the story do on the screens, each as somebody does who reads what stands there. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { type LanguageId, languages } from '../../../web/src/shared/language/languages.ts'
import { seenIn } from '../pages/node-with-browser.ts'
import { lookNow } from './screen-checks.ts'
import type { Actor } from './three-nodes-world.ts'
import { wordsIn } from './words.ts'

const repository = join(import.meta.dirname, '../../..')
/** The form of the freezing certificate as the story fills it in, by the paths of its fields. */
const annex: Readonly<Record<string, string | boolean>> = JSON.parse(
  readFileSync(join(repository, 'samples/story/annex-i.json'), 'utf8'),
)

export const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click()
/** By the path of a form, as `offence.conduct` or `items[0].location`. */
export const field = (page: Page, path: string) => page.locator(`#f-${path.replaceAll(/[^A-Za-z0-9]+/g, '-')}`)
export const idIn = (page: Page) => page.url().split('/').at(-1) as string

export async function fills(page: Page, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, value] of Object.entries(values)) await write(field(page, path), value)
}
async function write(place: Locator, value: string): Promise<void> {
  await place.waitFor()
  const isList = (await place.and(place.page().locator('select')).count()) === 1
  await (isList ? place.selectOption(value) : place.fill(value))
}

export type People = (name: string) => Actor

/** `wrong`: what is wrong with a screen that was looked at on the way. */
export function screensOf(of: People, wrong: string[]) {
  const looks = async (page: Page, name: string) => wrong.push(...(await lookNow(page, `story-${name}-en-light`)))

  async function opensCase(by: string, title: string, members: readonly string[]): Promise<string> {
    const page = await of(by).goes('/cases')
    await page.getByRole('link', { name: 'Open a case' }).first().click()
    await page.getByLabel('Title', { exact: true }).fill(title)
    await press(page, 'Open the case')
    await page.waitForURL(/\/cases\/[0-9a-f-]{36}\/intake$/)
    const caseId = /cases\/([0-9a-f-]{36})/.exec(page.url())?.[1] as string
    await addsMembers(by, caseId, members)
    return caseId
  }

  async function addsMembers(by: string, caseId: string, members: readonly string[]): Promise<void> {
    const page = await of(by).goes(`/cases/${caseId}`)
    await page.getByRole('link', { name: 'People', exact: true }).last().click()
    const list = page.getByLabel('Add a person', { exact: true })
    for (const name of members) {
      await list.selectOption(of(name).id)
      await press(page, 'Add to the case')
      await button(page, `Remove ${name} from the case`).waitFor()
    }
  }

  /** The file as an exhibit, with what the law of evidence asks; and as a trace of the case. Answers where the trace is. */
  async function keepsTrace(by: string, caseId: string, title: string, record: string): Promise<string> {
    const file = { name: 'ransom.json', mimeType: 'application/json', buffer: Buffer.from(record) }
    const page = await of(by).goes(`/cases/${caseId}/evidence`)
    await page.getByRole('link', { name: 'Add evidence' }).first().click()
    await page.getByLabel('Choose files').setInputFiles(file)
    await page.getByText('This is a trace record').waitFor()
    await page.getByLabel('What it is').fill(title)
    await page.getByLabel('What makes that person competent').fill('Certified in tracing')
    await page.getByLabel('By what right').fill('Order of the story')
    await page.getByLabel('Where', { exact: true }).fill('Rotterdam')
    await page.getByText('The same', { exact: true }).waitFor()
    await looks(page, 'exhibit-form')
    await press(page, 'Put on record')
    await page.getByText('On record as exhibit 1:').waitFor()
    await page.getByRole('link', { name: 'Traces', exact: true }).click()
    await page.getByLabel('Trace record', { exact: true }).setInputFiles(file)
    await press(page, 'Keep in the case')
    await page.waitForURL(/\/traces\/[0-9a-f-]{36}/)
    return new URL(page.url()).pathname.replace('/app', '')
  }

  /** From the end of the trace at a service to the draft of the certificate, its form filled in; answers its id. */
  async function draftsFreeze(by: string, tracePath: string, service: string, authority: string): Promise<string> {
    const page = await of(by).goes(`${tracePath}?view=table`)
    await page.locator('tr', { hasText: service }).getByRole('button').click()
    await press(page, 'Act on this: who, under which law, by when')
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('In which country can it be secured?').selectOption('DE')
    await dialog.getByLabel('Offence').selectOption('ransomware')
    await dialog.getByText('Reg. 2018/1805', { exact: true }).first().waitFor()
    await dialog.getByLabel('Authority asked').fill(authority)
    await dialog.getByLabel('Facts of the case').fill(annex.facts as string)
    await dialog.getByLabel('Urgency').selectOption('IMMINENT_DISSIPATION')
    await dialog.getByLabel('Why it cannot wait').fill('The coins can be moved within minutes.')
    await looks(page, 'act')
    await dialog.getByRole('button', { name: 'Draft the request' }).click()
    await page.waitForURL(/\/requests\/[0-9a-f-]{36}\/edit$/)
    const id = /requests\/([0-9a-f-]{36})/.exec(page.url())?.[1] as string
    await fillsAnnex(page)
    await looks(page, 'annex')
    return id
  }
  /** Only what is still open: what the node knows and what follows the request is there already. */
  async function fillsAnnex(page: Page): Promise<void> {
    await page.getByText(/^Saved \d/).waitFor()
    for (const [path, value] of Object.entries(annex)) {
      if (path === 'facts') continue
      const place = field(page, path)
      await place.waitFor()
      if ((await place.inputValue()) === '') await write(place, `${value}`)
    }
  }
  /** Checks the answers and submits them; leads on to the message that is to carry them. */
  async function submits(by: string, requestId: string): Promise<Page> {
    const page = await of(by).goes(`/requests/${requestId}/edit`)
    await page.getByRole('button', { name: 'Check', exact: true }).first().click()
    await page.getByRole('heading', { name: 'Check before you submit' }).waitFor()
    await looks(page, 'answers')
    await press(page, 'Submit for approval: request to Germany')
    await page.getByText(/^You have written this, at least in part\./).waitFor()
    await page.getByRole('link', { name: 'Send over the exchange' }).click()
    return page
  }

  async function approves(names: readonly string[], messagePath: string): Promise<void> {
    for (const [at, name] of names.entries()) {
      const page = await of(name).goes(messagePath)
      await press(page, 'Approve with your key')
      await page.getByText(`${at + 1} of 2`, { exact: true }).waitFor()
    }
  }
  async function sends(by: string, messagePath: string): Promise<Page> {
    const page = await of(by).goes(messagePath)
    await press(page, /^Send to /)
    await press(page, 'Send it now')
    await page.getByText('Received there', { exact: true }).waitFor({ timeout: 60_000 })
    return page
  }

  /** Opens the one new message of this kind, looks whether it is genuine, and takes it into a case of its own. */
  async function takesIn(by: string, kind: string, from: string): Promise<Page> {
    const page = await of(by).goes('/inbox')
    await page.getByRole('link', { name: kind }).click({ timeout: 60_000 })
    await page.getByText('Genuine', { exact: true }).waitFor()
    await page.getByText(`Signed by ${from}, with a key that the directory lists.`).waitFor()
    await press(page, 'Take the request in')
    await page.getByRole('heading', { name: 'Answer', exact: true }).waitFor()
    return page
  }
  async function answers(
    page: Page,
    act: string,
    send: string,
    reason: string | null,
    more?: () => Promise<void>,
  ): Promise<void> {
    await page.getByRole('button', { name: act, exact: true }).click()
    // By its name: while it is sent, its button says so and is called otherwise.
    const form = page.getByRole('form', { name: act, exact: true })
    if (more) await more()
    if (reason !== null) await form.getByLabel('In words').fill(reason)
    await form.getByRole('button', { name: send, exact: true }).click()
    await form.waitFor({ state: 'detached' })
  }

  /** What leaves the house of a case: the dossier of its messages, and the bundle of its evidence, as files in this folder. */
  async function exportsDossier(by: string, caseId: string, file: string): Promise<void> {
    const page = await of(by).goes(`/cases/${caseId}/messages`)
    await saves(page, 'Save the dossier', file)
  }
  async function exportsBundle(by: string, caseId: string, file: string): Promise<void> {
    const page = await of(by).goes(`/cases/${caseId}/evidence`)
    await saves(page, 'Make the bundle', file)
  }
  async function saves(page: Page, button: string, file: string): Promise<void> {
    const [download] = await Promise.all([page.waitForEvent('download'), press(page, button)])
    await download.saveAs(file)
  }

  return {
    ...{ opensCase, addsMembers, keepsTrace, draftsFreeze, submits },
    ...{ looks, approves, sends, takesIn, answers, exportsDossier, exportsBundle },
  }
}

/** Another language, from the menu at the top. */
export async function speaks(page: Page, from: LanguageId, to: LanguageId): Promise<void> {
  const nameOf = (id: LanguageId) => languages.find((one) => one.id === id)?.name ?? id
  await press(page, wordsIn(from)('shell.language').replace('{name}', nameOf(from)))
  await page.getByRole('menuitemradio', { name: nameOf(to) }).click()
  await page.locator(`html[lang^=${to}]`).waitFor()
}

/** The verdict on a bundle, as the page has it that needs no account. */
export async function judgedOnScreen(page: Page, bundle: string, trust: string, wrong: string[]): Promise<string> {
  await page.getByLabel('Journals and witnesses').fill(trust)
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), press(page, 'Choose a file')])
  await chooser.setFiles(bundle)
  await page.locator('.verdict, [role=alert]').first().waitFor()
  wrong.push(...(await lookNow(page, 'story-verdict-en-light')))
  const seen = await seenIn(page.locator('main'))
  await press(page, 'Check another one')
  return seen
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
