/**
 * Cuts a stream of bytes into the JSON values it holds, wherever the chunks end: one value, several one after the other,
 * one per line, or the elements of one array. Only brackets and strings are followed here; `exact-json.ts` then reads
 * each value strictly.
 *
 * After damage reading goes on at the next line that begins with `{`, because only there a value surely begins.
 */
export type JsonItem =
  | { readonly kind: 'value'; readonly offset: number; readonly bytes: Uint8Array }
  | {
      readonly kind: 'damage'
      readonly code: 'SOURCE_MALFORMED' | 'SOURCE_TRUNCATED' | 'SOURCE_ITEM_TOO_LARGE'
      readonly offset: number
      readonly message: string
    }

export type JsonSplitter = {
  readonly push: (chunk: Uint8Array) => readonly JsonItem[]
  readonly finish: () => readonly JsonItem[]
}

/** A verbose block of four megabytes is some thirty megabytes of JSON. */
export const MAX_ITEM_BYTES = 128 * 1024 * 1024

type State = {
  offset: number
  /** Between values; in a bracketed value; in a string of it; in a bare word or number; looking for the next line with `{`. */
  mode: 'between' | 'inside' | 'string' | 'word' | 'lost'
  inArray: boolean
  depth: number
  escaped: boolean
  lineStart: boolean
  start: number
  parts: Uint8Array[]
  kept: number
}

export function jsonSplitter(maxItemBytes = MAX_ITEM_BYTES): JsonSplitter {
  const state: State = {
    offset: 0,
    mode: 'between',
    inArray: false,
    depth: 0,
    escaped: false,
    lineStart: true,
    start: 0,
    parts: [],
    kept: 0,
  }
  return {
    push: (chunk) => scan(state, chunk, maxItemBytes),
    finish: () => {
      if (state.mode === 'word') return [value(state, new Uint8Array(0), 0, 0)]
      if (state.mode === 'inside' || state.mode === 'string')
        return [
          damage('SOURCE_TRUNCATED', state.start, 'The file ends in the middle of a JSON value that begins here.'),
        ]
      if (state.inArray)
        return [damage('SOURCE_TRUNCATED', state.offset, 'The file ends before the JSON array is closed.')]
      return []
    },
  }
}

function scan(state: State, chunk: Uint8Array, maxItemBytes: number): readonly JsonItem[] {
  const items: JsonItem[] = []
  /** Where in this chunk the value begins that is being followed. */
  let from = 0
  const lose = (
    at: number,
    message: string,
    code: 'SOURCE_MALFORMED' | 'SOURCE_ITEM_TOO_LARGE' = 'SOURCE_MALFORMED',
  ) => {
    items.push(damage(code, state.offset + at, message))
    state.mode = 'lost'
    state.parts = []
    state.kept = 0
    state.depth = 0
    state.escaped = false
    state.inArray = false
  }
  const end = (until: number) => {
    items.push(value(state, chunk, from, until))
    state.mode = 'between'
  }
  for (let at = 0; at < chunk.length; at++) {
    const byte = chunk[at] ?? 0
    if (state.mode === 'string') {
      if (state.escaped) state.escaped = false
      else if (byte === 0x5c) state.escaped = true
      else if (byte === 0x22) {
        state.mode = 'inside'
        if (state.depth === 0) end(at + 1)
      } else if (byte < 0x20)
        lose(
          at,
          'A control character stands in a JSON string; what follows up to the next line that begins with { was not read.',
        )
    } else if (state.mode === 'inside') {
      if (byte === 0x22) state.mode = 'string'
      else if (byte === 0x7b || byte === 0x5b) state.depth++
      else if ((byte === 0x7d || byte === 0x5d) && --state.depth === 0) end(at + 1)
    } else if (state.mode === 'word') {
      if (isSpace(byte) || byte === 0x2c || byte === 0x5d) {
        end(at)
        at--
        continue
      }
    } else if (state.mode === 'lost') {
      if (byte === 0x7b && state.lineStart) begin(state, at, 'inside', 1)
      from = at
    } else if (byte === 0x7b || byte === 0x22 || (byte === 0x5b && state.inArray)) {
      from = at
      begin(state, at, byte === 0x22 ? 'string' : 'inside', byte === 0x22 ? 0 : 1)
    } else if (byte === 0x5b) state.inArray = true
    else if (byte === 0x5d && state.inArray) state.inArray = false
    else if (isWord(byte)) {
      from = at
      begin(state, at, 'word', 0)
    } else if (!isSpace(byte) && !(byte === 0x2c && state.inArray) && !isMark(state.offset + at, byte)) {
      lose(
        at,
        'Something that is not JSON stands between the values; what follows up to the next line that begins with { was not read.',
      )
    }
    state.lineStart = byte === 0x0a
  }
  if (state.mode === 'inside' || state.mode === 'string' || state.mode === 'word') {
    state.kept += chunk.length - from
    if (state.kept > maxItemBytes)
      lose(chunk.length, `A JSON value is larger than ${maxItemBytes} bytes.`, 'SOURCE_ITEM_TOO_LARGE')
    else state.parts.push(chunk.slice(from))
  }
  state.offset += chunk.length
  return items
}

function begin(state: State, at: number, mode: 'inside' | 'string' | 'word', depth: number): void {
  state.mode = mode
  state.depth = depth
  state.start = state.offset + at
  state.parts = []
  state.kept = 0
}

function value(state: State, chunk: Uint8Array, from: number, until: number): JsonItem {
  const last = chunk.subarray(state.parts.length > 0 ? 0 : from, until)
  const bytes = new Uint8Array(state.parts.reduce((sum, part) => sum + part.length, 0) + last.length)
  let at = 0
  for (const part of [...state.parts, last]) {
    bytes.set(part, at)
    at += part.length
  }
  state.parts = []
  state.kept = 0
  return { kind: 'value', offset: state.start, bytes }
}

function damage(
  code: 'SOURCE_MALFORMED' | 'SOURCE_TRUNCATED' | 'SOURCE_ITEM_TOO_LARGE',
  offset: number,
  message: string,
): JsonItem {
  return { kind: 'damage', code, offset, message }
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09
}

/** Letters, digits and the minus sign: `null`, `true`, `-1.5`. */
function isWord(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || (byte >= 0x61 && byte <= 0x7a) || byte === 0x2d
}

/** A byte order mark at the very beginning. */
function isMark(offset: number, byte: number): boolean {
  return (offset === 0 && byte === 0xef) || (offset === 1 && byte === 0xbb) || (offset === 2 && byte === 0xbf)
}
