/**
 * Refusals and faults.
 *
 * A refusal is part of the business and is returned as a value; a fault is a broken machine and is thrown.
 * A `Stop` is how a refusal leaves code that streams (generators, parsers deep in a file): it is thrown once, where it
 * is found, and turned back into the refusal at the nearest door.
 */

export type Refusal = {
  /** A code of the catalogue (docs/errors.md). Never reused once retired. */
  readonly code: string
  /** One plain sentence: what is wrong. */
  readonly message: string
  /** Where: file, byte offset, line, transaction, flag. */
  readonly place?: string
  /** What the reader can do about it. */
  readonly fix?: string
}

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal }

export function ok<T>(value: T): Result<T> {
  return { ok: true, value }
}

export function refuse(
  code: string,
  message: string,
  more: { place?: string; fix?: string } = {},
): { ok: false; refusal: Refusal } {
  return { ok: false, refusal: { code, message, ...more } }
}

/** Carries a refusal out of nested code. Caught by `catchRefusal` or at the edge of the program. */
export class Stop extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(`${refusal.code}: ${refusal.message}`)
    this.name = 'Stop'
    this.refusal = refusal
  }
}

export function stop(code: string, message: string, more: { place?: string; fix?: string } = {}): never {
  throw new Stop({ code, message, ...more })
}

/** The value of a result, or the refusal thrown as a `Stop`. */
export function orStop<T>(result: Result<T>): T {
  if (result.ok) return result.value
  throw new Stop(result.refusal)
}

/** Runs `body`; a `Stop` becomes its refusal, any other throw is a fault and goes on. */
export function catchRefusal<T>(body: () => T): Result<T> {
  try {
    return ok(body())
  } catch (thrown) {
    if (thrown instanceof Stop) return { ok: false, refusal: thrown.refusal }
    throw thrown
  }
}

/** One entry of a room's list of codes. All lists together are docs/errors.md; a test keeps them equal. */
export type CodeEntry = { readonly code: string; readonly meaning: string; readonly fix: string }
