/** A letter goes out of one node as PDF and comes into another as what it says: the text inside it is read back, whole. */
import { describe, expect, it } from 'vitest'
import { ports as casework, caseworkActions, type RequestBody } from '../../src/casework/index.ts'
import { orStop } from '../../src/kernel/index.ts'
import { holidayCalendars, packFolder, readPacks } from '../../src/legal/sources/index.ts'
import { renderLetter } from '../../src/node/export/letters.ts'
import { addressGate, legalPort } from '../../src/node/ports.ts'
import { recordWork } from '../../src/node/store/records.ts'
import { type CaseworkNode, caseworkNode } from '../../src/node/testing/casework-node.ts'
import { attached, popplerIsThere } from './poppler.ts'

const packs = orStop(readPacks(orStop(packFolder())))
const CHAIN = 'bip122:000000000019d6689c085ae165831e93'

/** With the shipped law, and addresses as chains have them. */
async function lawfulNode(country: string): Promise<CaseworkNode> {
  const node = await caseworkNode(caseworkActions)
  node.ports.set(casework.law, legalPort(packs, holidayCalendars(packs.jurisdictions), country))
  node.ports.set(casework.addresses, addressGate)
  return node
}

const content = {
  instrument: 'EU-2018-1805',
  requestType: 'FREEZE.REQUEST',
  measure: 'FREEZE_SPECIFIC',
  data: { issuingState: 'FR', executingState: 'NL' },
  languages: { original: 'fr', theirs: ['en'] },
  recipients: [{ authority: 'Public prosecutor (Openbaar Ministerie)', country: 'NL', role: 'to' }],
  clock: { country: 'NL', zone: 'Europe/Amsterdam' },
  urgency: { code: 'IMMINENT_DISSIPATION', ground: 'Les avoirs bougent.' },
  facts: 'Ce qui est arrivé — « ransomware ».',
  assets: [
    { chain: CHAIN, address: '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa', asset: null, amount: '5000000000', value: null },
  ],
  trace: null,
  useConditions: [{ code: 'CONFIDENTIAL' }],
}
const opening = { title: 'A case', kind: 'local', purposes: ['criminal-proceedings'] }

describe.skipIf(!popplerIsThere)('the letter of a request', () => {
  it('is read back from its PDF, sets off our clock by the packs, and is refused when it comes again', async () => {
    const asking = await lawfulNode('FR')
    const { id: caseId } = await asking.did('anna', 'case.open', opening)
    const { id } = await asking.did('anna', 'request.draft', { caseId, content })
    const desk = { packs, policies: asking.policies.version, required: 2, timeZone: 'Europe/Paris' }
    const { pdf, text } = await asking.database.transaction((sql) =>
      renderLetter(recordWork(sql, asking.keys, new Date(asking.clock.now).toISOString()), id, 'en', desk),
    )
    const read = attached(pdf, 'request.json').toString('utf8')
    expect(read).toBe(text)

    const asked = await lawfulNode('NL')
    const { id: here } = await asked.did('anna', 'case.open', opening)
    const sender = { authority: 'Tribunal judiciaire de Paris', country: 'FR', role: 'court', address: null }
    const put = { caseId: here, sender, reference: 'RG 12/2026', arrival: 'secure-channel', letter: JSON.parse(read) }
    const received = await asked.did('anna', 'request.receive', put)
    await asked.did('anna', 'request.acknowledge', {
      id: received.id,
      seen: 1,
      receivedByCompetentAt: new Date(asked.clock.now).toISOString(),
    })
    const { request } = await asked.did<{ request: RequestBody }>('anna', 'request.read', { id: received.id })
    expect(request.content).toEqual(content)
    const urgent = request.deadlines.find(({ ruleId }) => ruleId === 'R1805-9-3a')
    expect(urgent).toMatchObject({ binding: true, zone: 'Europe/Amsterdam' })
    expect(await asked.codeOf('anna', 'request.receive', { ...put, reference: 'RG 13/2026' })).toBe('REQUEST_RECEIVED')
  })
})
