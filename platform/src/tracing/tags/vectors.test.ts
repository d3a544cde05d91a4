import { describe, expect, test } from 'vitest'
import dates from '../../../../vectors/tags/dates.json' with { type: 'json' }
import digests from '../../../../vectors/tags/digest.json' with { type: 'json' }
import files from '../../../../vectors/tags/files.json' with { type: 'json' }
import subjects from '../../../../vectors/tags/subjects.json' with { type: 'json' }
import { parseStatedInstant } from './instant.ts'
import { readAddressSubject } from './subject.ts'
import { newTag, type StatedTag, type Tag, type TagAct } from './tag.ts'
import { parseTagFile } from './tag-file.ts'
import { tagSetDigest } from './tag-set.ts'
import { fileOf } from './test-tags.ts'

type FileCase = {
  readonly name: string
  readonly file: string
  readonly text: string
  readonly expect: {
    readonly refusal?: string
    readonly read?: number
    readonly refused?: number
    readonly tags?: readonly Readonly<Record<string, unknown>>[]
    readonly actors?: readonly Readonly<Record<string, unknown>>[]
    readonly defects?: readonly (readonly [code: string, place: string, count: number])[]
  }
}

describe('vectors/tags/files.json', () => {
  test.each(files as unknown as readonly FileCase[])('$name', ({ file, text, expect: wanted }) => {
    const content = parseTagFile(fileOf(file, text))
    if (wanted.refusal !== undefined || !content.ok) {
      expect(content.ok ? 'read' : content.refusal.code).toBe(wanted.refusal)
      return
    }
    const { tags, actors, read, refused, defects } = content.value
    expect(defects.map(({ code, place, count }) => [code, place, count])).toEqual(wanted.defects)
    expect({ read, refused, tags: tags.length, actors: actors.length }).toEqual({
      read: wanted.read,
      refused: wanted.refused,
      tags: wanted.tags?.length,
      actors: wanted.actors?.length ?? 0,
    })
    wanted.tags?.forEach((fields, at) => {
      expect(flat(tags[at])).toMatchObject(fields)
    })
    wanted.actors?.forEach((fields, at) => {
      expect(actors[at]).toMatchObject(fields)
    })
  })
})

describe('vectors/tags/subjects.json', () => {
  test.each(subjects)('$name', ({ currency, network, address, expect: wanted }) => {
    const { subject, flaws } = readAddressSubject(address, currency, network)
    const { chain, text, check, stated } = subject
    expect({ chain, text, check, flaws: flaws.map(({ code }) => code) }).toEqual(wanted)
    expect(stated).toBe(address)
  })
})

describe('vectors/tags/dates.json', () => {
  test.each(dates)('$text', ({ text, expect: wanted }) => {
    const instant = parseStatedInstant(text)
    expect(instant.ok ? instant.value : { refusal: instant.refusal.code }).toEqual(wanted)
  })
})

type Content = Omit<StatedTag, 'subject' | 'confidence' | 'provenance'> & {
  readonly subject: readonly [StatedTag['subject']['kind'], string, string, string, string, string | null]
  readonly confidence: readonly [string, number] | null
  readonly provenance: readonly [string, number]
}
type DigestCase = {
  readonly name: string
  readonly digest: string
  readonly tags: readonly {
    readonly content: Content
    readonly id: string
    readonly retracted?: TagAct
    readonly superseded?: TagAct & { readonly replacedBy: string }
    readonly ended?: TagAct & { readonly validTo: number }
  }[]
}

describe('vectors/tags/digest.json', () => {
  test.each(digests as unknown as readonly DigestCase[])('$name', ({ tags, digest }) => {
    const made = tags.map(({ content, retracted, superseded, ended }): Tag => {
      const tag = newTag(statedOf(content))
      return { ...tag, retracted: retracted ?? null, superseded: superseded ?? null, ended: ended ?? null }
    })
    expect(made.map(({ id }) => id)).toEqual(tags.map(({ id }) => id))
    expect(tagSetDigest(made)).toBe(digest)
  })
})

function statedOf({ subject, confidence, provenance, ...rest }: Content): StatedTag {
  const [kind, chain, text, stated, currency, network] = subject
  return {
    ...rest,
    subject: { kind, chain, text, stated, currency, network, check: 'verified' },
    confidence: confidence && { id: confidence[0], level: confidence[1] },
    provenance: { file: 'any name', sha256: provenance[0], index: provenance[1], line: null },
  }
}

function flat(tag: Tag | undefined): Readonly<Record<string, unknown>> {
  if (tag === undefined) throw new Error('a tag that the vector expects is missing')
  const { kind, chain, text, check } = tag.subject
  return { ...tag, kind, chain, text, check, confidence: tag.confidence && [tag.confidence.id, tag.confidence.level] }
}
