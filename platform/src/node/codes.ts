import type { CodeEntry } from '../kernel/index.ts'

export const nodeCodes: readonly CodeEntry[] = [
  {
    code: 'ACTION_UNKNOWN',
    meaning: 'There is no action, or nothing at the address, of this name.',
    fix: 'Look the name up in /v1/openapi.json.',
  },
  {
    code: 'ANCHOR_CLOCK',
    meaning: 'The time that a time-stamping authority states is more than five minutes from the clock of the node.',
    fix: 'Correct the clock of the machine, or ask the authority about its own.',
  },
  {
    code: 'ANCHOR_NO_ANSWER',
    meaning: 'A time-stamping authority did not answer, or with something that is no answer.',
    fix: 'Check its URL in node.yaml, and whether the machine of the node can reach it.',
  },
  {
    code: 'BODY_INVALID',
    meaning: 'The body of a request is not a JSON object in UTF-8.',
    fix: 'Send application/json with one object.',
  },
  {
    code: 'CASE_ERASED',
    meaning: 'The case was erased: its key is destroyed, and nothing of it can be read or added.',
    fix: 'Open a new case.',
  },
  {
    code: 'CONFIG_INVALID',
    meaning: 'The configuration of the node is not valid.',
    fix: 'Correct it at the place that is named.',
  },
  {
    code: 'CONFIG_UNSAFE',
    meaning: 'Settings of the node would together be unsafe.',
    fix: 'Change the configuration; a node does not start unsafely.',
  },
  {
    code: 'ENROLMENT_INVALID',
    meaning: 'An invitation is not known, was used, or has lapsed.',
    fix: 'Ask the administrator of the node for a new one.',
  },
  {
    code: 'IDEMPOTENCY_KEY_MISSING',
    meaning: 'A change was sent without a key by which its repetition is known.',
    fix: 'Send a new random Idempotency-Key for each act, and the same key to repeat it.',
  },
  {
    code: 'IDEMPOTENCY_MISMATCH',
    meaning: 'An Idempotency-Key was used before, for another call.',
    fix: 'Use a new key for each new act, and the same key only to repeat one.',
  },
  {
    code: 'IDENTITY_PROVIDER_DOWN',
    meaning: 'The identity provider of the agency cannot be reached, or does not answer in time.',
    fix: 'Try again later, or sign in with a passkey.',
  },
  {
    code: 'INPUT_INVALID',
    meaning: 'The input of an action does not fit its schema.',
    fix: 'Correct the value at the place that is named; the schema stands in /v1/openapi.json.',
  },
  {
    code: 'KEYS_EXIST',
    meaning: 'The folder for new keys holds keys already.',
    fix: 'Start the node that they belong to, or choose another --home.',
  },
  {
    code: 'KEYS_EXPOSED',
    meaning: "Other users of the machine can read the node's key.",
    fix: 'Take the rights away from them, as chmod 600 does.',
  },
  {
    code: 'KEYS_MISSING',
    meaning: 'The folder holds no keys of a node, or a key that cannot be read.',
    fix: 'Restore the keys from their backup, or make a node with comity node init.',
  },
  {
    code: 'NODE_NOT_INITIALISED',
    meaning: 'There is no node in this folder.',
    fix: 'Make one with comity node init.',
  },
  {
    code: 'NOT_PERMITTED',
    meaning: 'The policies say no, or there is no such thing: both are answered in the same words.',
    fix: 'Ask a lead of the case, or the administrator of the node, for the right.',
  },
  {
    code: 'NOT_SIGNED_IN',
    meaning: 'Nobody is signed in, the session has ended, or the sign-in did not succeed.',
    fix: 'Sign in, or send an API key.',
  },
  {
    code: 'OWN_RIGHTS',
    meaning: 'Somebody tried to change their own role or standing.',
    fix: 'Ask another administrator.',
  },
  {
    code: 'PRECONDITION_MISSING',
    meaning: 'A change of something was sent without the version that was seen of it.',
    fix: 'Send the ETag of what you read, in If-Match.',
  },
  {
    code: 'PROOF_NEEDED',
    meaning: 'A passkey did not prove who is there.',
    fix: 'Start again, with a key that was enrolled at this node.',
  },
  {
    code: 'RECORD_UNKNOWN',
    meaning: 'There is no such record.',
    fix: 'List the records of its kind.',
  },
  {
    code: 'TOO_LARGE',
    meaning: 'The body of a request is larger than is read there.',
    fix: 'Send less at once; files go by /v1/uploads.',
  },
  {
    code: 'TOO_MANY_REQUESTS',
    meaning: 'More requests came from one address in a minute than are answered.',
    fix: 'Wait for the time in Retry-After.',
  },
  {
    code: 'VERSION_CONFLICT',
    meaning: 'A record has changed since it was read.',
    fix: 'Read it again, and repeat the change on what it says now.',
  },
  {
    code: 'BACKUP_DAMAGED',
    meaning: 'A backup is not whole, was changed, or does not belong to the keys that were given.',
    fix: 'Use another copy of it.',
  },
  {
    code: 'RESTORE_NOT_EMPTY',
    meaning: 'A backup is put back only into an empty database.',
    fix: 'Restore into a new, empty node.',
  },
  {
    code: 'WEBHOOK_HOST',
    meaning: 'The host of a webhook is not in the configuration.',
    fix: 'Add it to webhooks.hosts in node.yaml, and start the node again.',
  },
  {
    code: 'EXCHANGE_ATTEMPT',
    meaning:
      'The HTTP signature of a request between nodes is missing, wrong, out of its time, or covers something else.',
    fix: 'Sign each attempt anew, with a key of the directory and a clock that is right.',
  },
  {
    code: 'EXCHANGE_BUDGET',
    meaning: 'A member has sent as many messages or bytes as the directory allows it for now.',
    fix: 'Try again later; the limits stand in the directory.',
  },
  {
    code: 'EXCHANGE_CONFLICT',
    meaning: 'A member has sent two signed messages that contradict each other; the proof is kept.',
    fix: 'Ask that agency what it means; the proof can be checked by anybody.',
  },
  {
    code: 'EXCHANGE_CONNECTIONS',
    meaning: 'A member has more connections open than the directory allows it.',
    fix: 'Use the connections that are open.',
  },
  {
    code: 'EXCHANGE_CONTENT_DIGEST',
    meaning: 'The body of a request between nodes is not what its Content-Digest says.',
    fix: 'Send it again.',
  },
  {
    code: 'EXCHANGE_MEDIA',
    meaning: 'A message between nodes came in another form than an envelope, or compressed.',
    fix: 'Send it as application/vnd.dsse.envelope.v1+json, not compressed.',
  },
  {
    code: 'EXCHANGE_NON_DELIVERED',
    meaning: 'No receipt of a message came before its deadline.',
    fix: 'Ask the other agency by its duty line whether it has the message.',
  },
  {
    code: 'EXCHANGE_NOT_TAKEN',
    meaning: 'This node takes no messages of this type.',
    fix: 'See in the directory what it takes.',
  },
  {
    code: 'EXCHANGE_NO_MEMBER',
    meaning: 'The directory knows no such member now.',
    fix: 'Bring the directory up to date.',
  },
  {
    code: 'EXCHANGE_NO_RECEIPT',
    meaning: 'No receipt was given for a message, or it never came.',
    fix: 'Send the message, as long as its deadline allows.',
  },
  {
    code: 'EXCHANGE_PEER',
    meaning: 'A message or request is of another agency than the connection belongs to.',
    fix: 'Each agency brings its own messages, over its own connection.',
  },
  {
    code: 'EXCHANGE_PEER_UNKNOWN',
    meaning: 'A connection was made with a TLS key that the directory gives to nobody.',
    fix: 'Have the key put into the directory, or bring the directory up to date.',
  },
  {
    code: 'EXCHANGE_REPLAY',
    meaning: 'The very same request between nodes was made before.',
    fix: 'Sign each attempt anew.',
  },
  {
    code: 'EXCHANGE_SIZE',
    meaning: 'A message is larger than one may be, or does not say how large it is.',
    fix: 'Attach what is large.',
  },
  {
    code: 'EXCHANGE_KEY',
    meaning: 'A key of the exchange in the folder of keys does not open.',
    fix: 'Restore it from its backup; or take it away, start again, and have the new card published.',
  },
  {
    code: 'EXCHANGE_OFF',
    meaning: 'This node takes part in no exchange.',
    fix: 'Join one: comity node join.',
  },
  {
    code: 'EXCHANGE_JOINED',
    meaning: 'This node takes part in an exchange under another id already.',
    fix: 'Make another node for another agency.',
  },
  {
    code: 'INVITATION_INVALID',
    meaning: 'A file is no invitation to an exchange.',
    fix: 'Ask those who keep the directory for the file that comity directory invite wrote.',
  },
]
