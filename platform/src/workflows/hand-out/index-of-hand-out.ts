/** The index of the exhibits of a hand-out, for a reader with paper: of what was released, and of nothing else. Pure. */
import type { ExhibitBundle, LetterTime } from '../../casework/letter/index.ts'
import type { CustodyEvent, EvidencePackage, Exhibit } from '../../evidence/formats/index.ts'

export type IndexFacts = {
  readonly made: string
  readonly zone: string
  readonly training: boolean
  readonly checkpoint: { readonly origin: string; readonly size: string; readonly root: string } | null
}

/** What was withheld from this audience, or never stated, is printed as this. */
const NOT_STATED = '–'
/** The case does not say in which language its texts are (BCP 47: undetermined). */
const LANGUAGE = 'und'

export function indexOfHandOut(pack: EvidencePackage, { made, zone, training, checkpoint }: IndexFacts): ExhibitBundle {
  const at = (instant: string): LetterTime => ({ instant, zone })
  const partyById = new Map(pack.parties.map((one) => [one.id, one]))
  const authorityById = new Map(pack.authorisations.map((one) => [one.id, one]))
  const nameOf = (id: string | null) => partyById.get(id ?? '')?.name ?? NOT_STATED
  const written = (text: string) => ({ language: LANGUAGE, text, translations: [] })
  return {
    id: pack.id,
    made: at(made),
    training,
    exhibits: pack.exhibits.flatMap((exhibit) => {
      if (exhibit.sha256 === null) return []
      return [
        {
          number: exhibit.exhibitNumber ?? NOT_STATED,
          description: written(exhibit.description ?? NOT_STATED),
          sha256: exhibit.sha256,
          acquirer: nameOf(exhibit.acquirer),
          authority: authorityById.get(exhibit.authority ?? '')?.identifier ?? NOT_STATED,
          place: exhibit.place,
          acquired: at(stated(exhibit.acquiredAt)),
          custody: custodyOf(exhibit),
        },
      ]
    }),
    checkpoint: checkpoint && { ...checkpoint, at: at(made) },
  }

  function custodyOf({ id }: Exhibit) {
    return pack.custody
      .filter(({ exhibit }) => exhibit === id)
      .map((event) => ({
        at: at(stated(event.start)),
        what: written(wordsOf(event)),
        by: nameOf(event.actor),
        place: event.place,
      }))
  }

  function wordsOf({ type, counterpart, remarks }: CustodyEvent): string {
    const other = counterpart === null ? null : `${type === 'released' ? 'to' : 'from'} ${nameOf(counterpart)}`
    const said = [type, other, remarks].filter((one) => one !== null)
    return said.length === 0 ? NOT_STATED : said.join('; ')
  }
}

/** Instants are never withheld, and every exhibit and every act of a case has its own. */
function stated(instant: string | null): string {
  if (instant === null) throw new Error('an exhibit or an act of custody without its time')
  return instant
}
