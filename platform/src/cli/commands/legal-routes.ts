import { type Json, orStop } from '../../kernel/index.ts'
import { type AuthorityRole, authorityRoles, type Route, routes } from '../../legal/index.ts'
import type { CommandDefinition } from '../command.ts'
import { plain } from '../present.ts'
import { openPacks, packsOption } from './legal-options.ts'
import { readCount } from './shared-options.ts'

export const legalRoutes: CommandDefinition = {
  path: ['legal', 'routes'],
  summary: 'Show who may ask whom under which instrument, the best way first',
  about:
    'Every route gives its reasons with the article, what is not verified, whether dual criminality may be tested, and what a person must still find out. Requests that exist but are closed are shown with why.',
  arguments: [],
  options: [
    { flags: '--from <country>', help: 'the country that asks, as NL', required: true },
    { flags: '--to <country>', help: 'the country that is asked, as SG', required: true },
    {
      flags: '--need <need>',
      help: 'what is needed: freeze, preserve, trace, data, hold, confiscate, return and so on, or a measure code',
      required: true,
    },
    { flags: '--offence <code>', help: 'the offence by its code, as ransomware', required: true },
    { flags: '--urgent <code>', help: 'the ground of urgency, as IMMINENT_DISSIPATION' },
    { flags: '--max-penalty <months>', help: 'maximum penalty in the country that asks, in months' },
    { flags: '--issuer <role>', help: 'who would issue the request', choices: authorityRoles },
    { flags: '--on <day>', help: 'the day for which the law is asked (default: as last packed)' },
    packsOption,
  ],
  examples: [
    'comity legal routes --from NL --to SG --need freeze --offence ransomware',
    'comity legal routes --from NL --to DE --need freeze --offence ransomware --max-penalty 72 --urgent IMMINENT_DISSIPATION --json',
  ],
  async run(_desk, _args, flags) {
    const found = orStop(
      routes(await openPacks(flags), {
        from: String(flags.from),
        to: String(flags.to),
        need: String(flags.need),
        offence: String(flags.offence),
        urgency: flags.urgent === undefined ? null : String(flags.urgent),
        maxPenaltyMonths: readCount(flags.maxPenalty, '--max-penalty'),
        issuer: flags.issuer === undefined ? null : (String(flags.issuer) as AuthorityRole),
        ...(flags.on === undefined ? {} : { on: String(flags.on) }),
      }),
    )
    return {
      exit: found.routes.length === 0 ? 1 : 0,
      json: found as unknown as Json,
      text: [
        `${found.from} asks ${found.to}: ${found.need}, ${found.offence}`,
        ...found.routes.flatMap((route, index) => routeText(route, `${index + 1}.`)),
        ...(found.routes.length === 0 ? ['No route is open.'] : []),
        ...(found.meanwhile.length === 0 ? [] : ['Meanwhile, to hold the value:']),
        ...found.meanwhile.map(
          ({ instrument, requestType, article, verified, receiver }) =>
            `  – ${instrument.short}, ${requestType} [${article}; ${verified}] → ${plain(receiver.names.join(', ') || receiver.role)}`,
        ),
        ...(found.closed.length === 0 ? [] : ['Closed:']),
        ...found.closed.map(
          ({ instrument, requestType, obstacles }) =>
            `  – ${instrument.short}, ${requestType}: ${plain(obstacles.map(({ text }) => text).join(' '))}`,
        ),
      ].join('\n'),
    }
  },
}

function routeText(route: Route, number: string): string[] {
  const mark = (verified: string) => (verified === 'verified' ? '' : `; ${verified}`)
  const who = route.receiver.names.length === 0 ? 'nobody named in the pack' : route.receiver.names.join(', ')
  return [
    `${number} ${route.instrument.short}, ${route.requestType} [art. ${route.article}${mark(route.verified)}] → ${route.receiver.role}: ${plain(who)}`,
    ...route.reasons.map(({ text, article, verified }) => `     ${plain(text)} [${article}${mark(verified)}]`),
    `     dual criminality: ${route.dualCriminality.answer}`,
    ...route.dualCriminality.reasons.map(
      ({ text, article, verified }) => `       ${plain(text)} [${article}${mark(verified)}]`,
    ),
    ...route.deadlines.map(({ id, text, binding }) => `     ${id}: ${plain(text)}${binding ? '' : ' (no legal date)'}`),
    ...route.useConditions.map(
      ({ text, article, verified }) => `     use: ${plain(text)} [${article}${mark(verified)}]`,
    ),
    ...route.open.map((text) => `     ? ${plain(text)}`),
  ]
}
