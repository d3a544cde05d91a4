/**
 * Meetings as files of iCalendar (RFC 5545), with METHOD and SEQUENCE as RFC 5546 asks (3.2.2, 3.2.5): a calendar takes the newest
 * and forgets what was cancelled. Instants are written in UTC, which needs no table of a zone and means the same everywhere; the zone
 * of the meeting stands beside, in words. What is read may name a zone: one that the file defines, or one of IANA.
 */
import ICAL from 'ical.js'
import { Temporal } from 'temporal-polyfill'
import type { SharedContent } from '../../exchange/index.ts'
import { ok, type Result, refuse } from '../../kernel/index.ts'

export type Meeting = Extract<SharedContent, { kind: 'meeting' }>
export type Invitation = {
  readonly uid: string
  readonly method: 'REQUEST' | 'CANCEL' | 'PUBLISH'
  readonly sequence: number
  readonly title: string
  readonly start: string
  readonly end: string
  readonly zone: string
  readonly place: string | null
  readonly agenda: readonly string[]
  readonly participants: readonly { readonly name: string; readonly mail: string | null }[]
}

/** A file is small; a larger one is no invitation. */
export const MOST_BYTES = 200_000

/** `sequence` counts the versions from 0; `stamp` is when this one was released. */
export function calendarFile(
  meeting: Meeting,
  of: { readonly uid: string; readonly sequence: number; readonly stamp: string; readonly organizer: string },
): string {
  const calendar = new ICAL.Component('vcalendar')
  calendar.updatePropertyWithValue('version', '2.0')
  calendar.updatePropertyWithValue('prodid', '-//Comity//Joint cases//EN')
  calendar.updatePropertyWithValue('method', meeting.cancelled ? 'CANCEL' : 'REQUEST')
  const event = new ICAL.Component('vevent')
  event.updatePropertyWithValue('uid', of.uid)
  event.updatePropertyWithValue('sequence', of.sequence)
  event.updatePropertyWithValue('dtstamp', utc(of.stamp))
  event.updatePropertyWithValue('dtstart', utc(meeting.start))
  event.updatePropertyWithValue('dtend', utc(meeting.end))
  event.updatePropertyWithValue('summary', meeting.title)
  event.updatePropertyWithValue('status', meeting.cancelled ? 'CANCELLED' : 'CONFIRMED')
  event.updatePropertyWithValue('class', 'CONFIDENTIAL')
  if (meeting.place !== null) event.updatePropertyWithValue('location', meeting.place)
  const there = Temporal.Instant.from(meeting.start).toZonedDateTimeISO(meeting.zone)
  const words = [
    `${there.toPlainDateTime().toString({ smallestUnit: 'minute' })} ${meeting.zone}`,
    ...meeting.agenda.map((point) => `- ${point}`),
  ]
  event.updatePropertyWithValue('description', words.join('\n'))
  // An ORGANIZER must be there (RFC 5546, 3.2.2); agencies have no mail address of their own here.
  person(event, 'organizer', of.organizer, null)
  for (const { name, agency, mail } of meeting.participants) person(event, 'attendee', `${name} (${agency})`, mail)
  calendar.addSubcomponent(event)
  return `${calendar.toString()}\r\n`
}

/** The first meeting of a file; refused with the place of what is wrong. */
export function readCalendar(text: string): Result<Invitation> {
  const no = (message: string, place: string) =>
    refuse('CALENDAR_INVALID', message, {
      place,
      fix: 'Export the invitation again, as one event of iCalendar (RFC 5545).',
    })
  let calendar: InstanceType<typeof ICAL.Component>
  try {
    calendar = new ICAL.Component(ICAL.parse(text) as never)
  } catch (thrown) {
    return no(
      `The file is no iCalendar: ${thrown instanceof Error ? thrown.message.slice(0, 200) : 'it does not parse'}.`,
      '/text',
    )
  }
  const event = calendar.name === 'vcalendar' ? calendar.getFirstSubcomponent('vevent') : null
  if (!event) return no('The file holds no event.', 'VEVENT')
  if (event.getFirstProperty('rrule')) return no('The event repeats; a meeting is one.', 'RRULE')
  const start = instantOf(calendar, event, 'dtstart')
  if (start === null) return no('The event says no moment at which it begins, or in no zone that is known.', 'DTSTART')
  const end = event.getFirstProperty('dtend') ? instantOf(calendar, event, 'dtend') : null
  const lasts = event.getFirstPropertyValue('duration')
  const until =
    end?.at ??
    (lasts instanceof ICAL.Duration ? new Date(Date.parse(start.at) + lasts.toSeconds() * 1000).toISOString() : null)
  if (until === null || until < start.at)
    return no('The event says no moment after its beginning at which it ends.', 'DTEND')
  const words = (name: string, most: number) => {
    const value = event.getFirstPropertyValue(name)
    return typeof value === 'string' && value.trim() !== '' ? value.slice(0, most) : null
  }
  const uid = words('uid', 300)
  if (uid === null) return no('The event has no UID.', 'UID')
  const method = String(calendar.getFirstPropertyValue('method') ?? 'PUBLISH').toUpperCase()
  if (method !== 'REQUEST' && method !== 'CANCEL' && method !== 'PUBLISH')
    return no(`The method ${method.slice(0, 40)} says of no meeting that it is or is not.`, 'METHOD')
  const sequence = Number(event.getFirstPropertyValue('sequence') ?? 0)
  if (!Number.isSafeInteger(sequence) || sequence < 0) return no('The SEQUENCE is no number.', 'SEQUENCE')
  return ok({
    uid,
    method,
    sequence,
    title: words('summary', 300) ?? 'Meeting',
    start: start.at,
    end: until,
    zone: start.zone,
    place: words('location', 500),
    agenda: (words('description', 20_000) ?? '')
      .split('\n')
      .map((line) =>
        line
          .replace(/^\s*[-*]\s*/, '')
          .trim()
          .slice(0, 500),
      )
      .filter((line) => line !== '')
      .slice(0, 50),
    participants: event
      .getAllProperties('attendee')
      .slice(0, 200)
      .map((one) => {
        const address = String(one.getFirstValue() ?? '').replace(/^mailto:/i, '')
        const mail = address.includes('@') && address.length <= 254 ? address : null
        return { name: String(one.getFirstParameter('cn') ?? mail ?? 'unnamed').slice(0, 200), mail }
      }),
  })
}

function instantOf(
  calendar: InstanceType<typeof ICAL.Component>,
  event: InstanceType<typeof ICAL.Component>,
  name: string,
): { at: string; zone: string } | null {
  const property = event.getFirstProperty(name)
  const value = property?.getFirstValue()
  if (!property || !(value instanceof ICAL.Time) || value.isDate) return null
  const tzid = property.getFirstParameter('tzid')
  if (tzid === undefined || tzid === null || tzid === '') {
    // A moment without a zone is another moment in every place (RFC 5545, 3.3.5, form 1): it says nothing here.
    if (value.zone !== ICAL.Timezone.utcTimezone) return null
    return { at: new Date(value.toUnixTime() * 1000).toISOString(), zone: 'UTC' }
  }
  const { year, month, day, hour, minute, second } = value
  try {
    const there = Temporal.PlainDateTime.from({ year, month, day, hour, minute, second }).toZonedDateTime(String(tzid))
    return { at: new Date(there.epochMilliseconds).toISOString(), zone: String(tzid) }
  } catch {
    const defined = calendar.getAllSubcomponents('vtimezone').find((one) => one.getFirstPropertyValue('tzid') === tzid)
    if (!defined) return null
    const zoned = value.clone()
    zoned.zone = new ICAL.Timezone(defined)
    return { at: new Date(zoned.toUnixTime() * 1000).toISOString(), zone: 'UTC' }
  }
}

function utc(at: string): InstanceType<typeof ICAL.Time> {
  return ICAL.Time.fromJSDate(new Date(at), true)
}

function person(
  event: InstanceType<typeof ICAL.Component>,
  role: 'organizer' | 'attendee',
  name: string,
  mail: string | null,
): void {
  const property = new ICAL.Property(role, event)
  property.setParameter('cn', name)
  if (role === 'attendee') property.setParameter('partstat', 'NEEDS-ACTION')
  // RFC 6761: nothing is ever delivered to this name.
  property.setValue(`mailto:${mail ?? 'nobody@agency.invalid'}`)
  event.addProperty(property)
}
