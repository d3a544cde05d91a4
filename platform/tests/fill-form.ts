/**
 * Fills the form of a request from what its check says is wrong with it, as somebody does who has never seen the form: of every
 * field the check says what is wrong and how to write it. What the texts say is not what these tests are about.
 */
type Filled = Record<string, string | boolean>
type Checked = {
  readonly problems: readonly { readonly path: string; readonly message: string; readonly fix: string }[]
}

export async function fillForm(
  check: () => Promise<Checked>,
  update: (data: Filled) => Promise<void>,
): Promise<Filled> {
  const data: Filled = {}
  for (let round = 0; round < 12; round++) {
    await update(data)
    const { problems } = await check()
    if (problems.length === 0) break
    for (const { path, message, fix } of problems)
      data[path.replace(/^\/?(content\/)?data\//, '').replaceAll('[]', '[0]')] = valueFor(`${message} ${fix}`)
  }
  return data
}

function valueFor(words: string): string | boolean {
  const [, codes] = /Choose from: ([A-Z0-9_, -]+)/.exec(words) ?? []
  if (codes !== undefined) return codes.split(',')[0]?.trim() ?? ''
  if (words.includes('Write true or false')) return true
  const [, example] =
    /, as ([A-Za-z0-9@:. -]+?)\.?$|as (2026-11-25)\.$|as (name@[a-z.]+)\.$/.exec(words)?.filter(Boolean) ?? []
  if (example !== undefined) return example
  if (words.includes('Write digits only')) return '1000'
  if (words.includes('Write it with +')) return '+31 10 888 8888'
  return 'As stated in the annex'
}
