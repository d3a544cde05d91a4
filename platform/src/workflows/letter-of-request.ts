/**
 * A request as its letter: the fields of the instrument's own form in the form's order, then what every request carries
 * beside it (facts, assets, the trace on which it stands), with the words of the packs in every language that they have.
 * What is printed is what stands in the approved text, and nothing else.
 */
import type { RequestBody } from '../casework/index.ts'
import type {
  CodeRef,
  LetterField,
  LetterLabels,
  LetterRequest,
  LetterSection,
  LetterValue,
} from '../casework/letter/index.ts'
import { languages } from '../casework/letter/index.ts'
import { type ChainPack, findChain } from '../chains/index.ts'
import type { Json } from '../kernel/index.ts'
import { type FormField, type LegalPacks, labelsOf, requestForm } from '../legal/index.ts'

export type LetterFacts = {
  readonly id: string
  readonly body: RequestBody
  /** The approved text, or what would be approved now; attached to the letter, and what its digest is of. */
  readonly record: Json
  readonly issued: { readonly instant: string; readonly zone: string }
  readonly training: boolean
  /** Approvals that count, with names as the node knows them. */
  readonly approvals: readonly {
    readonly name: string
    readonly role: string
    readonly at: string
    readonly credentialId: string
  }[]
  readonly chains: readonly ChainPack[]
}

type Words = Readonly<Record<(typeof languages)[number], string>>

/** Headings that no form has; the words are of this product, not of any instrument. */
const ownWords: Readonly<Record<string, Words>> = {
  facts: {
    en: 'Facts of the case',
    fr: 'Exposé des faits',
    es: 'Hechos del caso',
    de: 'Sachverhalt',
    ar: 'وقائع القضية',
    zh: '案件事实',
  },
  assets: { en: 'Assets', fr: 'Avoirs', es: 'Activos', de: 'Vermögenswerte', ar: 'الأصول', zh: '资产' },
  trace: { en: 'Tracing', fr: 'Traçage', es: 'Rastreo', de: 'Rückverfolgung', ar: 'التتبع', zh: '追踪' },
  recipients: {
    en: 'Recipients',
    fr: 'Destinataires',
    es: 'Destinatarios',
    de: 'Empfänger',
    ar: 'المرسل إليهم',
    zh: '收件方',
  },
  recipient: { en: 'Authority', fr: 'Autorité', es: 'Autoridad', de: 'Behörde', ar: 'السلطة', zh: '机关' },
  urgency: { en: 'Urgency', fr: 'Urgence', es: 'Urgencia', de: 'Dringlichkeit', ar: 'الاستعجال', zh: '紧急情况' },
  ground: {
    en: 'Facts of the urgency',
    fr: "Motifs de l'urgence",
    es: 'Motivos de la urgencia',
    de: 'Gründe der Dringlichkeit',
    ar: 'أسباب الاستعجال',
    zh: '紧急理由',
  },
  address: { en: 'Address', fr: 'Adresse', es: 'Dirección', de: 'Adresse', ar: 'العنوان', zh: '地址' },
  amount: { en: 'Amount', fr: 'Montant', es: 'Importe', de: 'Betrag', ar: 'المبلغ', zh: '数额' },
  note: { en: 'Note', fr: 'Remarque', es: 'Nota', de: 'Anmerkung', ar: 'ملاحظة', zh: '备注' },
  record: {
    en: 'Digest of the trace record',
    fr: 'Empreinte du relevé de traçage',
    es: 'Resumen del registro de rastreo',
    de: 'Prüfsumme des Nachweises der Rückverfolgung',
    ar: 'بصمة سجل التتبع',
    zh: '追踪记录摘要',
  },
  rule: {
    en: 'Rule of tracing',
    fr: 'Règle de traçage',
    es: 'Regla de rastreo',
    de: 'Regel der Rückverfolgung',
    ar: 'قاعدة التتبع',
    zh: '追踪规则',
  },
  'not-followed': {
    en: 'Not followed, in base units',
    fr: 'Non suivi, en unités de base',
    es: 'No seguido, en unidades base',
    de: 'Nicht verfolgt, in Basiseinheiten',
    ar: 'غير متتبع، بالوحدات الأساسية',
    zh: '未追踪部分（基本单位）',
  },
}

export function letterOfRequest(
  packs: LegalPacks,
  facts: LetterFacts,
): { readonly request: LetterRequest; readonly labels: LetterLabels } {
  const { content } = facts.body
  const form = requestForm(packs, content.instrument, content.requestType)
  const lists: Record<string, Record<string, Words>> = {
    own: { ...ownWords },
    role: {},
    'request-type': {},
    instrument: {},
  }
  const say = (list: string, code: string, words: Words): CodeRef => {
    lists[list] = { ...lists[list], [code]: words }
    return { list, code }
  }
  const own = (code: keyof typeof ownWords): CodeRef => ({ list: 'own', code })
  const sections: LetterSection[] = []
  const order: string[] = []
  if (form.ok) {
    for (const { id, label, fields } of form.value.sections) {
      say('form', id, label)
      order.push(id)
      sections.push({ id, fields: fields.flatMap((field) => formFields(field)) })
    }
  }
  const add = (id: string, fields: readonly LetterField[]) => {
    if (fields.length === 0) return
    // A section of ours stands apart from those of the form, whatever their names.
    const name = `own-${id}`
    say('form', name, ownWords[id] as Words)
    order.push(name)
    sections.push({ id: name, fields })
  }
  add(
    'recipients',
    content.recipients.map(({ authority, country }) => ({
      label: own('recipient'),
      value: { kind: 'plain', text: `${authority} (${country})` },
    })),
  )
  if (content.urgency !== null)
    add('urgency', [
      { label: own('urgency'), value: { kind: 'code', code: coded(content.urgency.code) } },
      { label: own('ground'), value: written(content.urgency.ground) },
    ])
  add('facts', [{ label: own('facts'), value: written(content.facts) }])
  add('assets', content.assets.flatMap(assetFields))
  if (content.trace !== null)
    add('trace', [
      { label: own('record'), value: { kind: 'hash', value: content.trace.recordDigest } },
      {
        label: own('rule'),
        value: {
          kind: 'plain',
          text: `${content.trace.rule.legalName} (${content.trace.rule.id}, version ${content.trace.rule.version})`,
        },
      },
      { label: own('not-followed'), value: { kind: 'reference', value: content.trace.notFollowed } },
    ])
  const typeLabels = form.ok ? form.value.label : everywhere(content.requestType)
  return {
    request: {
      id: facts.id,
      type: say('request-type', content.requestType, typeLabels),
      instrument: say('instrument', content.instrument, everywhere(shortOf(packs, content.instrument))),
      issued: facts.issued,
      // Enough people have approved it when it is released; until then whoever is to approve it reads it as a draft.
      state: facts.body.releasedAt === null ? 'draft' : 'approved',
      training: facts.training,
      form: { id: 'form', order },
      sections,
      approvals: facts.approvals.map(({ name, role, at, credentialId }) => ({
        name,
        role: say('role', role, everywhere(role)),
        at: { instant: at, zone: facts.issued.zone },
        credentialId,
      })),
      record: facts.record,
    },
    labels: { source: `packs of ${content.instrument}`, official: false, lists },
  }

  function formFields(field: FormField): LetterField[] {
    const label = say('field', field.path, field.label)
    const stated = Object.entries(content.data).filter(([path]) => path.replace(/\[\d+\]/g, '[]') === field.path)
    const rule = { citation: field.article, verified: form.ok && form.value.verified === 'verified' }
    if (stated.length === 0) return field.required ? [{ label, value: null, rule }] : []
    return stated.map(([, value]) => ({ label, value: printValue(field, value), rule }))
  }

  function printValue({ kind, codes, path }: FormField, value: string | boolean | number): LetterValue {
    if (typeof value === 'boolean') return { kind: 'plain', text: value ? 'X' : '–' }
    if (typeof value === 'number') return { kind: 'plain', text: String(value) }
    const code = codes?.find((one) => one.code === value)
    if (code) return { kind: 'code', code: say(`codes ${path}`, code.code, code.label) }
    if (kind === 'date' && /^\d{4}-\d\d-\d\d$/.test(value)) return { kind: 'date', date: value }
    if (kind === 'long-text') return written(value)
    return { kind: 'plain', text: value }
  }

  function assetFields({
    chain,
    address,
    asset,
    amount,
    note,
  }: RequestBody['content']['assets'][number]): LetterField[] {
    const pack = findChain(facts.chains, chain)
    return [
      { label: own('address'), value: { kind: 'address', value: address, chain } },
      ...(amount === null
        ? []
        : [
            {
              label: own('amount'),
              value: pack.ok
                ? ({
                    kind: 'amount',
                    baseUnits: amount,
                    decimals: pack.value.asset.decimals,
                    symbol: pack.value.asset.symbol,
                    asset,
                  } as const)
                : ({ kind: 'reference', value: amount } as const),
            },
          ]),
      ...(note === undefined ? [] : [{ label: own('note'), value: written(note) }]),
    ]
  }

  function coded(code: string): CodeRef {
    const words = labelsOf(packs, code)
    return say('code', code, words.ok ? words.value : everywhere(code))
  }

  function written(text: string): LetterValue {
    return { kind: 'text', text: { language: content.languages.original, text, translations: [] } }
  }
}

function shortOf(packs: LegalPacks, id: string): string {
  return packs.instruments.findLast((pack) => pack.id === id)?.short ?? id
}

/** What has no words in the packs is printed as it is, the same in every language. */
function everywhere(text: string): Words {
  return Object.fromEntries(languages.map((language) => [language, text])) as Words
}
