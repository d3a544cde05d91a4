/** What a case holds, as the mapping to a package takes it: values only, read beforehand by `gather.ts`. */
import type {
  CaseBody,
  DecisionContent,
  ItemBody,
  OrderContent,
  PersonContent,
  VictimContent,
  WalletContent,
} from '../../casework/index.ts'
import type { CustodianBody, CustodyEvent, Exhibit, ExhibitBody, StatementBody } from '../../evidence/custody/index.ts'
import type { Protected } from '../../kernel/index.ts'

/** A record that the one who hands out may read. */
export type Kept<B> = {
  readonly id: string
  readonly body: B
  /** The policies let it leave the house (`exportRecord`). */
  readonly leaves: boolean
  /** Somebody else gave it to us: the third-party rule holds. */
  readonly received: boolean
}

export type KeptExhibit = Kept<ExhibitBody> & {
  readonly exhibit: Exhibit
  readonly events: readonly CustodyEvent[]
  /** Of the bytes in the vault; `null` where they are not there. */
  readonly size: number | null
}

/** Kinds of items that the package has no place for. */
export const placelessKinds = ['task', 'note', 'event', 'request'] as const
export type PlacelessKind = (typeof placelessKinds)[number]
/** Of their texts those that could be quoted elsewhere. */
export type PlacelessBody = Protected & {
  readonly content?: Partial<Readonly<Record<'text' | 'what' | 'about' | 'note', string>>>
}

export type CaseContents = {
  readonly caseId: string
  readonly case: CaseBody
  readonly persons: readonly Kept<ItemBody<PersonContent>>[]
  readonly wallets: readonly Kept<ItemBody<WalletContent>>[]
  readonly victims: readonly Kept<ItemBody<VictimContent>>[]
  readonly decisions: readonly Kept<ItemBody<DecisionContent>>[]
  readonly orders: readonly Kept<ItemBody<OrderContent>>[]
  readonly statements: readonly Kept<StatementBody>[]
  readonly exhibits: readonly KeptExhibit[]
  /** People outside who held exhibits, by id. */
  readonly custodians: readonly Kept<CustodianBody>[]
  /** Names of people of this node, by id: those who appear in the custody of an exhibit. */
  readonly names: ReadonlyMap<string, string>
  readonly placeless: Readonly<Record<PlacelessKind, readonly Kept<PlacelessBody>[]>>
}
