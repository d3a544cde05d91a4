/** FollowTheMoney entities, ours or those of OpenSanctions and Aleph, into an evidence package. */
import { catchRefusal, type Result, stop } from '../../../kernel/index.ts'
import { type BuiltPackage, buildPackage, type Defect, defect, type ImportDesk } from '../build-package.ts'
import type { Row } from '../fields.ts'
import { type FormatManifest, lossBook } from '../manifest.ts'
import { readBagText, readMarkingLine } from '../marking-line.ts'
import { type ObjectReader, objectReader } from '../object-reader.ts'
import { isObject, readJsonLines } from '../read-json.ts'
import { assetBySymbol, onlyChain } from '../symbols.ts'
import { COMITY_NAMESPACE, uuidFrom, uuidV5 } from '../uuid.ts'
import { NOT_NAMED } from './export-ftm.ts'

export type ImportedFtm = BuiltPackage & { readonly manifest: FormatManifest }

type Entity = { readonly id: string; readonly schema: string; readonly properties: ObjectReader }

export function importFtm(bytes: Uint8Array, desk: ImportDesk): Result<ImportedFtm> {
  const read = readJsonLines(bytes)
  if (!read.ok) return read
  return catchRefusal(() => {
    const book = lossBook()
    const entities = read.value.map(({ line, value }): Entity => {
      const [id, schema, properties] = isObject(value)
        ? [value.get('id'), value.get('schema'), value.get('properties')]
        : []
      if (typeof id !== 'string' || typeof schema !== 'string' || !isObject(properties))
        return stop('FORMATS_NOT_THIS_FORMAT', `Line ${line} is not an entity with id, schema and properties.`, {
          place: `line ${line}`,
          fix: 'Choose the right format.',
        })
      for (const name of properties.keys()) refuseKey(name, line)
      return { id: uuidFrom(id), schema, properties: objectReader(properties, schema.slice(0, 60), book) }
    })
    const defects: Defect[] = []
    const markings = new Map<unknown, Row>()
    const markingOf = (one: Entity, property: string): string | null => {
      for (const text of one.properties.texts(property, 'marking')) {
        const row = readMarkingLine(text)
        if (row && !markings.has(row.id)) markings.set(row.id, row)
        if (row) return String(row.id)
      }
      return null
    }
    const of = (...schemata: readonly string[]) => entities.filter(({ schema }) => schemata.includes(schema))
    const parties = of('LegalEntity', 'Person', 'Company', 'Organization', 'PublicBody').map((one) =>
      partyRow(one, markingOf(one, 'notes')),
    )
    const notes = of('Note').flatMap((one) => noteRow(one, markingOf(one, 'notes')))
    const wallets = of('CryptoWallet').flatMap((one) => walletRow(one, desk, markingOf(one, 'notes'), defects))
    const notesByWallet = Map.groupBy(notes, ({ wallet }) => wallet)
    const accounts = of('CryptoWallet').flatMap((one) =>
      accountRows(one, notesByWallet.get(one.id) ?? [], markingOf(one, 'notes')),
    )
    const walletIds = new Set(of('CryptoWallet').map(({ id }) => id))
    const sanctions = of('Sanction').flatMap((one) => sanctionRow(one, walletIds, markingOf(one, 'description')))
    for (const one of entities) one.properties.noteRest('the package has no field for it')
    const built = buildPackage(
      {
        id: uuidV5(COMITY_NAMESPACE, entities.map(({ id }) => id).sort().join('\n')), // biome-ignore format: one line
        head: {},
        lists: {
          markings: [...markings.values()],
          parties,
          wallets,
          statements: [...notes, ...accounts, ...sanctions],
        },
        defects,
      },
      desk.gate,
    )
    return { ...built, manifest: book.manifest('import', 'followthemoney/3', []) }
  })
}

/** By its name alone, however it is written: not even an empty field for a key is let in. */
function refuseKey(name: string, line: number): void {
  if (name.toLowerCase().replace(/[^a-z]/g, '') !== 'privatekey') return
  stop('FORMATS_SECRET_KEY', `Line ${line} has a property for a private key; nothing of the file was read.`, {
    place: `line ${line}`,
    fix: 'Treat the key as compromised, seize by the protocol for keys, and ask for the file without it.',
  })
}

const first = (texts: readonly string[]): string | null => texts[0] ?? null
const named = (text: string | null) => (text === NOT_NAMED ? null : text)

function partyRow({ id, schema, properties }: Entity, marking: string | null): Row {
  return {
    id,
    marking,
    kind: schema === 'PublicBody' ? 'agency' : schema === 'Person' ? 'person' : 'company',
    name: named(first(properties.texts('name', 'parties[].name'))),
    role: first(properties.texts('summary', 'parties[].role')),
    country: first(properties.texts('country', 'parties[].country'))?.toUpperCase() ?? null,
  }
}

function walletRow({ id, properties }: Entity, desk: ImportDesk, marking: string | null, defects: Defect[]): Row[] {
  const address = first(properties.texts('publicKey', 'wallets[].address'))
  const names = properties.texts('name', 'wallets[].labels').filter((name) => name !== address)
  const symbols = [
    ...properties.texts('currency', 'wallets[].chain'),
    ...properties.texts('currencySymbol', 'wallets[].chain'),
  ]
  const summary = first(properties.texts('summary', 'wallets[].chain'))
  const stated = /^CAIP-2 (\S+)$/.exec(summary ?? '')?.[1]
  const chain =
    stated ?? assetBySymbol(symbols[0] ?? null, desk.assets)?.asset.split('/')[0] ?? onlyChain(address ?? '', desk)
  const holder = first(properties.texts('holder', 'wallets[].holder'))
  const keywords = properties.texts('keywords', 'wallets[].labels')
  if (chain === null) {
    defects.push(
      defect('FORMATS_CHAIN_UNKNOWN', 'left out, because neither its symbol nor its address names a chain', id),
    )
    return []
  }
  return [{ id, marking, chain, address, holder: holder && uuidFrom(holder), labels: [...names, ...keywords] }]
}

/** An account at an exchange that no note of ours explains: the exchange and the account as the wallet names them. */
function accountRows({ id, properties }: Entity, notes: readonly Row[], marking: string | null): Row[] {
  const services = [
    ...properties.texts('managingExchange', 'statements[].service'),
    ...properties.texts('mangingExchange', 'statements[].service'),
  ]
  const accounts = properties.texts('accountId', 'statements[].account')
  const explained = notes.filter(({ kind }) => kind === 'account-at')
  const open = services.filter((service) => !explained.some((note) => note.service === service))
  const free = accounts.filter((account) => !explained.some((note) => note.account === account))
  // Which account belongs to which exchange is said only where there is one of each.
  const account = open.length <= 1 && free.length === 1 ? (free[0] ?? null) : null
  const rows = open.length === 0 && account !== null ? [null] : open
  return rows.map((service) => ({
    id: uuidV5(COMITY_NAMESPACE, `${id} ${service} ${account}`),
    marking,
    wallet: id,
    kind: 'account-at',
    service,
    account,
  }))
}

function noteRow({ id, properties }: Entity, marking: string | null): Row[] {
  const bag = readBagText(first(properties.texts('description', '(fields of the item)')) ?? '')
  if (!bag) return []
  const wallet = first(properties.texts('entity', 'statements[].wallet'))
  const claim = named(first(properties.texts('name', 'statements[].claim')))
  return [{ ...bag, id, marking, claim, wallet: wallet && uuidFrom(wallet) }]
}

/** A sanction of a wallet. A sanction of a person is about that person, and the package speaks of wallets. */
function sanctionRow({ id, properties }: Entity, walletIds: ReadonlySet<string>, marking: string | null): Row[] {
  const target = first(properties.texts('entity', 'statements[].wallet'))
  const wallet = target && uuidFrom(target)
  if (wallet === null || !walletIds.has(wallet)) return []
  return [
    {
      id,
      marking,
      wallet,
      kind: 'sanctioned',
      claim: first(properties.texts('summary', 'statements[].claim')),
      listedBy: first(properties.texts('authority', 'statements[].listedBy')),
      listing: first(properties.texts('authorityId', 'statements[].listing')),
      basis: first(properties.texts('reason', 'statements[].basis')),
      validFrom: first(properties.texts('startDate', 'statements[].validFrom')),
      validTo: first(properties.texts('endDate', 'statements[].validTo')),
    },
  ]
}
