/** Where in CASE/UCO each field of the package goes. Nothing of a package is lost in CASE. */
import { fieldsOf, type ListName, listNames } from '../fields.ts'
import { type Fate, mapped } from '../manifest.ts'
import { facetFields } from './vocabulary.ts'

const native: Readonly<Record<ListName, Readonly<Record<string, string>>>> = {
  investigations: {
    name: 'case-investigation:Investigation/uco-core:name',
    form: 'case-investigation:Investigation/case-investigation:investigationForm',
    status: 'case-investigation:Investigation/case-investigation:investigationStatus',
    focus: 'case-investigation:Investigation/case-investigation:focus',
    start: 'case-investigation:Investigation/uco-core:startTime',
    end: 'case-investigation:Investigation/uco-core:endTime',
  },
  authorisations: {
    type: 'case-investigation:Authorization/case-investigation:authorizationType',
    identifier: 'case-investigation:Authorization/case-investigation:authorizationIdentifier',
    start: 'case-investigation:Authorization/uco-core:startTime',
    end: 'case-investigation:Authorization/uco-core:endTime',
  },
  parties: { name: 'uco-identity:Identity/uco-core:name' },
  exhibits: {
    exhibitNumber: 'case-investigation:ProvenanceRecord/case-investigation:exhibitNumber',
    description: 'uco-observable:ObservableObject/uco-core:description',
    mediaType: 'uco-observable:ContentDataFacet/uco-observable:mimeType',
    size: 'uco-observable:ContentDataFacet/uco-observable:sizeInBytes',
    sha256: 'uco-observable:ContentDataFacet/uco-observable:hash[SHA256]',
    sha512: 'uco-observable:ContentDataFacet/uco-observable:hash[SHA512]',
    acquiredAt: 'case-investigation:InvestigativeAction/uco-action:startTime',
    acquirer: 'case-investigation:InvestigativeAction/uco-action:performer',
    authority: 'comity:AcquisitionFacet/comity:authority',
    place: 'case-investigation:InvestigativeAction/uco-action:location',
    toolName: 'uco-tool:Tool/uco-core:name',
    toolVersion: 'uco-tool:Tool/uco-tool:version',
    toolConfig: 'uco-tool:Tool/comity:ToolFacet/comity:config',
    sourceExhibit: 'uco-observable:ObservableObject/case-investigation:wasDerivedFrom',
  },
  custody: {
    exhibit: 'case-investigation:InvestigativeAction/uco-action:object',
    actor: 'case-investigation:InvestigativeAction/uco-action:performer',
    counterpart: 'case-investigation:InvestigativeAction/uco-action:participant',
    start: 'case-investigation:InvestigativeAction/uco-action:startTime',
    end: 'case-investigation:InvestigativeAction/uco-action:endTime',
    place: 'case-investigation:InvestigativeAction/uco-action:location',
    remarks: 'case-investigation:InvestigativeAction/uco-core:description',
  },
  assets: {},
  wallets: {},
  transfers: {},
  statements: {
    claim: 'uco-core:Assertion/uco-core:statement',
    confidence: 'uco-core:ConfidenceFacet/uco-core:confidence',
  },
  markings: {},
}

export const fatesByList: Readonly<Record<ListName, Readonly<Record<string, Fate>>>> = Object.fromEntries(
  listNames.map((list) => [list, fatesOf(list)]),
) as unknown as Record<ListName, Record<string, Fate>>

function fatesOf(list: ListName): Record<string, Fate> {
  const own: readonly [string, readonly string[]] | undefined = Object.hasOwn(facetFields, list)
    ? facetFields[list as keyof typeof facetFields]
    : undefined
  const fates: [string, Fate][] = []
  for (const [name] of fieldsOf(list)) {
    const target = native[list][name]
    if (target) fates.push([name, mapped(target)])
    else if (name === 'id') fates.push([name, mapped('@id')])
    else if (name === 'marking') fates.push([name, mapped('uco-core:objectMarking')])
    else if (own?.[1].includes(name)) fates.push([name, mapped(`comity:${own[0]}/comity:${name}`)])
  }
  return Object.fromEntries(fates)
}

export const headFates: Readonly<Record<string, Fate>> = {
  id: mapped('uco-core:ContextualCompilation/@id'),
  caseReference: mapped('uco-core:ContextualCompilation/comity:PackageFacet/comity:caseReference'),
  title: mapped('uco-core:ContextualCompilation/uco-core:name'),
  createdAt: mapped('uco-core:ContextualCompilation/uco-core:objectCreatedTime'),
  marking: mapped('uco-core:ContextualCompilation/uco-core:objectMarking'),
}
