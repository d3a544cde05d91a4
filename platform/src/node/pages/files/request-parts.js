/** A request on the screen: everything that an approval covers, in the words of whoever wrote it. */
import { assets } from './assets.js'
import { element, fact, facts, machine, text, when, words } from './show.js'

/** @typedef {any} Content the content of a request, as `request.read` gives it */

/** @param {{ id: string, caseId: string, request: any, digest: HTMLElement[] }} shown */
export function requestParts({ id, caseId, request, digest }) {
  const { content, marking, submitted, state } = request
  return [
    element('h2', {}, text('approve.what')),
    facts(
      fact(text('approve.measure'), machine(content.measure)),
      fact(text('approve.instrument'), machine(content.instrument)),
      fact(text('approve.type'), machine(content.requestType)),
      fact(text('approve.recipients'), listOf(content.recipients.map(recipientOf))),
      fact(text('approve.urgency'), ...urgencyOf(content.urgency)),
      fact(text('approve.conditions'), conditionsOf(content.useConditions)),
      fact(text('approve.clock'), machine(`${content.clock.country}, ${content.clock.zone}`)),
      fact(text('approve.languages'), machine([content.languages.original, ...content.languages.theirs].join(', '))),
    ),
    element('h2', {}, text('approve.assets')),
    ...(content.assets.length === 0 ? [element('p', {}, text('approve.no-assets'))] : content.assets.map(assetOf)),
    element('h2', {}, text('approve.facts')),
    element('div', { class: 'item prose' }, words(content.facts)),
    ...(content.trace ? [element('h2', {}, text('approve.trace')), facts(...rowsOf(content.trace))] : []),
    ...(Object.keys(content.data).length === 0
      ? []
      : [element('h2', {}, text('approve.form')), facts(...rowsOf(content.data))]),
    element('h2', {}, text('approve.request')),
    facts(
      fact(text('approve.request'), machine(id)),
      fact(text('approve.case'), machine(caseId)),
      fact(text('approve.state'), state),
      ...rowsOf({ [text('approve.marking')]: marking }),
      ...(submitted ? [fact(text('approve.policies'), machine(submitted.policies))] : []),
      ...digest,
    ),
  ]
}

/** @param {any} recipient */
function recipientOf({ authority, country, role, address }) {
  return [words(authority), ` (${country}, ${role})`, ...(address ? [' · ', words(address)] : [])]
}

/** @param {any} urgency */
function urgencyOf(urgency) {
  if (!urgency) return [text('approve.not-urgent')]
  return [machine(urgency.code), element('p', { class: 'prose' }, words(urgency.ground))]
}

/** @param {any[]} conditions */
function conditionsOf(conditions) {
  if (conditions.length === 0) return text('approve.no-conditions')
  return listOf(
    conditions.map(({ code, until, text: said }) => [
      machine(code),
      ...(until ? [` · ${until}`] : []),
      ...(said ? [' · ', words(said)] : []),
    ]),
  )
}

/** @param {any} asset */
function assetOf({ chain, address, asset, amount, value, note }) {
  const native = assets[chain]
  const known = native !== undefined && (asset === null || asset === native.caip19)
  return element(
    'div',
    { class: 'item' },
    element('div', { class: 'amount' }, amountOf(amount, known ? native : null)),
    ...(amount === null
      ? []
      : [
          element(
            'p',
            { class: 'hint' },
            text('approve.base-units', { units: amount }),
            known ? null : ` · ${text('approve.unknown-asset')}`,
          ),
        ]),
    facts(
      fact(text('approve.address'), machine(address)),
      fact(text('approve.chain'), ...(native ? [`${native.name} · `] : []), machine(chain)),
      ...(asset === null ? [] : [fact(text('approve.asset'), machine(asset))]),
      ...(value === null ? [] : [fact(text('approve.value'), text('approve.base-units', { units: value }))]),
      ...(note === undefined ? [] : [fact(text('approve.note'), words(note))]),
    ),
  )
}

/** Exact: digits are moved, nothing is divided. @param {string | null} units @param {{ symbol: string, decimals: number } | null} native */
function amountOf(units, native) {
  if (units === null) return text('approve.whole')
  if (native === null) return machine(units)
  const digits = units.padStart(native.decimals + 1, '0')
  const whole = digits.slice(0, digits.length - native.decimals)
  const part = native.decimals === 0 ? '' : `.${digits.slice(-native.decimals)}`
  return machine(`${whole}${part} ${native.symbol}`)
}

/** Any value with the path at which it stands. @param {any} value @param {string} [path] @returns {HTMLElement[]} */
function rowsOf(value, path = '') {
  if (value === null || typeof value !== 'object')
    return [fact(path, typeof value === 'string' ? words(value) : machine(String(value)))]
  const steps = Array.isArray(value)
    ? value.map((inner, at) => /** @type {const} */ ([`${path}[${at}]`, inner]))
    : Object.entries(value).map(([key, inner]) => /** @type {const} */ ([path === '' ? key : `${path}.${key}`, inner]))
  if (steps.length === 0) return [fact(path, text('approve.empty'))]
  return steps.flatMap(([inside, inner]) => rowsOf(inner, inside))
}

/** @param {(Node | string)[][]} items */
function listOf(items) {
  return element('ul', {}, ...items.map((parts) => element('li', {}, ...parts)))
}

/** @param {any} request @param {import('./session.js').Session} session */
export function approvalRows({ approvals, submitted }, { personId, now }) {
  if (approvals.length === 0) return [element('p', {}, text('approve.no-approvals'))]
  return [
    listOf(
      approvals.map((/** @type {any} */ { approverId, role, givenAt, expiresAt, withdrawnAt, digest }) => {
        const lapsed = Date.parse(expiresAt) <= now
        const how =
          withdrawnAt !== null ? '-withdrawn' : digest !== submitted?.digest ? '-other' : lapsed ? '-lapsed' : ''
        const who = approverId === personId ? text('approving.by-you') : approverId
        return [words(text(`approve.approval${how}`, { who, role, at: when(givenAt), until: when(expiresAt) }))]
      }),
    ),
  ]
}
