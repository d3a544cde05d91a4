/** `comity-verify dossier FILE --directory FOLDER [--root-sha256 HEX]`: messages between agencies, with the directory alone. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type CheckedItem, type DossierVerdict, judgeDossier, readDossier } from '../exchange/dossier/index.ts'
import { checkEd25519, checkJwk } from '../kernel/crypto/index.ts'

export type DossierAnswer = { readonly code: 0 | 1 | 2; readonly out: string; readonly err: string }

export async function verifyDossier(
  path: string,
  folder: string,
  rootSha256: string | null,
  asJson: boolean,
): Promise<DossierAnswer> {
  const no = (err: string): DossierAnswer => ({ code: 2, out: '', err: `comity-verify: ${err}\n` })
  const bytes = await readFile(path).catch(() => null)
  if (bytes === null) return no(`${path} cannot be read`)
  const dossier = readDossier(bytes)
  if (!dossier.ok) return no(`${dossier.refusal.message} (${dossier.refusal.place})`)
  const judged = await judgeDossier(dossier.value, await publishedFiles(folder), rootSha256, {
    check: checkEd25519,
    checkJwk,
  })
  if (!judged.ok) return no(`${judged.refusal.message} (${folder})`)
  const { root, compared, ...verdict } = judged.value
  const out = asJson
    ? `${JSON.stringify({ root, compared, agency: dossier.value.agency, ...verdict }, null, 2)}\n`
    : textOf(verdict, root, compared)
  return { code: verdict.sound ? 0 : 1, out, err: '' }
}

/** The files of a published directory, by their paths in it; what is drafted there is nobody's business. */
async function publishedFiles(folder: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>()
  for (const part of ['', 'members/']) {
    const names = await readdir(join(folder, part)).catch((thrown: NodeJS.ErrnoException) => {
      if (thrown.code === 'ENOENT') return []
      throw thrown
    })
    for (const name of names)
      if (name.endsWith('.json')) files.set(`${part}${name}`, new Uint8Array(await readFile(join(folder, part, name))))
  }
  return files
}

function textOf({ sound, items, wrong }: DossierVerdict, root: string, compared: boolean): string {
  const line = (item: CheckedItem) => {
    const what = `${item.created ?? ''}  ${item.from ?? '?'} → ${item.to ?? '?'}  ${item.type ?? 'not readable'}`
    const more = `${item.receipt ?? 'no receipt'}${item.approvals > 0 ? `, ${item.approvals} approvals` : ''}`
    return [`${item.wrong.length === 0 ? '✓' : '✗'} ${what}  ${more}`, ...item.wrong.map((one) => `    ${one}`)].join(
      '\n',
    )
  }
  return [
    `The first root of the directory has the SHA-256 ${root}${compared ? '' : '\n  which was compared with nothing: give --root-sha256'}`,
    ...items.map(line),
    ...wrong.map((one) => `✗ ${one}`),
    sound
      ? `✓ ${items.length} messages, each signed, in its place, and receipted as shown`
      : '✗ not everything is right',
    '',
  ].join('\n')
}
