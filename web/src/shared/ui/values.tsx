/** Values that must read the same in every language: addresses, digests, amounts, instants. */
import { type ReactNode, useState } from 'react'
import { useSay, useSpeech } from '../language/speak.tsx'

/**
 * Addresses, hashes, references, amounts: from left to right, in Latin digits. `short` shows the first and last characters; the whole
 * is in the title, is what is copied, and is what a screen reader says.
 */
export function MachineValue({
  value,
  short = false,
  copy = false,
}: {
  readonly value: string
  readonly short?: boolean
  readonly copy?: boolean
}) {
  const shown = short && value.length > 22 ? `${value.slice(0, 10)}…${value.slice(-8)}` : value
  return (
    <>
      <bdi className="machine" dir="ltr" title={shown === value ? undefined : value}>
        {shown === value ? (
          value
        ) : (
          <>
            <span aria-hidden="true">{shown}</span>
            <span className="hidden-text">{value}</span>
          </>
        )}
      </bdi>
      {copy && <CopyButton value={value} />}
    </>
  )
}

export function CopyButton({ value }: { readonly value: string }) {
  const say = useSay()
  const [isDone, setDone] = useState(false)
  return (
    <button
      type="button"
      className="copy"
      aria-label={say('value.copy-what', { value: value.length > 40 ? `${value.slice(0, 40)}…` : value })}
      onClick={() => {
        void navigator.clipboard.writeText(value).then(() => {
          setDone(true)
          setTimeout(() => setDone(false), 2000)
        })
      }}
    >
      <span aria-live="polite">{isDone ? say('value.copied') : say('value.copy')}</span>
    </button>
  )
}

/** What somebody else wrote: it must not turn the direction of the text around it. */
export function Words({ children }: { readonly children: ReactNode }) {
  return <bdi>{children}</bdi>
}

/** Base units as people write them: exact, never rounded, thousands apart by a thin space. */
export function amountText(base: string | bigint, decimals: number): string {
  const text = String(base)
  const sign = text.startsWith('-') ? '−' : ''
  const digits = (sign ? text.slice(1) : text).padStart(decimals + 1, '0')
  const whole = digits.slice(0, digits.length - decimals).replace(/\B(?=(\d{3})+$)/g, '\u202f')
  const part = digits.slice(digits.length - decimals).replace(/0+$/, '')
  return `${sign}${whole}${part === '' ? '' : `.${part}`}`
}

/** An amount with its asset after it. `decimals`: how many the asset has; base units are shown as such where they are not known. */
export function Amount({
  base,
  decimals,
  symbol,
}: {
  readonly base: string | bigint
  readonly decimals: number
  readonly symbol: string
}) {
  return (
    <bdi className="machine amount" dir="ltr">
      {amountText(base, decimals)} {symbol}
    </bdi>
  )
}

/** An instant: date, 24-hour time, zone; UTC where no zone is given. Machine-made, so isolated. */
export function Instant({ at, zone = 'UTC' }: { readonly at: string | number; readonly zone?: string }) {
  const { locale } = useSpeech()
  const date = new Date(at)
  return (
    <time dateTime={date.toISOString()}>
      <bdi>{instantText(date, zone, locale)}</bdi>
    </time>
  )
}

export function instantText(date: Date, zone: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, {
    ...{ day: 'numeric', month: 'short', year: 'numeric' },
    ...{ hour: '2-digit', minute: '2-digit', hour12: false, timeZone: zone, timeZoneName: 'short' },
  }).format(date)
}

/** How long until then, or since: the two largest units that count. */
export function leftText(ms: number, locale: string): string {
  const minutes = Math.floor(Math.abs(ms) / 60_000)
  const parts: [number, 'day' | 'hour' | 'minute'][] = [
    [Math.floor(minutes / 1440), 'day'],
    [Math.floor(minutes / 60) % 24, 'hour'],
    [minutes % 60, 'minute'],
  ]
  const first = parts.findIndex(([count]) => count > 0)
  const shown = first === -1 ? parts.slice(2) : parts.slice(first, first + 2).filter(([count]) => count > 0)
  return new Intl.ListFormat(locale, { style: 'narrow', type: 'unit' }).format(
    shown.map(([count, unit]) =>
      new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(count),
    ),
  )
}

export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

/** A deadline: when in the zone that decides, when here, how long is left, by which rule. Late is a word first. */
export function Deadline({
  due,
  zone,
  rule,
  now,
}: {
  readonly due: string
  readonly zone: string
  /** An article as it is; a sentence of our own is a node, since it goes in the direction of the page. */
  readonly rule: ReactNode
  readonly now: number
}) {
  const { say, locale } = useSpeech()
  const left = Date.parse(due) - now
  const here = ownZone()
  return (
    <div>
      <span className="row">
        <DueStatus left={left} />
        <strong>
          <Instant at={due} zone={zone} />
        </strong>
        <span className="soft">
          {left < 0
            ? say('deadline.late', { time: leftText(left, locale) })
            : say('deadline.left', { time: leftText(left, locale) })}
        </span>
      </span>
      {here !== zone && (
        <div className="small soft">
          {say('deadline.here')} <Instant at={due} zone={here} />
        </div>
      )}
      {rule !== null && (
        <div className="small soft">
          {say('deadline.rule')} {typeof rule === 'string' ? <Words>{rule}</Words> : rule}
        </div>
      )}
    </div>
  )
}

const SOON_MS = 24 * 3_600_000

function DueStatus({ left }: { readonly left: number }) {
  const say = useSay()
  if (left < 0)
    return (
      <span className="status" data-kind="bad">
        {say('deadline.overdue')}
      </span>
    )
  if (left < SOON_MS)
    return (
      <span className="status" data-kind="warn">
        {say('deadline.soon')}
      </span>
    )
  return (
    <span className="status" data-kind="open">
      {say('deadline.open')}
    </span>
  )
}

/** The country by its name in the language of the user; its code where there is none. */
export function Country({ code }: { readonly code: string }) {
  const { locale } = useSpeech()
  return <bdi>{countryName(code, locale)}</bdi>
}

export function countryName(code: string, locale: string): string {
  try {
    return new Intl.DisplayNames(locale, { type: 'region' }).of(code) ?? code
  } catch {
    return code
  }
}

export function languageName(tag: string, locale: string): string {
  try {
    return new Intl.DisplayNames(locale, { type: 'language' }).of(tag) ?? tag
  } catch {
    return tag
  }
}
