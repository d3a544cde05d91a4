/** Reads the file of an exhibit as a package, and what the case knows already of its contents. */
import { type AddressGate, assetRef, type CaseBody, everyRecord, ports, readQuestion } from '../../casework/index.ts'
import { shippedChainPacks } from '../../chains/index.ts'
import { type ExhibitBody, exhibitInCase } from '../../evidence/custody/index.ts'
import {
  type AssetNote,
  type Defect,
  type EvidencePackage,
  type FormatManifest,
  type ImportDesk,
  importCase,
  importFtm,
  importMisp,
  importPackage,
  importStix,
} from '../../evidence/formats/index.ts'
import type { VaultContent, VaultObject, VaultStore } from '../../evidence/vault/index.ts'
import {
  type ActionContext,
  amber,
  bytesToHex,
  concatBytes,
  type Marking,
  ok,
  type Result,
  refuse,
  sha256,
} from '../../kernel/index.ts'
import { type IntakeBody, type IntakeFormat, LARGEST_INTAKE, type MadeItem, MOST_ROWS, MOST_TAKEN } from './intake.ts'
import { type IntakePlan, originKey, planIntake } from './plan-intake.ts'

export type IntakeInput = {
  readonly caseId: string
  readonly exhibitId: string
  readonly format: IntakeFormat
  readonly marking?: Marking
}

export type ReadIntake = IntakePlan & {
  readonly package: EvidencePackage
  readonly sha256: string
  readonly exhibitMarking: Marking
  readonly formatManifest: FormatManifest | null
  readonly defects: readonly Defect[]
}

export async function readIntake(context: ActionContext, input: IntakeInput): Promise<Result<ReadIntake>> {
  const { caseId, exhibitId, format, marking: unmarked = amber } = input
  const found = await exhibitInCase(context, caseId, exhibitId)
  if (!found.ok) return found
  const record = await context.records.get<ExhibitBody>('exhibit', exhibitId)
  const opened = await context.records.get<CaseBody>('case', caseId)
  if (!record || !opened) throw new Error('a permitted exhibit has no record')
  const place = `exhibit/${exhibitId}`
  const { vaultObject } = found.value
  const object = vaultObject === null ? null : await context.port<VaultStore>('vault').object(vaultObject)
  if (object === null)
    return refuse('EXHIBIT_NOT_IN_VAULT', 'The exhibit has no bytes in the vault.', {
      place,
      fix: 'Upload the file as an exhibit of its own.',
    })
  if (object.size > LARGEST_INTAKE)
    return tooLarge(`The file has ${object.size} bytes; at most ${LARGEST_INTAKE} are read at once.`, place)
  const bytes = await bytesOf(context, object)
  const read = readPackage(format, bytes, deskOf(context))
  if (!read.ok) return { ok: false, refusal: { place, ...read.refusal } }
  const { package: pack, defects, manifest } = read.value
  const rows = Object.values(pack).reduce((sum: number, list) => sum + (Array.isArray(list) ? list.length : 0), 0)
  if (rows > MOST_ROWS) return tooLarge(`The file holds ${rows} items; at most ${MOST_ROWS} are read at once.`, place)
  const plan = planIntake(pack, {
    actor: context.actor.id,
    exhibit: { id: exhibitId, marking: record.body.marking },
    unmarked,
    purposes: opened.body.access.purposes,
    knownByOrigin: await knownByOrigin(context, caseId, pack),
    walletByAsset: await walletByAsset(context, caseId, pack),
  })
  if (plan.items.length > MOST_TAKEN)
    return tooLarge(`The file would add ${plan.items.length} items; at most ${MOST_TAKEN} are taken in at once.`, place)
  return ok({
    ...plan,
    package: pack,
    sha256: object.sha256,
    exhibitMarking: record.body.marking,
    formatManifest: manifest,
    defects,
  })
}

function tooLarge(message: string, place: string) {
  return refuse('INTAKE_TOO_LARGE', message, { place, fix: 'Split the file at its source, and take in each part.' })
}

async function bytesOf(context: ActionContext, object: VaultObject): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  for await (const piece of context.port<VaultContent>('vault-content').read(object)) pieces.push(piece)
  const bytes = concatBytes(...pieces)
  if (bytesToHex(sha256(bytes)) !== object.sha256) throw new Error(`the vault gave other bytes for ${object.id}`)
  return bytes
}

/** The gate of this node, and the assets that it knows by their symbols. */
function deskOf(context: ActionContext): ImportDesk {
  const gate = context.port<AddressGate>(ports.addresses)
  return {
    gate: (chain, address) => {
      const read = gate.parse(chain, address)
      return read.ok ? ok(read.value.address) : read
    },
    assets: shippedChainPacks.map(
      ({ asset: { caip19, symbol, decimals } }): AssetNote => ({ asset: caip19, symbol, decimals }),
    ),
  }
}

type ReadPackage = {
  readonly package: EvidencePackage
  readonly defects: readonly Defect[]
  readonly manifest: FormatManifest | null
}

function readPackage(format: IntakeFormat, bytes: Uint8Array, desk: ImportDesk): Result<ReadPackage> {
  switch (format) {
    case 'package': {
      const read = importPackage(bytes, desk)
      return read.ok ? ok({ ...read.value, manifest: null }) : read
    }
    case 'case':
      return importCase(bytes, desk)
    case 'stix':
      return importStix(bytes, desk)
    case 'misp':
      return importMisp(bytes, desk)
    case 'followthemoney':
      return importFtm(bytes, desk)
  }
}

/** What was taken in before, as far as the actor may read it: of the rest nothing is told, not even that it is there. */
async function knownByOrigin(
  context: ActionContext,
  caseId: string,
  pack: EvidencePackage,
): Promise<ReadonlyMap<string, MadeItem>> {
  const wanted = new Set(
    (['parties', 'wallets', 'transfers', 'statements'] as const).flatMap((list) =>
      pack[list].map(({ id }) => originKey(list, id)),
    ),
  )
  const known = new Map<string, MadeItem>()
  for (const { body } of await everyRecord<IntakeBody>(context, 'intake', caseId))
    for (const made of body.made)
      if (wanted.has(originKey(made.list, made.origin)) && (await context.may(readQuestion(made))))
        known.set(originKey(made.list, made.origin), made)
  return known
}

async function walletByAsset(
  context: ActionContext,
  caseId: string,
  { wallets }: EvidencePackage,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  for (const ref of new Set(wallets.map(assetRef)))
    for (const wallet of await context.records.find('wallet', 'asset', ref))
      if (wallet.caseId === caseId && !found.has(ref) && (await context.may(readQuestion(wallet))))
        found.set(ref, wallet.id)
  return found
}
