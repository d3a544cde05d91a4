/** What comparing needs of the node. */
export const ports = { partners: 'deconfliction-partners' } as const

/** The port `partners`: with whom this node may compare now, by the directory. */
export interface Partners {
  /** The id of this agency in the directory. */
  readonly me: string
  /** Members that publish a key for now and may be asked, in the order of their ids; without this one. */
  comparable(): readonly string[]
  /** How many elements this agency may ask each of them in a day, by its own card. */
  elementsADay(): number
}
