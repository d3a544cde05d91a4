/**
 * The codes of the exchange, one table, whatever its length.
 */
import type { CodeEntry } from '../kernel/index.ts'

export const exchangeCodes: readonly CodeEntry[] = [
  {
    code: 'EXCHANGE_APPROVALS',
    meaning: 'A message was not approved by as many different people, in the roles, as it needs.',
    fix: 'Have it approved again and sent as a new message; the refusal says which approvals do not count and why.',
  },
  {
    code: 'EXCHANGE_ATTACHMENT',
    meaning: 'Two attachments of a message have one name, or a translation is named that does not come with it.',
    fix: 'Name each attachment its own way, and attach what is named.',
  },
  {
    code: 'EXCHANGE_ATTACHMENT_AWAITED',
    meaning: 'A file of a message is not here yet, or no message that was accepted here names it.',
    fix: 'Wait until all of it has arrived; ask its sender where it is late.',
  },
  {
    code: 'EXCHANGE_ATTACHMENT_BROKEN',
    meaning:
      'A chunk of a sealed file does not open at its place: changed, moved, of another message, or for another key.',
    fix: 'Fetch it again; if it stays so, do not use the file, and tell the sender.',
  },
  {
    code: 'EXCHANGE_ATTACHMENT_BUSY',
    meaning: 'This piece of a file is arriving over another connection.',
    fix: 'Try again in a moment.',
  },
  {
    code: 'EXCHANGE_ATTACHMENT_DIFFERS',
    meaning: 'A sealed file is not the one that the header of its message names.',
    fix: 'Do not use it; ask the sender for the message again.',
  },
  {
    code: 'EXCHANGE_ATTACHMENT_FACTS',
    meaning: 'A file cannot be attached under the name, media type or class that was given.',
    fix: 'Give it a name without a path, a media type as application/pdf, and a class of the list.',
  },
  {
    code: 'EXCHANGE_ATTACHMENT_KEY',
    meaning: 'A file is sealed for another key than the one that should open it.',
    fix: 'Open it with the key that is named, or ask for it under a key of the directory.',
  },
  {
    code: 'EXCHANGE_ATTACHMENT_LIMIT',
    meaning: 'A file is larger than the directory lets its sender send.',
    fix: 'Send it in parts, or ask those who keep the directory for more.',
  },
  {
    code: 'EXCHANGE_ATTACHMENT_RANGE',
    meaning: 'Bytes that came are no piece of the file that the message names: of another length, place or whole size.',
    fix: 'Send pieces of 1 MiB, the last as long as what is left, of a cipher as long as the header says.',
  },
  {
    code: 'EXCHANGE_ATTACHMENT_SIZE',
    meaning:
      'A file, or its cipher, is shorter or longer than was stated, or larger than any that goes with a message.',
    fix: 'Send the whole file, with its true size.',
  },
  {
    code: 'EXCHANGE_ATTACHMENT_SOURCE',
    meaning: 'There is no such exhibit in the case with a file in the vault.',
    fix: 'Name an exhibit of the case that has bytes here.',
  },
  {
    code: 'EXCHANGE_ATTACHMENT_UNASKED',
    meaning: 'A file came that no message of its sender names which was accepted here.',
    fix: 'Send the message first, and then what its header names.',
  },
  {
    code: 'EXCHANGE_BASE64',
    meaning: 'Bytes of an envelope are not in base64, or not in the one way of writing them.',
    fix: 'Use + and /, with padding, without spaces, with zeros in the unused bits.',
  },
  {
    code: 'EXCHANGE_BODY',
    meaning: 'The body of a message does not fit the schema of its type and version.',
    fix: 'Correct the member that is named.',
  },
  {
    code: 'EXCHANGE_CONFLICT_NOT_SHOWN',
    meaning: 'Two messages do not show that their sender contradicted itself.',
    fix: 'Show two messages of one sender that differ and have one id, or one place in one exchange.',
  },
  {
    code: 'EXCHANGE_CRITICAL',
    meaning: 'A message calls something critical that is not in it.',
    fix: 'Name members that are there.',
  },
  {
    code: 'EXCHANGE_DEADLINE',
    meaning: 'A message was made after its own deadline.',
    fix: 'State a later deadline, or none.',
  },
  {
    code: 'EXCHANGE_DECONFLICTION_ANSWER',
    meaning: 'A partner answered a comparison with what belongs to another question, epoch or agency.',
    fix: 'Use none of it; the signed statements are kept, show them to the partner and to those who keep the directory.',
  },
  {
    code: 'EXCHANGE_DECONFLICTION_BUDGET',
    meaning: 'A member has asked as much of another in a day as it may.',
    fix: 'Ask again tomorrow, the most important items first.',
  },
  {
    code: 'EXCHANGE_DECONFLICTION_CASE',
    meaning: 'A case that a court has sealed, or an exercise, would be compared with partners.',
    fix: 'Have the case unsealed first; compare nothing in an exercise.',
  },
  {
    code: 'EXCHANGE_DECONFLICTION_CONTACT',
    meaning: 'The partner was told of this already, or there is nothing that could still be answered.',
    fix: 'Read where it stands: deconfliction.contacts.',
  },
  {
    code: 'EXCHANGE_DECONFLICTION_EPOCH',
    meaning:
      'The epochs of the keys of a member overlap, last too long, or are not in order; or another epoch runs than was asked for.',
    fix: 'Use no key of this member until its list of epochs is right, and ask for the epoch that runs.',
  },
  {
    code: 'EXCHANGE_DECONFLICTION_EXPIRY',
    meaning: 'A contact was opened that is over already, or for longer than is usual.',
    fix: 'Begin anew, with a time of some days.',
  },
  {
    code: 'EXCHANGE_DECONFLICTION_ITEM',
    meaning: 'Something is no address that could be compared with those of others.',
    fix: 'Name the chain by its CAIP-2 id, and the address as the chain writes it.',
  },
  {
    code: 'EXCHANGE_DECONFLICTION_MARKING',
    meaning: 'Something that is for named people only would be released for comparing.',
    fix: 'Leave it out, or have its author mark it for wider use.',
  },
  {
    code: 'EXCHANGE_DECONFLICTION_NOTHING',
    meaning: 'A comparison names no items, or both items and a request, or a request that is not of the case.',
    fix: 'Name items, or a request of the case that names addresses.',
  },
  {
    code: 'EXCHANGE_DECONFLICTION_NOT_YET',
    meaning: 'A partner has published no tags yet in this epoch.',
    fix: 'Wait: it is asked again.',
  },
  {
    code: 'EXCHANGE_DECONFLICTION_PARTNER',
    meaning: 'A partner that should be asked publishes no key for now, or may not be asked.',
    fix: 'See comity directory members: a partner needs a key for this epoch, and both need the scope.',
  },
  {
    code: 'EXCHANGE_DECONFLICTION_REPEATED',
    meaning: 'A question of a comparison was answered before.',
    fix: 'Blind the batch anew, and ask again.',
  },
  {
    code: 'EXCHANGE_DECONFLICTION_REVEAL',
    meaning: 'What a side reveals of its case is not what it has committed to.',
    fix: 'Do not rely on it; the commitment and the reveal are signed, and show it.',
  },
  {
    code: 'EXCHANGE_DECONFLICTION_SAMPLE',
    meaning: 'A sample that is shown to the oversight is not what was committed to.',
    fix: 'Ask for the leaf again; where it is not shown, the question had no case.',
  },
  {
    code: 'EXCHANGE_DECONFLICTION_SILENCE',
    meaning: 'A partner that is compared with gave no answer.',
    fix: 'Wait: it is asked again until the comparison ends.',
  },
  {
    code: 'EXCHANGE_DECONFLICTION_TAGS',
    meaning: 'A set of tags is not padded, too large, grows too fast, or has lost tags.',
    fix: 'Keep the set that was taken before, and ask the member and the oversight why.',
  },
  {
    code: 'EXCHANGE_DECONFLICTION_TURN',
    meaning: 'A message about a contact comes out of its turn, twice, or too late.',
    fix: 'Commit first, on both sides; reveal once, and in time.',
  },
  {
    code: 'EXCHANGE_ENVELOPE',
    meaning: 'Something is no envelope of a message.',
    fix: 'Send a DSSE envelope with payload, payloadType and signatures, and nothing else.',
  },
  {
    code: 'EXCHANGE_FOLLOWS',
    meaning: 'A message does not follow on what opened the exchange, or is not for that side to send.',
    fix: 'See the table of replies.',
  },
  {
    code: 'EXCHANGE_HEADER',
    meaning: 'The header of a message does not fit its schema.',
    fix: 'Correct the member that is named.',
  },
  {
    code: 'EXCHANGE_KEY_ID',
    meaning: 'A key is named by something else than the SHA-256 of its SubjectPublicKeyInfo.',
    fix: 'Compute the id from the key.',
  },
  {
    code: 'EXCHANGE_KEY_UNKNOWN',
    meaning: 'No signature is under a key that the directory gives a member.',
    fix: 'Bring the directory up to date, or do not trust the message.',
  },
  {
    code: 'EXCHANGE_PARCEL',
    meaning: 'A file is no parcel of the exchange, is not whole, or is too large.',
    fix: 'Have it made and brought again; nothing of it was taken.',
  },
  {
    code: 'EXCHANGE_PAYLOAD',
    meaning: 'The payload of an envelope has not exactly the members header and body.',
    fix: 'Put everything that the message says into one of the two.',
  },
  {
    code: 'EXCHANGE_PAYLOAD_TYPE',
    meaning: 'An envelope carries something else than a message of this protocol, or than what is expected here.',
    fix: 'Send it where it belongs, under its own type.',
  },
  {
    code: 'EXCHANGE_PLACE',
    meaning: 'What a message says of its place in the exchange does not agree with itself.',
    fix: 'An exchange is opened by message 1, without a message before it.',
  },
  {
    code: 'EXCHANGE_PROOF',
    meaning: 'What came as the proof of a receipt does not show that the receipt stands in the journal of who gave it.',
    fix: 'Ask for the proof again; if it stays so, tell those who keep the directory.',
  },
  {
    code: 'EXCHANGE_RECEIPT',
    meaning: 'A receipt is not for the message that it is shown for, or not of the side that may give it.',
    fix: 'Ask for the receipt of this message.',
  },
  {
    code: 'EXCHANGE_RECIPIENT',
    meaning: 'A message is for somebody else than who received it, or for its own sender.',
    fix: 'Send it to the agency that it names.',
  },
  {
    code: 'EXCHANGE_SCOPE',
    meaning: 'The directory does not give a member the scope that a message needs.',
    fix: 'Have the scope given in the directory, or let a member send it that has it.',
  },
  {
    code: 'EXCHANGE_SENDER',
    meaning: 'A message is signed by another agency than the one it names, by two, or by none of its exchange.',
    fix: 'Do not act on it; tell the agencies that are named.',
  },
  {
    code: 'EXCHANGE_SEQUENCE',
    meaning: 'A message does not continue what its sender sent before in the exchange.',
    fix: 'Compare the digests with the sender; two messages at one place are proof of a contradiction.',
  },
  {
    code: 'EXCHANGE_SIGNATURE',
    meaning: 'A signature under a known key is wrong.',
    fix: 'Ask for the message again.',
  },
  {
    code: 'EXCHANGE_SIGNATURES',
    meaning: 'An envelope has no signature, more than eight, or two under one key.',
    fix: 'Sign it once with each key.',
  },
  {
    code: 'EXCHANGE_STATEMENT',
    meaning: 'A receipt, a record of a gap or a hint does not fit its schema, or contradicts itself.',
    fix: 'Correct the member that is named.',
  },
  {
    code: 'EXCHANGE_TRAINING',
    meaning: 'An exercise and something real are mixed in one message.',
    fix: 'An exercise has the purpose "exercise", and nothing else has.',
  },
  {
    code: 'EXCHANGE_TYPE_UNKNOWN',
    meaning: 'There is no message of this type.',
    fix: 'Use a type of docs/spec/exchange.md.',
  },
  {
    code: 'EXCHANGE_UNSUPPORTED',
    meaning: 'A message cannot be understood without a member that is not known here.',
    fix: 'Send it without that member, or in a version that both sides speak.',
  },
  {
    code: 'EXCHANGE_VERSION',
    meaning: 'A message is in a version that is not spoken here, or the two sides speak no version in common.',
    fix: 'Send it in a version that both sides speak, or on paper.',
  },
  {
    code: 'ORDER_CONFLICT_KIND',
    meaning: 'The packs know no such conflict between orders.',
    fix: 'Use an id of packs/conflicts.yaml.',
  },
  {
    code: 'ORDER_CONFLICT_ORDER',
    meaning: 'Something is no request and no order of the case of a conflict.',
    fix: 'Name what stands in the case.',
  },
  {
    code: 'ORDER_CONFLICT_STEP',
    meaning: 'Another step of a conflict between orders is due.',
    fix: 'First consult, then decide, then tell; close it where nothing is due any more.',
  },
  {
    code: 'EXCHANGE_POUCH',
    meaning: 'What came as several messages in one request is not whole, or holds too many.',
    fix: 'Send each message by itself; nothing of it was taken.',
  },
  {
    code: 'EXCHANGE_PREV',
    meaning: 'A message names another one before it than the receiver has.',
    fix: 'Ask the receiver which one it has; send what the message says in a new exchange.',
  },
  {
    code: 'EXCHANGE_SKIPPED',
    meaning: 'The sender has said before that the place of this message stays empty.',
    fix: 'Send what it says in a new message.',
  },
  {
    code: 'EXCHANGE_UNKNOWN',
    meaning: 'There is no such exchange between the sender and the receiver of a message.',
    fix: 'Open an exchange first.',
  },
  {
    code: 'INBOX_FACTS',
    meaning: 'A message that asks for something states no facts of the case.',
    fix: 'State them, from the attachments or by asking back.',
  },
  {
    code: 'INBOX_INSTRUMENT',
    meaning: 'A message that asks for something names no instrument of the law.',
    fix: 'State the one under which you treat it, by its id in the packs.',
  },
  {
    code: 'INBOX_MEASURE',
    meaning: 'From the type of a message alone it does not follow what is asked for.',
    fix: 'State the measure, as PRESERVE.',
  },
  {
    code: 'INBOX_REQUEST_TYPE',
    meaning: 'The instrument knows no request that this message would be.',
    fix: 'State the type of request, by its id in the pack; or another instrument.',
  },
  {
    code: 'INBOX_ROLE',
    meaning: 'The directory does not call the sender an authority that asks under an instrument.',
    fix: 'State what it is.',
  },
  {
    code: 'INBOX_STATE',
    meaning: 'A message of the inbox was filed or set aside already, or is none that opens an exchange.',
    fix: 'See inbox.list.',
  },
  {
    code: 'INBOX_UNKNOWN',
    meaning: 'There is no such message in the inbox.',
    fix: 'See inbox.list.',
  },
  {
    code: 'MESSAGE_EXCHANGE',
    meaning: 'A message names an exchange that this case does not have with this partner.',
    fix: 'Name the exchange of a message of the case, and its other party.',
  },
  {
    code: 'MESSAGE_MEMBER',
    meaning: 'A message lacks a member that its type asks for, or states one that its type does not have.',
    fix: 'State the members that the schema of its type names.',
  },
  {
    code: 'MESSAGE_OF_REQUEST',
    meaning: 'A message that was made of a request says what the request says, and is not changed by itself.',
    fix: 'Give the message up, change the request, and make a message of it again.',
  },
  {
    code: 'MESSAGE_PURPOSE',
    meaning: 'A message would serve a purpose that its case does not.',
    fix: 'Name a purpose of the case.',
  },
  {
    code: 'MESSAGE_REQUEST_TYPE',
    meaning: 'No message of the catalogue carries a request of this type.',
    fix: 'Send it as its letter.',
  },
  {
    code: 'MESSAGE_STATE',
    meaning: 'What is asked of a message is not possible as it stands.',
    fix: 'See message.show.',
  },
  {
    code: 'DOSSIER_INVALID',
    meaning: 'A file is no dossier of messages.',
    fix: 'Have it exported again (message.dossier).',
  },
  {
    code: 'DOSSIER_ROOT',
    meaning: 'The directory with which a dossier was to be checked begins with another root than its reader has named.',
    fix: 'Have the directory again from where the SHA-256 came from.',
  },
  {
    code: 'DOSSIER_DIRECTORY',
    meaning: 'The directory with which a dossier was to be checked cannot be relied on.',
    fix: 'Take the folder of the published directory, whole.',
  },
  {
    code: 'MESSAGE_UNKNOWN',
    meaning: 'No such message has come into this case, or it is not for whoever asks.',
    fix: 'See message.list.',
  },
]
