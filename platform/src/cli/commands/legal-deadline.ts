import { type Json, orStop, stop } from '../../kernel/index.ts'
import { type Deadline, explainDeadline, type Trigger, triggers } from '../../legal/index.ts'
import type { CommandDefinition } from '../command.ts'
import { plain } from '../present.ts'
import { legalSources, openPacks, packsOption } from './legal-options.ts'

export const legalDeadline: CommandDefinition = {
  path: ['legal', 'deadline'],
  summary: 'Compute when a period of an instrument has run out, step by step',
  about:
    'Only a rule that was read in the text of the instrument gives a date that binds; others remind. The country is that of the authority that must act: its time zone and its working days count.',
  arguments: [],
  options: [
    { flags: '--rule <id>', help: 'the deadline, as R1805-9-3a', required: true },
    { flags: '--trigger <time>', help: 'when the event happened, as 2026-11-27T15:20:00Z', required: true },
    {
      flags: '--event <name>',
      help: 'what happened then (default: the event from which the rule runs)',
      choices: triggers,
    },
    { flags: '--country <code>', help: 'country of the authority that must act, as NL', required: true },
    { flags: '--zone <zone>', help: 'its IANA time zone (default: the first of the country)' },
    { flags: '--theirs', help: 'the duty is that of another State (default: ours)' },
    { flags: '--urgency <code>', help: 'the ground of urgency that the request states' },
    { flags: '--extended <time>', help: 'when the period was extended' },
    { flags: '--on <day>', help: 'the day for which the law is asked (default: the day of the event)' },
    packsOption,
  ],
  examples: [
    'comity legal deadline --rule R1805-9-3a --trigger 2026-11-27T15:20:00Z --country NL --urgency IMMINENT_DISSIPATION',
    'comity legal deadline --rule R1805-20-1 --trigger 2026-11-10T09:00:00Z --country NL --json',
  ],
  async run(_desk, _args, flags) {
    const packs = await openPacks(flags)
    const { holidayCalendars } = await legalSources()
    const trigger = String(flags.trigger)
    const on = flags.on === undefined ? trigger.slice(0, 10) : String(flags.on)
    if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(on))
      stop('FLAG_VALUE', `"${on}" is no day.`, {
        place: flags.on === undefined ? '--trigger' : '--on',
        fix: 'Write it as 2026-11-27.',
      })
    const { explained, rule } = orStop(
      explainDeadline(packs, holidayCalendars(packs.jurisdictions), {
        rule: String(flags.rule),
        trigger,
        ...(flags.event === undefined ? {} : { event: String(flags.event) as Trigger }),
        country: String(flags.country),
        ...(flags.zone === undefined ? {} : { zone: String(flags.zone) }),
        side: flags.theirs === true ? 'theirs' : 'ours',
        urgency: flags.urgency === undefined ? null : String(flags.urgency),
        ...(flags.extended === undefined ? {} : { extendedAt: String(flags.extended) }),
        on,
      }),
    )
    const text = deadlineText(explained, explained.instrument.short, rule.duty)
    return { exit: 0, json: explained as unknown as Json, text }
  },
}

function deadlineText(deadline: Deadline, instrument: string, duty: string): string {
  const head = {
    date: `due ${deadline.dueLocal?.text} (${deadline.dueLocal?.zone}), ${deadline.due} UTC`,
    reminder: 'no legal date: the rule is not verified',
    target: 'no legal date: the words of the act are open',
  }[deadline.nature]
  return [
    `${deadline.rule}, ${instrument} art. ${deadline.article}: ${plain(duty)}`,
    `  ${head}`,
    ...(deadline.readings === null ? [] : [`  readings: ${deadline.readings.earliest} to ${deadline.readings.latest}`]),
    ...deadline.steps.map(
      ({ text, article, verified }, index) =>
        `  ${index + 1}. ${plain(text)} [${plain(article)}${verified === 'verified' ? '' : `; ${verified}`}]`,
    ),
    `  when it has run out: ${plain(deadline.onExpiry.text)} (${deadline.onExpiry.effect}, ${plain(deadline.onExpiry.article)})`,
    `  extension: ${provisionText(deadline.extension)}`,
    `  standstill: ${provisionText(deadline.suspension)}`,
    ...deadline.reminders.map(({ at, why }) => `  reminder ${at}: ${plain(why)}`),
    ...deadline.caveats.map((caveat) => `  ! ${plain(caveat)}`),
    ...(deadline.calendar === null
      ? []
      : [`  calendar: ${deadline.calendar.jurisdiction}, ${deadline.calendar.version}`]),
  ].join('\n')
}

function provisionText(provision: Deadline['extension']): string {
  if (provision === null) return 'none; the pack names no provision for it'
  const { text, article, verified, moves } = provision
  const mark = verified === 'verified' ? '' : `; ${verified}`
  return `${plain(text)} [${plain(article)}${mark}]${moves ? '' : ', moves no date'}`
}
