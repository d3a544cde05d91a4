/** Errors as TAXII 2.1 section 3.6.1 has them: title, our code, the status as text. */
import { bytesToHex, refuse, sha256, stop, textToBytes } from '../../../kernel/index.ts'

export const MEDIA_TYPE = 'application/taxii+json;version=2.1'
export const STIX_MEDIA_TYPE = 'application/stix+json;version=2.1'

export type TaxiiAnswer = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
}

const STATUS_BY_CODE: Readonly<Record<string, number>> = {
  TAXII_QUERY: 400,
  TAXII_READ_ONLY: 403,
  TAXII_NOT_FOUND: 404,
  TAXII_MEDIA_TYPE: 406,
}

export function refuseQuery(what: string, place: string, fix: string): never {
  return stop('TAXII_QUERY', what, { place, fix })
}

/** One text for what does not exist and for what this caller may not see. */
export function refuseNotFound(): never {
  return stop('TAXII_NOT_FOUND', 'There is nothing there for you.', { fix: 'Ask for the collections first.' })
}

export const notAcceptable = () =>
  refuse('TAXII_MEDIA_TYPE', 'Only TAXII 2.1 is spoken here.', {
    place: 'Accept',
    fix: `Accept ${MEDIA_TYPE}.`,
  })

export const readOnly = () =>
  refuse('TAXII_READ_ONLY', 'Nothing is taken in over TAXII: what others know is taken into a case by a person.', {
    fix: 'Send it as a message, or have it taken in from a file.',
  })

export function errorAnswer({
  refusal,
}: {
  readonly refusal: { code: string; message: string; place?: string; fix?: string }
}): TaxiiAnswer {
  const { code, message, place, fix } = refusal
  const status = STATUS_BY_CODE[code] ?? 400
  return {
    status,
    headers: { 'content-type': MEDIA_TYPE },
    body: {
      title: message,
      ...(fix === undefined ? {} : { description: fix }),
      // The same question gives the same id, so that two sides can talk about it without quoting it.
      error_id: bytesToHex(sha256(textToBytes(JSON.stringify([code, message, place ?? null])))).slice(0, 16),
      error_code: code,
      http_status: String(status),
      ...(place === undefined ? {} : { details: { place } }),
    },
  }
}
