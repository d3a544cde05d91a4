/** The parts of a header that have parts of their own. */
import { Type } from '@sinclair/typebox'
import { Purpose, roles, Tlp } from '../../kernel/index.ts'
import {
  AgencyId,
  Country,
  closed,
  count,
  day,
  digest,
  FileName,
  flag,
  instant,
  KeyId,
  Language,
  listOf,
  named,
  nullable,
  oneOf,
  text,
} from './fields.ts'
import { ledCategories, urgencyCodes, useConditionCodes } from './vocabulary.ts'

/** What the receiver's marking of the case starts from; whom it lets see it is the receiver's own act, an empty audience is nobody. */
export const MessageMarking = named(
  'MessageMarking',
  {
    tlp: Tlp,
    handling: nullable(
      Type.String({ maxLength: 40, pattern: '^[A-Z0-9() -]+$', description: 'A handling code of the sender, as H1.' }),
    ),
    onwardUse: flag('Whether the sender allows use beyond the stated purpose.'),
    purpose: Purpose,
    needToKnow: flag('Whether the receiver must name everybody who may see it.'),
  },
  'How the message may be used.',
)

export const CaseRef = named(
  'CaseRef',
  {
    mine: text(200, 'The file number of the sender.'),
    theirs: listOf(text(200, 'A file number of the receiver.'), 20, 'File numbers of the receiver that are known.'),
  },
  'The files that the message belongs to.',
)

export const InstrumentRef = named(
  'InstrumentRef',
  {
    id: Type.String({ pattern: '^[A-Z][A-Z0-9-]{1,39}$', description: 'The instrument by its id in the packs.' }),
    article: text(200, 'The article.'),
    packVersion: text(40, 'The version of the pack that the sender used.'),
  },
  'The instrument on which the message stands.',
)

export const Urgency = named(
  'Urgency',
  {
    code: oneOf(urgencyCodes, 'Why it cannot wait.'),
    ground: text(300, 'The provision that allows it to be urgent.'),
    text: text(4000, 'The facts that make it urgent.'),
  },
  'Why the message goes before others.',
)

export const Confidentiality = named(
  'Confidentiality',
  {
    secret: flag('Whether the existence of the request itself is to be kept secret (Budapest Convention art. 27(8)).'),
    providerNotice: oneOf(['allowed', 'delayed', 'forbidden'] as const, 'Whether a service may tell its customer.'),
    until: nullable(day('Until when.')),
  },
  'What must not become known.',
)

export const UseCondition = named(
  'UseCondition',
  {
    code: oneOf(useConditionCodes, 'What the receiver may do with it; codes of packs/grounds.yaml.'),
    until: nullable(day('Until when; for DELETE_BY the last day.')),
    text: nullable(text(2000, 'In words.')),
  },
  'A condition of use.',
)

export const Languages = named(
  'Languages',
  {
    original: Language,
    translations: listOf(
      named(
        'Translation',
        { language: Language, attachment: FileName },
        'A translation, among the attachments; the original prevails.',
      ),
      20,
      'Translations that come with it.',
    ),
  },
  'In which languages it is.',
)

export const DataProtection = named(
  'DataProtection',
  {
    categories: Type.Array(oneOf(ledCategories, 'A category of data subjects (Directive 2016/680 art. 6).'), {
      maxItems: 7,
      uniqueItems: true,
      description: 'Whose personal data is in it; empty where there is none.',
    }),
    factOrAssessment: oneOf(
      ['facts', 'assessments', 'both'] as const,
      'Whether it states facts or personal assessments (Directive 2016/680 art. 7(1)).',
    ),
    retentionUntil: nullable(day('The last day on which the receiver may keep it; null: as its own law says.')),
    onwardTransfer: oneOf(['forbidden', 'with-consent', 'allowed'] as const, 'To other agencies or countries.'),
  },
  'Personal data in the message and its attachments.',
)

export const Officer = named(
  'Officer',
  { name: text(200, 'The name.'), role: text(100, 'The function, in the words of the sender.') },
  'Who answers for it.',
)

export const Via = named(
  'Via',
  {
    agency: nullable(AgencyId),
    name: text(200, 'The authority or network that passed it on.'),
    country: nullable(Country),
    channel: oneOf(
      [
        'central-authority',
        'contact-24-7',
        'aro',
        'fiu',
        'carin',
        'interpol',
        'europol',
        'e-codex',
        'diplomatic',
      ] as const,
      'As what.',
    ),
    at: instant('When.'),
  },
  'A station on the way.',
)

const base64url = (maxLength: number, description: string) =>
  Type.String({ minLength: 1, maxLength, pattern: '^[A-Za-z0-9_-]+$', description })

const PublicJwk = Type.Union(
  [
    closed({
      kty: Type.Literal('EC'),
      crv: Type.Literal('P-256'),
      x: base64url(64, 'x'),
      y: base64url(64, 'y'),
    }),
    closed({ kty: Type.Literal('OKP'), crv: Type.Literal('Ed25519'), x: base64url(64, 'x') }),
    closed({ kty: Type.Literal('RSA'), n: base64url(2000, 'The modulus.'), e: base64url(16, 'The exponent.') }),
  ],
  { description: 'The public key of the authenticator (RFC 7517).' },
)

export const ApprovalPart = named(
  'MessageApproval',
  {
    approver: named(
      'Approver',
      {
        id: text(100, 'The person, by an id that the sender gives to one person only.'),
        name: text(200, 'The name.'),
        role: oneOf(roles, 'The role in which it was approved.'),
      },
      'Who approved; the sender answers for name and role.',
    ),
    givenAt: instant('When.'),
    expiresAt: instant('Until when it holds: a day at most.'),
    proof: named(
      'AssertionProof',
      {
        publicKey: PublicJwk,
        rpId: text(253, 'The host for which the key was made.'),
        origin: text(300, 'The origin of the page on which it was used.'),
        authenticatorData: base64url(10_000, 'What the authenticator says of itself.'),
        clientDataJSON: base64url(10_000, 'What the browser says of the page.'),
        signature: base64url(2000, 'The signature.'),
      },
      'The assertion of the authenticator (WebAuthn level 3).',
    ),
  },
  'The consent of one person to exactly this message.',
)

export const AttachmentPart = named(
  'Attachment',
  {
    name: FileName,
    mime: Type.String({
      maxLength: 127,
      pattern: '^[a-z0-9][a-z0-9!#$&^_.+-]{0,62}/[a-z0-9][a-z0-9!#$&^_.+-]{0,62}$',
      description: 'The media type, as application/pdf.',
    }),
    size: count(Number.MAX_SAFE_INTEGER, 'Bytes of the file.'),
    commitment: digest('HMAC-SHA-256 under a salt, which travels inside the cipher only, of the SHA-256 of the file.'),
    cipherDigest: digest('SHA-256 of the cipher.'),
    cipherSize: count(Number.MAX_SAFE_INTEGER, 'Bytes of the cipher.', 1),
    chunks: count(100_000_000, 'Chunks of the cipher.', 1),
    encapsulatedKey: Type.String({
      pattern: '^[A-Za-z0-9+/]{43}=$',
      description: 'The encapsulated key of HPKE (X25519), 32 bytes in base64.',
    }),
    recipientKeyId: KeyId,
    class: oneOf(
      ['evidence', 'order', 'certificate', 'translation', 'trace-record', 'bundle', 'other'] as const,
      'What it is.',
    ),
  },
  'A file that goes apart from the message, sealed for one key of the receiver.',
)

/** What a sender says of a file before it is sealed. */
export const AttachmentFacts = Type.Pick(AttachmentPart, ['name', 'mime', 'size', 'class'])
