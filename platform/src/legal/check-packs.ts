/**
 * What is wrong between packs: references into nothing, codes nobody lists, two versions in force at once, rules that
 * claim more than was read, words without translation. Each finding names the file, the path and what to do.
 */
import type { Refusal } from '../kernel/index.ts'
import type {
  ConflictPack,
  CriteriaPack,
  DeadlineRule,
  InstrumentPack,
  JurisdictionPack,
  LegalPack,
  OffencePack,
} from './pack.ts'
import { languages } from './pack.ts'
import { gatherPacks, type LegalPacks } from './packs.ts'
import type { ReadPack } from './read-pack.ts'

type Path = readonly (string | number)[]
type Say = (code: string, path: Path, message: string, fix: string) => void

/**
 * Findings about `read`. `context` are packs that references may lead to, without being checked themselves;
 * `knowsHolidays` says whether the table of holidays has a key.
 */
export function checkPacks(
  read: readonly ReadPack[],
  context: readonly LegalPack[],
  knowsHolidays: (key: string) => boolean,
): readonly Refusal[] {
  const own = read.flatMap(({ pack }) => (pack === null ? [] : [pack]))
  const all = gatherPacks([...own, ...context])
  const known = namesOf(all)
  return read.flatMap((one) => {
    const found: Refusal[] = [...one.defects]
    const { pack } = one
    if (pack === null) return found
    const say: Say = (code, path, message, fix) => found.push({ code, message, place: one.placeOf(path), fix })
    checkVersions(pack, [...own, ...context], say)
    checkLabels(pack, known, say)
    if (pack.kind === 'instrument') checkInstrument(pack, all, known, say)
    if (pack.kind === 'jurisdiction') checkJurisdiction(pack, known, knowsHolidays, say)
    if (pack.kind === 'offences') checkOffences(pack, known, say)
    if (pack.kind === 'criteria') checkCriteria(pack, known, say)
    if (pack.kind === 'conflicts') checkConflicts(pack, known, say)
    if (pack.kind === 'indicators')
      pack.indicators.forEach(({ section }, at) => {
        if (!pack.sections.some(({ id }) => id === section))
          say(
            'PACK_REFERENCE',
            ['indicators', at, 'section'],
            `There is no section "${section}".`,
            'Name a section of this pack.',
          )
      })
    return found
  })
}

type Names = {
  readonly instruments: ReadonlySet<string>
  readonly countries: ReadonlySet<string>
  readonly lists: ReadonlyMap<string, ReadonlySet<string>>
  readonly codesByGroup: ReadonlyMap<string, ReadonlySet<string>>
  readonly labels: ReadonlyMap<string, readonly string[]>
}

function namesOf(packs: LegalPacks): Names {
  return {
    instruments: new Set(packs.instruments.map(({ id }) => id)),
    countries: new Set(packs.jurisdictions.map(({ code }) => code)),
    lists: new Map(
      packs.offences.flatMap(({ lists }) =>
        lists.map((list) => [list.id, new Set(list.entries.map(({ id }) => id))] as const),
      ),
    ),
    codesByGroup: new Map(
      packs.codes.flatMap(({ groups }) =>
        groups.map((group) => [group.id, new Set(group.codes.map(({ code }) => code))] as const),
      ),
    ),
    labels: new Map(
      packs.labels.flatMap(({ labels }) =>
        Object.entries(labels).map(([key, texts]) => [key, Object.keys(texts)] as const),
      ),
    ),
  }
}

function checkVersions(pack: LegalPack, all: readonly LegalPack[], say: Say): void {
  const { from, to } = pack.effective
  if (to !== null && to < from)
    say('PACK_PERIOD', ['effective', 'to'], 'The pack ends before it begins.', 'Correct the dates of effective.')
  for (const other of all) {
    if (other === pack || other.kind !== pack.kind || other.id !== pack.id) continue
    const apart =
      (to !== null && to < other.effective.from) || (other.effective.to !== null && other.effective.to < from)
    if (!apart)
      say(
        'PACK_PERIOD',
        ['effective'],
        `Two packs of ${pack.id} are in force at once (versions ${pack.version} and ${other.version}).`,
        'End the older one on the day before the newer one begins.',
      )
  }
}

/** Every label that the pack uses, wherever it stands, and the names of the codes that it lists. */
function checkLabels(pack: LegalPack, { labels }: Names, say: Say): void {
  const check = (key: string, path: Path) => {
    const there = labels.get(key) ?? []
    const missing = languages.filter((language) => !there.includes(language))
    if (missing.length > 0)
      say('PACK_TRANSLATION_MISSING', path, `"${key}" has no name in ${missing.join(', ')}.`, 'Add it to packs/labels.')
  }
  if (pack.kind === 'labels') {
    for (const key of Object.keys(pack.labels)) check(key, ['labels', key])
    return
  }
  walk(pack, [], (value, path) => {
    const last = path.at(-1)
    if (last === 'label' && typeof value === 'string') check(value, path)
    if (pack.kind === 'codes' && last === 'code' && typeof value === 'string') check(`code.${value}`, path)
    if (path.at(-2) === 'codes' && typeof value === 'string') check(`code.${value}`, path)
  })
}

function walk(value: unknown, path: Path, visit: (value: unknown, path: Path) => void): void {
  visit(value, path)
  if (Array.isArray(value))
    value.forEach((inner, at) => {
      walk(inner, [...path, at], visit)
    })
  else if (typeof value === 'object' && value !== null)
    for (const [name, inner] of Object.entries(value)) walk(inner, [...path, name], visit)
}

function checkInstrument(pack: InstrumentPack, all: LegalPacks, known: Names, say: Say): void {
  const types = new Set(pack.requestTypes.map(({ id }) => id))
  const refer = (id: string, among: ReadonlySet<string>, what: string, path: Path) => {
    if (!among.has(id))
      say(
        'PACK_REFERENCE',
        path,
        `There is no ${what} "${id}".`,
        `Name one of: ${[...among].join(', ') || 'none is defined'}.`,
      )
  }
  const code = (given: string, group: string, path: Path) => {
    if (!(known.codesByGroup.get(group)?.has(given) ?? false))
      say(
        'PACK_CODE_UNKNOWN',
        path,
        `"${given}" is no code of the group ${group}.`,
        `Add it to packs/grounds.yaml, or correct it.`,
      )
  }
  const list = (id: string | null | undefined, path: Path) => {
    if (id !== null && id !== undefined) refer(id, new Set(known.lists.keys()), 'list of offences', path)
  }
  pack.requestTypes.forEach((type, at) => {
    const here = ['requestTypes', at]
    if (type.form !== null) refer(type.form, new Set(pack.forms.map(({ id }) => id)), 'form', [...here, 'form'])
    list(type.offences.list, [...here, 'offences', 'list'])
    list(type.dualCriminality.list, [...here, 'dualCriminality', 'list'])
    type.thresholds.forEach(({ unlessList }, index) => {
      list(unlessList, [...here, 'thresholds', index, 'unlessList'])
    })
    type.urgency.allowed.forEach((one, index) => {
      code(one, 'urgency', [...here, 'urgency', 'allowed', index])
    })
    type.urgency.forbidden.forEach((one, index) => {
      code(one.code, 'urgency', [...here, 'urgency', 'forbidden', index, 'code'])
    })
  })
  checkTwice(
    pack.requestTypes.map(({ id }) => id),
    'requestTypes',
    say,
  )
  checkForms(pack, known, say)
  const ruleIds = all.instruments.flatMap(({ deadlines }) => deadlines.map(({ id }) => id))
  pack.deadlines.forEach((rule, at) => {
    const here = ['deadlines', at]
    if (ruleIds.filter((id) => id === rule.id).length > 1 && !hasOtherVersion(pack, all))
      say(
        'PACK_RULE_TWICE',
        [...here, 'id'],
        `Two deadlines are called ${rule.id}.`,
        'Give each rule an id of its own.',
      )
    checkClaim(rule, here, say)
    rule.requestTypes.forEach((id, index) => {
      refer(id, types, 'request', [...here, 'requestTypes', index])
    })
    rule.urgency?.forEach((one, index) => {
      code(one, 'urgency', [...here, 'urgency', index])
    })
    for (const name of ['urgentRule', 'follows'] as const)
      if (rule[name] !== undefined) refer(rule[name], new Set(ruleIds), 'deadline', [...here, name])
  })
  pack.grounds.forEach((ground, at) => {
    code(ground.code, ground.kind, ['grounds', at, 'code'])
    ground.requestTypes.forEach((id, index) => {
      refer(id, types, 'request', ['grounds', at, 'requestTypes', index])
    })
  })
  pack.provisions.forEach((provision, at) => {
    if (provision.code !== undefined) code(provision.code, 'use-condition', ['provisions', at, 'code'])
    provision.requestTypes?.forEach((id, index) => {
      refer(id, types, 'request', ['provisions', at, 'requestTypes', index])
    })
  })
}

/** A rule that nobody read may remind. One that claims to bind would put an officer under a date that no law sets. */
function checkClaim(rule: DeadlineRule, here: Path, say: Say): void {
  if (rule.enforceable && rule.verified !== 'verified')
    say(
      'PACK_MARK_TOO_STRONG',
      [...here, 'enforceable'],
      `${rule.id} is marked ${rule.verified} and claims to be enforceable.`,
      'Set enforceable: false, or read the text and mark the rule verified.',
    )
  const hasNumber = rule.amount !== null && rule.unit !== null
  if ((rule.amount === null) !== (rule.unit === null))
    say(
      'PACK_RULE_INCOMPLETE',
      [...here, 'unit'],
      `${rule.id} has a number without a unit, or a unit without a number.`,
      'Give both, or neither.',
    )
  if (rule.enforceable && !hasNumber && rule.date === undefined)
    say(
      'PACK_RULE_INCOMPLETE',
      [...here, 'enforceable'],
      `${rule.id} has neither a number nor a day, and claims to be enforceable.`,
      'Open words are a target: set enforceable: false and kind: target.',
    )
  if (!hasNumber && rule.date === undefined && rule.wording === undefined)
    say(
      'PACK_RULE_INCOMPLETE',
      [...here, 'wording'],
      `${rule.id} says neither a number nor the words of the act.`,
      'Quote the words of the act as wording.',
    )
}

function checkForms(pack: InstrumentPack, known: Names, say: Say): void {
  pack.forms.forEach((form, at) => {
    const paths = form.sections.flatMap(({ fields }) => fields.map(({ path }) => path))
    form.sections.forEach((section, sectionAt) => {
      section.fields.forEach((field, fieldAt) => {
        const here = ['forms', at, 'sections', sectionAt, 'fields', fieldAt]
        if (paths.filter((path) => path === field.path).length > 1)
          say(
            'PACK_RULE_TWICE',
            [...here, 'path'],
            `Two fields stand at ${field.path}.`,
            'Give each field a path of its own.',
          )
        if ((field.kind === 'code') !== (field.codes !== undefined))
          say(
            'PACK_RULE_INCOMPLETE',
            [...here, 'codes'],
            `${field.path} is a code without codes, or has codes and is none.`,
            'Use kind: code together with codes.',
          )
        if (typeof field.codes === 'string' && !known.codesByGroup.has(field.codes))
          say(
            'PACK_CODE_UNKNOWN',
            [...here, 'codes'],
            `There is no group of codes "${field.codes}".`,
            'Name a group of packs/grounds.yaml.',
          )
        if (field.when !== undefined && !paths.includes(field.when.path))
          say(
            'PACK_REFERENCE',
            [...here, 'when', 'path'],
            `The form has no field ${field.when.path}.`,
            'Name the path of a field of the same form.',
          )
      })
    })
  })
}

function checkJurisdiction(
  pack: JurisdictionPack,
  known: Names,
  knowsHolidays: (key: string) => boolean,
  say: Say,
): void {
  pack.parties.forEach(({ instrument }, at) => {
    if (!known.instruments.has(instrument))
      say(
        'PACK_REFERENCE',
        ['parties', at, 'instrument'],
        `There is no instrument "${instrument}".`,
        'Name the id of a pack in packs/instruments.',
      )
  })
  checkTwice(
    pack.parties.map(({ instrument }) => instrument),
    'parties',
    say,
  )
  pack.zones.forEach((zone, at) => {
    if (!isZone(zone))
      say('PACK_CALENDAR', ['zones', at], `"${zone}" is no time zone.`, 'Write its IANA name, as Europe/Amsterdam.')
  })
  if (!knowsHolidays(pack.holidays.key))
    say(
      'PACK_CALENDAR',
      ['holidays', 'key'],
      `The table of holidays has no "${pack.holidays.key}".`,
      'Write the country, or country and part, as DE or DE-BE.',
    )
}

function checkOffences(pack: OffencePack, known: Names, say: Say): void {
  pack.offences.forEach((offence, at) => {
    offence.maps.forEach(({ list, entries }, index) => {
      const there = known.lists.get(list)
      if (!there)
        say(
          'PACK_REFERENCE',
          ['offences', at, 'maps', index, 'list'],
          `There is no list of offences "${list}".`,
          'Name a list of an offences pack.',
        )
      else
        entries.forEach((entry, entryAt) => {
          if (!there.has(entry))
            say(
              'PACK_CODE_UNKNOWN',
              ['offences', at, 'maps', index, 'entries', entryAt],
              `"${entry}" is no entry of ${list}.`,
              'Correct it, or add it to the list with its source.',
            )
        })
    })
  })
  pack.lists.forEach(({ criminalises }, at) => {
    if (criminalises !== null && !known.instruments.has(criminalises))
      say(
        'PACK_REFERENCE',
        ['lists', at, 'criminalises'],
        `There is no instrument "${criminalises}".`,
        'Name the id of a pack in packs/instruments.',
      )
  })
  checkTwice(
    pack.offences.map(({ code }) => code),
    'offences',
    say,
  )
}

function checkCriteria(pack: CriteriaPack, known: Names, say: Say): void {
  pack.criteria.forEach(({ jurisdictions }, at) => {
    jurisdictions.forEach((code, index) => {
      if (code !== '*' && !known.countries.has(code))
        say(
          'PACK_REFERENCE',
          ['criteria', at, 'jurisdictions', index],
          `No pack describes the country "${code}".`,
          'Add packs/jurisdictions for it.',
        )
    })
  })
  checkTwice(
    pack.criteria.map(({ id }) => id),
    'criteria',
    say,
  )
}

function checkConflicts(pack: ConflictPack, known: Names, say: Say): void {
  const measures = known.codesByGroup.get('measure') ?? new Set()
  pack.conflicts.forEach(({ pairs, steps }, at) => {
    pairs.forEach(({ one, other }, pair) => {
      for (const code of [...one, ...other])
        if (!measures.has(code))
          say(
            'PACK_REFERENCE',
            ['conflicts', at, 'pairs', pair],
            `There is no measure "${code}".`,
            'Use a code of the group "measure" of packs/grounds.yaml.',
          )
    })
    checkTwice(
      steps.map(({ step }) => step),
      'steps',
      say,
    )
  })
  checkTwice(
    pack.conflicts.map(({ id }) => id),
    'conflicts',
    say,
  )
}

function checkTwice(ids: readonly string[], where: string, say: Say): void {
  ids.forEach((id, at) => {
    if (ids.indexOf(id) !== at)
      say('PACK_RULE_TWICE', [where, at], `"${id}" stands twice in ${where}.`, 'Keep one of them.')
  })
}

function hasOtherVersion(pack: InstrumentPack, all: LegalPacks): boolean {
  return all.instruments.filter(({ id }) => id === pack.id).length > 1
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch (thrown) {
    if (thrown instanceof RangeError) return false
    throw thrown
  }
}
