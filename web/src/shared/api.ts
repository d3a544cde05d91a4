// Written by scripts/write-client.ts from the actions of the node. Do not edit.
/** A typed function for each action of the node, over HTTP. */
import { type CallOptions, type Connection, callNode } from './request.ts'

export type { Answer, CallOptions, Connection, Problem } from './request.ts'

export type NodeClient = ReturnType<typeof nodeClient>

export function nodeClient(connection: Connection = {}) {
  return {
    /** List your own passkeys. */
    credentialList: (input: CredentialListInput = {}, options: CallOptions = {}) =>
      callNode<CredentialListResult>(connection, { ...options, method: 'GET', path: '/v1/credential/list', input }),
    /** Revoke a passkey, with every session that it opened. */
    credentialRevoke: (input: CredentialRevokeInput, options: CallOptions = {}) =>
      callNode<CredentialRevokeResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/credential/revoke',
        input,
        conditional: true,
      }),
    /** Enrol the passkey and sign in with it. */
    enrolFinish: (input: EnrolFinishInput, options: CallOptions = {}) =>
      callNode<EnrolFinishResult>(connection, { ...options, method: 'POST', path: '/v1/enrol/finish', input }),
    /** Begin to enrol a passkey with an invitation. */
    enrolOptions: (input: EnrolOptionsInput, options: CallOptions = {}) =>
      callNode<EnrolOptionsResult>(connection, { ...options, method: 'POST', path: '/v1/enrol/options', input }),
    /** List the API keys of the node. */
    keyList: (input: KeyListInput = {}, options: CallOptions = {}) =>
      callNode<KeyListResult>(connection, { ...options, method: 'GET', path: '/v1/key/list', input }),
    /** Make an API key for a machine: for named actions, until a date. */
    keyMake: (input: KeyMakeInput, options: CallOptions = {}) =>
      callNode<KeyMakeResult>(connection, { ...options, method: 'POST', path: '/v1/key/make', input }),
    /** Revoke an API key, at once. */
    keyRevoke: (input: KeyRevokeInput, options: CallOptions = {}) =>
      callNode<KeyRevokeResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/key/revoke',
        input,
        conditional: true,
      }),
    /** This description. */
    openapiRead: (input: OpenapiReadInput = {}, options: CallOptions = {}) =>
      callNode<OpenapiReadResult>(connection, { ...options, method: 'GET', path: '/v1/openapi.json', input }),
    /** Invite a person, who then enrols a passkey. */
    personInvite: (input: PersonInviteInput, options: CallOptions = {}) =>
      callNode<PersonInviteResult>(connection, { ...options, method: 'POST', path: '/v1/person/invite', input }),
    /** Let a person enrol a further passkey. */
    personKeyInvite: (input: PersonKeyInviteInput, options: CallOptions = {}) =>
      callNode<PersonKeyInviteResult>(connection, { ...options, method: 'POST', path: '/v1/person/key/invite', input }),
    /** List the people of the node. */
    personList: (input: PersonListInput = {}, options: CallOptions = {}) =>
      callNode<PersonListResult>(connection, { ...options, method: 'GET', path: '/v1/person/list', input }),
    /** End the suspension of a person. */
    personResume: (input: PersonResumeInput, options: CallOptions = {}) =>
      callNode<PersonResumeResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/person/resume',
        input,
        conditional: true,
      }),
    /** Give a person another role. */
    personRole: (input: PersonRoleInput, options: CallOptions = {}) =>
      callNode<PersonRoleResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/person/role',
        input,
        conditional: true,
      }),
    /** Suspend a person, at once. */
    personSuspend: (input: PersonSuspendInput, options: CallOptions = {}) =>
      callNode<PersonSuspendResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/person/suspend',
        input,
        conditional: true,
      }),
    /** Prove that you are there, as grave acts ask. */
    proveFinish: (input: ProveFinishInput, options: CallOptions = {}) =>
      callNode<ProveFinishResult>(connection, { ...options, method: 'POST', path: '/v1/prove/finish', input }),
    /** Begin to prove that you are there. */
    proveOptions: (input: ProveOptionsInput = {}, options: CallOptions = {}) =>
      callNode<ProveOptionsResult>(connection, { ...options, method: 'POST', path: '/v1/prove/options', input }),
    /** Sign in with a passkey, for a purpose. */
    signInFinish: (input: SignInFinishInput, options: CallOptions = {}) =>
      callNode<SignInFinishResult>(connection, { ...options, method: 'POST', path: '/v1/sign-in/finish', input }),
    /** Begin to sign in. */
    signInOptions: (input: SignInOptionsInput = {}, options: CallOptions = {}) =>
      callNode<SignInOptionsResult>(connection, { ...options, method: 'POST', path: '/v1/sign-in/options', input }),
    /** End the session. */
    signOut: (input: SignOutInput = {}, options: CallOptions = {}) =>
      callNode<SignOutResult>(connection, { ...options, method: 'POST', path: '/v1/sign-out', input }),
  }
}

/** List your own passkeys: what is given. */
export type CredentialListInput = Record<string, never>
/** List your own passkeys: what comes back. */
export type CredentialListResult = readonly {
  readonly id: string
  readonly label: string
  readonly deviceBound: boolean
  readonly revoked: boolean
  readonly version: number
}[]

/** Revoke a passkey, with every session that it opened: what is given. */
export type CredentialRevokeInput = {
  readonly id: string
  /** The version that was seen; over HTTP in If-Match. */
  readonly seen: number
}
/** Revoke a passkey, with every session that it opened: what comes back. */
export type CredentialRevokeResult = {
  readonly id: string
  readonly version: number
}

/** Enrol the passkey and sign in with it: what is given. */
export type EnrolFinishInput = {
  /** The invitation, as it was shown once. */
  readonly token: string
  readonly label: string
  /** What the browser answered, as JSON (WebAuthn level 3, section 5.1). */
  readonly response: {
    readonly id: string
    readonly response: {
      readonly clientDataJSON: string
      readonly [key: string]: unknown
    }
    readonly [key: string]: unknown
  }
}
/** Enrol the passkey and sign in with it: what comes back. */
export type EnrolFinishResult = {
  /** The session, for callers without cookies. */
  readonly token: string
  /** Milliseconds since the epoch. */
  readonly expiresAt: number
  /** A person of this node. */
  readonly personId: string
  readonly name: string
}

/** Begin to enrol a passkey with an invitation: what is given. */
export type EnrolOptionsInput = {
  /** The invitation, as it was shown once. */
  readonly token: string
}
/** Begin to enrol a passkey with an invitation: what comes back. */
export type EnrolOptionsResult = {
  readonly challenge: string
  readonly [key: string]: unknown
}

/** List the API keys of the node: what is given. */
export type KeyListInput = {
  readonly after?: string
}
/** List the API keys of the node: what comes back. */
export type KeyListResult = {
  readonly items: readonly {
    readonly id: string
    /** A person of this node. */
    readonly personId: string
    readonly label: string
    readonly scopes: readonly string[]
    /** What the work serves. Use for another purpose needs consent. */
    readonly purpose:
      | 'criminal-proceedings'
      | 'asset-recovery'
      | 'financial-intelligence'
      | 'administrative'
      | 'exercise'
    readonly expiresAt: string
    readonly revoked: boolean
    readonly version: number
  }[]
  readonly next: string | null
}

/** Make an API key for a machine: for named actions, until a date: what is given. */
export type KeyMakeInput = {
  readonly label: string
  /** What the person may do at this node. */
  readonly role:
    | 'investigator'
    | 'analyst'
    | 'prosecutor'
    | 'judge'
    | 'senior-official'
    | 'asset-manager'
    | 'liaison-officer'
    | 'evidence-custodian'
    | 'compliance-officer'
    | 'auditor'
    | 'administrator'
    | 'training'
  readonly scopes: readonly string[]
  /** What the work serves. Use for another purpose needs consent. */
  readonly purpose: 'criminal-proceedings' | 'asset-recovery' | 'financial-intelligence' | 'administrative' | 'exercise'
  /** Days until it expires. */
  readonly days: number
}
/** Make an API key for a machine: for named actions, until a date: what comes back. */
export type KeyMakeResult = {
  readonly id: string
  /** A person of this node. */
  readonly personId: string
  readonly token: string
  readonly expiresAt: string
}

/** Revoke an API key, at once: what is given. */
export type KeyRevokeInput = {
  readonly id: string
  /** The version that was seen; over HTTP in If-Match. */
  readonly seen: number
}
/** Revoke an API key, at once: what comes back. */
export type KeyRevokeResult = {
  readonly id: string
  readonly version: number
}

/** This description: what is given. */
export type OpenapiReadInput = Record<string, never>
/** This description: what comes back. */
export type OpenapiReadResult = {
  readonly [key: string]: unknown
}

/** Invite a person, who then enrols a passkey: what is given. */
export type PersonInviteInput = {
  readonly name: string
  /** What the person may do at this node. */
  readonly role:
    | 'investigator'
    | 'analyst'
    | 'prosecutor'
    | 'judge'
    | 'senior-official'
    | 'asset-manager'
    | 'liaison-officer'
    | 'evidence-custodian'
    | 'compliance-officer'
    | 'auditor'
    | 'administrator'
    | 'training'
}
/** Invite a person, who then enrols a passkey: what comes back. */
export type PersonInviteResult = {
  /** A person of this node. */
  readonly personId: string
  /** Shown once. It enrols one key. */
  readonly token: string
  readonly expiresAt: string
}

/** Let a person enrol a further passkey: what is given. */
export type PersonKeyInviteInput = {
  /** A person of this node. */
  readonly personId: string
}
/** Let a person enrol a further passkey: what comes back. */
export type PersonKeyInviteResult = {
  /** A person of this node. */
  readonly personId: string
  /** Shown once. It enrols one key. */
  readonly token: string
  readonly expiresAt: string
}

/** List the people of the node: what is given. */
export type PersonListInput = {
  readonly after?: string
  readonly limit?: number
}
/** List the people of the node: what comes back. */
export type PersonListResult = {
  readonly items: readonly {
    /** A person of this node. */
    readonly id: string
    readonly name: string
    /** What the person may do at this node. */
    readonly role:
      | 'investigator'
      | 'analyst'
      | 'prosecutor'
      | 'judge'
      | 'senior-official'
      | 'asset-manager'
      | 'liaison-officer'
      | 'evidence-custodian'
      | 'compliance-officer'
      | 'auditor'
      | 'administrator'
      | 'training'
    readonly suspended: boolean
    readonly version: number
  }[]
  readonly next: string | null
}

/** End the suspension of a person: what is given. */
export type PersonResumeInput = {
  /** A person of this node. */
  readonly personId: string
  /** The version that was seen; over HTTP in If-Match. */
  readonly seen: number
}
/** End the suspension of a person: what comes back. */
export type PersonResumeResult = {
  /** A person of this node. */
  readonly id: string
  readonly name: string
  /** What the person may do at this node. */
  readonly role:
    | 'investigator'
    | 'analyst'
    | 'prosecutor'
    | 'judge'
    | 'senior-official'
    | 'asset-manager'
    | 'liaison-officer'
    | 'evidence-custodian'
    | 'compliance-officer'
    | 'auditor'
    | 'administrator'
    | 'training'
  readonly suspended: boolean
  readonly version: number
}

/** Give a person another role: what is given. */
export type PersonRoleInput = {
  /** A person of this node. */
  readonly personId: string
  /** The version that was seen; over HTTP in If-Match. */
  readonly seen: number
  /** What the person may do at this node. */
  readonly role:
    | 'investigator'
    | 'analyst'
    | 'prosecutor'
    | 'judge'
    | 'senior-official'
    | 'asset-manager'
    | 'liaison-officer'
    | 'evidence-custodian'
    | 'compliance-officer'
    | 'auditor'
    | 'administrator'
    | 'training'
}
/** Give a person another role: what comes back. */
export type PersonRoleResult = {
  /** A person of this node. */
  readonly id: string
  readonly name: string
  /** What the person may do at this node. */
  readonly role:
    | 'investigator'
    | 'analyst'
    | 'prosecutor'
    | 'judge'
    | 'senior-official'
    | 'asset-manager'
    | 'liaison-officer'
    | 'evidence-custodian'
    | 'compliance-officer'
    | 'auditor'
    | 'administrator'
    | 'training'
  readonly suspended: boolean
  readonly version: number
}

/** Suspend a person, at once: what is given. */
export type PersonSuspendInput = {
  /** A person of this node. */
  readonly personId: string
  /** The version that was seen; over HTTP in If-Match. */
  readonly seen: number
}
/** Suspend a person, at once: what comes back. */
export type PersonSuspendResult = {
  /** A person of this node. */
  readonly id: string
  readonly name: string
  /** What the person may do at this node. */
  readonly role:
    | 'investigator'
    | 'analyst'
    | 'prosecutor'
    | 'judge'
    | 'senior-official'
    | 'asset-manager'
    | 'liaison-officer'
    | 'evidence-custodian'
    | 'compliance-officer'
    | 'auditor'
    | 'administrator'
    | 'training'
  readonly suspended: boolean
  readonly version: number
}

/** Prove that you are there, as grave acts ask: what is given. */
export type ProveFinishInput = {
  /** What the browser answered, as JSON (WebAuthn level 3, section 5.1). */
  readonly response: {
    readonly id: string
    readonly response: {
      readonly clientDataJSON: string
      readonly [key: string]: unknown
    }
    readonly [key: string]: unknown
  }
}
/** Prove that you are there, as grave acts ask: what comes back. */
export type ProveFinishResult = {
  /** Milliseconds since the epoch. */
  readonly provenAt: number
}

/** Begin to prove that you are there: what is given. */
export type ProveOptionsInput = Record<string, never>
/** Begin to prove that you are there: what comes back. */
export type ProveOptionsResult = {
  readonly challenge: string
  readonly [key: string]: unknown
}

/** Sign in with a passkey, for a purpose: what is given. */
export type SignInFinishInput = {
  /** What the work serves. Use for another purpose needs consent. */
  readonly purpose?:
    | 'criminal-proceedings'
    | 'asset-recovery'
    | 'financial-intelligence'
    | 'administrative'
    | 'exercise'
  /** What the browser answered, as JSON (WebAuthn level 3, section 5.1). */
  readonly response: {
    readonly id: string
    readonly response: {
      readonly clientDataJSON: string
      readonly [key: string]: unknown
    }
    readonly [key: string]: unknown
  }
}
/** Sign in with a passkey, for a purpose: what comes back. */
export type SignInFinishResult = {
  /** The session, for callers without cookies. */
  readonly token: string
  /** Milliseconds since the epoch. */
  readonly expiresAt: number
  /** A person of this node. */
  readonly personId: string
  readonly name: string
}

/** Begin to sign in: what is given. */
export type SignInOptionsInput = Record<string, never>
/** Begin to sign in: what comes back. */
export type SignInOptionsResult = {
  readonly challenge: string
  readonly [key: string]: unknown
}

/** End the session: what is given. */
export type SignOutInput = Record<string, never>
/** End the session: what comes back. */
export type SignOutResult = Record<string, never>
