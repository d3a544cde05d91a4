// Written by scripts/write-client.ts from the actions of the node. Do not edit.
/** A typed function for each action of the node, over HTTP. */
import { type CallOptions, type Connection, callNode } from './request.ts'

export type { Answer, CallOptions, Connection, Problem } from './request.ts'

export type NodeClient = ReturnType<typeof nodeClient>

export function nodeClient(connection: Connection = {}) {
  return {
    /** Review who may what at this node: people and machines, their roles, keys, cases and last sign-in. */
    accessReview: (input: AccessReviewInput = {}, options: CallOptions = {}) =>
      callNode<AccessReviewResult>(connection, { ...options, method: 'GET', path: '/v1/access/review', input }),
    /** Check an exhibit against the criteria of a forum: what the record answers, and what a person must. */
    admissibilityCheck: (input: AdmissibilityCheckInput, options: CallOptions = {}) =>
      callNode<AdmissibilityCheckResult>(connection, {
        ...options,
        method: 'GET',
        path: '/v1/admissibility/check',
        input,
      }),
    /** Every version of one alarm, oldest first. */
    alarmHistory: (input: AlarmHistoryInput, options: CallOptions = {}) =>
      callNode<AlarmHistoryResult>(connection, { ...options, method: 'GET', path: '/v1/alarm/history', input }),
    /** List the alarms of a case that you may see, oldest first. */
    alarmList: (input: AlarmListInput, options: CallOptions = {}) =>
      callNode<AlarmListResult>(connection, { ...options, method: 'GET', path: '/v1/alarm/list', input }),
    /** Read an alarm. */
    alarmRead: (input: AlarmReadInput, options: CallOptions = {}) =>
      callNode<AlarmReadResult>(connection, { ...options, method: 'GET', path: '/v1/alarm/read', input }),
    /** What your authenticator has to sign so that you approve exactly this request. */
    approvalChallenge: (input: ApprovalChallengeInput, options: CallOptions = {}) =>
      callNode<ApprovalChallengeResult>(connection, {
        ...options,
        method: 'GET',
        path: '/v1/approval/challenge',
        input,
      }),
    /** Approve a submitted request. */
    approvalGive: (input: ApprovalGiveInput, options: CallOptions = {}) =>
      callNode<ApprovalGiveResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/approval/give',
        input,
        conditional: true,
      }),
    /** Take back your approval of a request that is not released yet. */
    approvalWithdraw: (input: ApprovalWithdrawInput, options: CallOptions = {}) =>
      callNode<ApprovalWithdrawResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/approval/withdraw',
        input,
        conditional: true,
      }),
    /** Calls to the point of contact and from it, newest first, and what test calls have shown of each partner. */
    callList: (input: CallListInput = {}, options: CallOptions = {}) =>
      callNode<CallListResult>(connection, { ...options, method: 'GET', path: '/v1/call/list', input }),
    /** Call the point of contact of another agency: somebody is needed there now, or a test whether somebody is there. */
    callPlace: (input: CallPlaceInput, options: CallOptions = {}) =>
      callNode<CallPlaceResult>(connection, { ...options, method: 'POST', path: '/v1/call/place', input }),
    /** Take a call that has come to the point of contact: the caller is told, and it goes to nobody else. */
    callTake: (input: CallTakeInput, options: CallOptions = {}) =>
      callNode<CallTakeResult>(connection, { ...options, method: 'POST', path: '/v1/call/take', input }),
    /** Close a case: it is read, and nothing in it is edited any more. */
    caseClose: (input: CaseCloseInput, options: CallOptions = {}) =>
      callNode<CaseCloseResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/case/close',
        input,
        conditional: true,
      }),
    /** Order the erasure of a case that enough people have approved; there is no way back. */
    caseErase: (input: CaseEraseInput, options: CallOptions = {}) =>
      callNode<CaseEraseResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/case/erase',
        input,
        conditional: true,
      }),
    /** Export what you may of a case as a bundle that anybody verifies offline. */
    caseExport: (input: CaseExportInput, options: CallOptions = {}) =>
      callNode<CaseExportResult>(connection, { ...options, method: 'POST', path: '/v1/case/export', input }),
    /** Decide what of a case goes to an audience in the formats of others; the files are at /v1/case/bag.zip. */
    caseHandOut: (input: CaseHandOutInput, options: CallOptions = {}) =>
      callNode<CaseHandOutResult>(connection, { ...options, method: 'POST', path: '/v1/case/hand-out', input }),
    /** Every version of a case, oldest first. */
    caseHistory: (input: CaseHistoryInput, options: CallOptions = {}) =>
      callNode<CaseHistoryResult>(connection, { ...options, method: 'GET', path: '/v1/case/history', input }),
    /** List the cases that you may see, oldest first. */
    caseList: (input: CaseListInput = {}, options: CallOptions = {}) =>
      callNode<CaseListResult>(connection, { ...options, method: 'GET', path: '/v1/case/list', input }),
    /** Add a person of this node to a case. */
    caseMemberAdd: (input: CaseMemberAddInput, options: CallOptions = {}) =>
      callNode<CaseMemberAddResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/case/member/add',
        input,
        conditional: true,
      }),
    /** Make a member a lead, or hand over the lead from one member to another. */
    caseMemberLead: (input: CaseMemberLeadInput, options: CallOptions = {}) =>
      callNode<CaseMemberLeadResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/case/member/lead',
        input,
        conditional: true,
      }),
    /** Take a person off a case. */
    caseMemberRemove: (input: CaseMemberRemoveInput, options: CallOptions = {}) =>
      callNode<CaseMemberRemoveResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/case/member/remove',
        input,
        conditional: true,
      }),
    /** Open a case; who opens it is its first member and lead. */
    caseOpen: (input: CaseOpenInput, options: CallOptions = {}) =>
      callNode<CaseOpenResult>(connection, { ...options, method: 'POST', path: '/v1/case/open', input }),
    /** Read a case. */
    caseRead: (input: CaseReadInput, options: CallOptions = {}) =>
      callNode<CaseReadResult>(connection, { ...options, method: 'GET', path: '/v1/case/read', input }),
    /** Refer a case to other people of this node, or to an authority outside; it stays here until they have it. */
    caseRefer: (input: CaseReferInput, options: CallOptions = {}) =>
      callNode<CaseReferResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/case/refer',
        input,
        conditional: true,
      }),
    /** Decline a case that was referred to you, or record that an authority outside did; it stays where it is. */
    caseReferralDecline: (input: CaseReferralDeclineInput, options: CallOptions = {}) =>
      callNode<CaseReferralDeclineResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/case/referral/decline',
        input,
        conditional: true,
      }),
    /** Every referral of a case, oldest first: to whom, why, by what competence, and how it was answered. */
    caseReferralHistory: (input: CaseReferralHistoryInput, options: CallOptions = {}) =>
      callNode<CaseReferralHistoryResult>(connection, {
        ...options,
        method: 'GET',
        path: '/v1/case/referral/history',
        input,
      }),
    /** Cases that were referred to you and wait for your answer; of the case itself nothing but the reason. */
    caseReferralList: (input: CaseReferralListInput = {}, options: CallOptions = {}) =>
      callNode<CaseReferralListResult>(connection, {
        ...options,
        method: 'GET',
        path: '/v1/case/referral/list',
        input,
      }),
    /** Take over a case that was referred to you, or record with its evidence that an authority outside did. */
    caseReferralTakeOver: (input: CaseReferralTakeOverInput, options: CallOptions = {}) =>
      callNode<CaseReferralTakeOverResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/case/referral/take-over',
        input,
        conditional: true,
      }),
    /** Withdraw a referral that nobody has answered yet. */
    caseReferralWithdraw: (input: CaseReferralWithdrawInput, options: CallOptions = {}) =>
      callNode<CaseReferralWithdrawResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/case/referral/withdraw',
        input,
        conditional: true,
      }),
    /** Open a closed case again. */
    caseReopen: (input: CaseReopenInput, options: CallOptions = {}) =>
      callNode<CaseReopenResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/case/reopen',
        input,
        conditional: true,
      }),
    /** Change what a case serves; use for another purpose needs a basis (LED art. 4(2)). */
    caseRepurpose: (input: CaseRepurposeInput, options: CallOptions = {}) =>
      callNode<CaseRepurposeResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/case/repurpose',
        input,
        conditional: true,
      }),
    /** Seal a case: only the members named here see it. */
    caseSeal: (input: CaseSealInput, options: CallOptions = {}) =>
      callNode<CaseSealResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/case/seal',
        input,
        conditional: true,
      }),
    /** Take a file of others into a case: wallets, persons, events and statements, as what their source says. */
    caseTakeIn: (input: CaseTakeInInput, options: CallOptions = {}) =>
      callNode<CaseTakeInResult>(connection, { ...options, method: 'POST', path: '/v1/case/take-in', input }),
    /** Lift the seal of a case. */
    caseUnseal: (input: CaseUnsealInput, options: CallOptions = {}) =>
      callNode<CaseUnsealResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/case/unseal',
        input,
        conditional: true,
      }),
    /** Change title, file number, summary or partners of a case. */
    caseUpdate: (input: CaseUpdateInput, options: CallOptions = {}) =>
      callNode<CaseUpdateResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/case/update',
        input,
        conditional: true,
      }),
    /** List the people of the node by name and role, to know who did what and whom to add to a case. */
    colleagueList: (input: ColleagueListInput = {}, options: CallOptions = {}) =>
      callNode<ColleagueListResult>(connection, { ...options, method: 'GET', path: '/v1/colleague/list', input }),
    /** Record that every party was told, or that the conflict is none any more, and close it. */
    conflictClose: (input: ConflictCloseInput, options: CallOptions = {}) =>
      callNode<ConflictCloseResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/conflict/close',
        input,
        conditional: true,
      }),
    /** Record that the authorities of conflicting orders were consulted. */
    conflictConsult: (input: ConflictConsultInput, options: CallOptions = {}) =>
      callNode<ConflictConsultResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/conflict/consult',
        input,
        conditional: true,
      }),
    /** Decide which of conflicting orders goes first; whoever asked by messages is told at once. */
    conflictDecide: (input: ConflictDecideInput, options: CallOptions = {}) =>
      callNode<ConflictDecideResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/conflict/decide',
        input,
        conditional: true,
      }),
    /** Conflicts between orders in a case, and the step that is due of each. */
    conflictList: (input: ConflictListInput, options: CallOptions = {}) =>
      callNode<ConflictListResult>(connection, { ...options, method: 'GET', path: '/v1/conflict/list', input }),
    /** Open the procedure for a conflict that nothing here shows by itself, as with the law of a third country. */
    conflictOpen: (input: ConflictOpenInput, options: CallOptions = {}) =>
      callNode<ConflictOpenResult>(connection, { ...options, method: 'POST', path: '/v1/conflict/open', input }),
    /** Say how the point of contact of the agency is reached, how long a call waits, and who answers for it. */
    contactPointSet: (input: ContactPointSetInput, options: CallOptions = {}) =>
      callNode<ContactPointSetResult>(connection, { ...options, method: 'POST', path: '/v1/contact-point/set', input }),
    /** List your own passkeys; whoever manages people, those of anybody. */
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
    /** Record a copy or image as an exhibit of its own, with its own hash. */
    custodyCopy: (input: CustodyCopyInput, options: CallOptions = {}) =>
      callNode<CustodyCopyResult>(connection, { ...options, method: 'POST', path: '/v1/custody/copy', input }),
    /** Dispose of an exhibit; its custody ends. */
    custodyDispose: (input: CustodyDisposeInput, options: CallOptions = {}) =>
      callNode<CustodyDisposeResult>(connection, { ...options, method: 'POST', path: '/v1/custody/dispose', input }),
    /** Record an examination: how, with which tool and version. */
    custodyExamine: (input: CustodyExamineInput, options: CallOptions = {}) =>
      callNode<CustodyExamineResult>(connection, { ...options, method: 'POST', path: '/v1/custody/examine', input }),
    /** Read every act of the custody of an exhibit, and whether the chain is whole. */
    custodyHistory: (input: CustodyHistoryInput, options: CallOptions = {}) =>
      callNode<CustodyHistoryResult>(connection, { ...options, method: 'GET', path: '/v1/custody/history', input }),
    /** Receive an exhibit that was released to you. */
    custodyReceive: (input: CustodyReceiveInput, options: CallOptions = {}) =>
      callNode<CustodyReceiveResult>(connection, { ...options, method: 'POST', path: '/v1/custody/receive', input }),
    /** Hand an exhibit over: it stays with you until the recipient receives it. */
    custodyRelease: (input: CustodyReleaseInput, options: CallOptions = {}) =>
      callNode<CustodyReleaseResult>(connection, { ...options, method: 'POST', path: '/v1/custody/release', input }),
    /** Return an exhibit to who is entitled to it; its custody ends. */
    custodyReturn: (input: CustodyReturnInput, options: CallOptions = {}) =>
      callNode<CustodyReturnResult>(connection, { ...options, method: 'POST', path: '/v1/custody/return', input }),
    /** Seal an exhibit, with the number of the seal. */
    custodySeal: (input: CustodySealInput, options: CallOptions = {}) =>
      callNode<CustodySealResult>(connection, { ...options, method: 'POST', path: '/v1/custody/seal', input }),
    /** Open the seal of an exhibit. */
    custodyUnseal: (input: CustodyUnsealInput, options: CallOptions = {}) =>
      callNode<CustodyUnsealResult>(connection, { ...options, method: 'POST', path: '/v1/custody/unseal', input }),
    /** Take back a release that was not received. */
    custodyWithdraw: (input: CustodyWithdrawInput, options: CallOptions = {}) =>
      callNode<CustodyWithdrawResult>(connection, { ...options, method: 'POST', path: '/v1/custody/withdraw', input }),
    /** Add a decision to a case. */
    decisionAdd: (input: DecisionAddInput, options: CallOptions = {}) =>
      callNode<DecisionAddResult>(connection, { ...options, method: 'POST', path: '/v1/decision/add', input }),
    /** Every version of one decision, oldest first. */
    decisionHistory: (input: DecisionHistoryInput, options: CallOptions = {}) =>
      callNode<DecisionHistoryResult>(connection, { ...options, method: 'GET', path: '/v1/decision/history', input }),
    /** List the decisions of a case that you may see, oldest first. */
    decisionList: (input: DecisionListInput, options: CallOptions = {}) =>
      callNode<DecisionListResult>(connection, { ...options, method: 'GET', path: '/v1/decision/list', input }),
    /** Read a decision. */
    decisionRead: (input: DecisionReadInput, options: CallOptions = {}) =>
      callNode<DecisionReadResult>(connection, { ...options, method: 'GET', path: '/v1/decision/read', input }),
    /** Change a decision: what is given replaces what was there; the old version stays. */
    decisionUpdate: (input: DecisionUpdateInput, options: CallOptions = {}) =>
      callNode<DecisionUpdateResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/decision/update',
        input,
        conditional: true,
      }),
    /** Ask partners whether they are after the same addresses, without showing them which. */
    deconflictionAsk: (input: DeconflictionAskInput, options: CallOptions = {}) =>
      callNode<DeconflictionAskResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/deconfliction/ask',
        input,
      }),
    /** Who else on this node is after the assets of a request or order, as far as you may know. */
    deconflictionCheck: (input: DeconflictionCheckInput, options: CallOptions = {}) =>
      callNode<DeconflictionCheckResult>(connection, {
        ...options,
        method: 'GET',
        path: '/v1/deconfliction/check',
        input,
      }),
    /** Say whether your side answers a partner that is after the same; no is never told, the time just ends. */
    deconflictionConsent: (input: DeconflictionConsentInput, options: CallOptions = {}) =>
      callNode<DeconflictionConsentResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/deconfliction/consent',
        input,
        conditional: true,
      }),
    /** Tell a partner, by a handle alone, that both of you are after the same; not by whoever asked. */
    deconflictionContact: (input: DeconflictionContactInput, options: CallOptions = {}) =>
      callNode<DeconflictionContactResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/deconfliction/contact',
        input,
      }),
    /** Where contacts of a case with partners stand, ours and theirs. */
    deconflictionContacts: (input: DeconflictionContactsInput, options: CallOptions = {}) =>
      callNode<DeconflictionContactsResult>(connection, {
        ...options,
        method: 'GET',
        path: '/v1/deconfliction/contacts',
        input,
      }),
    /** Comparisons of a case with partners, oldest first. */
    deconflictionList: (input: DeconflictionListInput, options: CallOptions = {}) =>
      callNode<DeconflictionListResult>(connection, {
        ...options,
        method: 'GET',
        path: '/v1/deconfliction/list',
        input,
      }),
    /** Which partners a case can be compared with now, and what is left of the budget at each today. */
    deconflictionPartners: (input: DeconflictionPartnersInput, options: CallOptions = {}) =>
      callNode<DeconflictionPartnersResult>(connection, {
        ...options,
        method: 'GET',
        path: '/v1/deconfliction/partners',
        input,
      }),
    /** What a comparison with partners has come to so far. */
    deconflictionRead: (input: DeconflictionReadInput, options: CallOptions = {}) =>
      callNode<DeconflictionReadResult>(connection, {
        ...options,
        method: 'GET',
        path: '/v1/deconfliction/read',
        input,
      }),
    /** Open, as the oversight, what stands at some places of a commitment that a partner was shown before it was asked. */
    deconflictionSampleOpen: (input: DeconflictionSampleOpenInput, options: CallOptions = {}) =>
      callNode<DeconflictionSampleOpenResult>(connection, {
        ...options,
        method: 'GET',
        path: '/v1/deconfliction/sample/open',
        input,
      }),
    /** Take an address back: with the next epoch no partner finds it any more, and nobody is answered about it from now on. */
    deconflictionUnwatch: (input: DeconflictionUnwatchInput, options: CallOptions = {}) =>
      callNode<DeconflictionUnwatchResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/deconfliction/unwatch',
        input,
        conditional: true,
      }),
    /** Let partners find out that you are after these addresses, if they are after them too. */
    deconflictionWatch: (input: DeconflictionWatchInput, options: CallOptions = {}) =>
      callNode<DeconflictionWatchResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/deconfliction/watch',
        input,
      }),
    /** What of a case partners may find, as far as you may see it. */
    deconflictionWatched: (input: DeconflictionWatchedInput, options: CallOptions = {}) =>
      callNode<DeconflictionWatchedResult>(connection, {
        ...options,
        method: 'GET',
        path: '/v1/deconfliction/watched',
        input,
      }),
    /** Answer what the other side sees differently; what is agreed ends the dispute, and its words stay. */
    disputeAnswer: (input: DisputeAnswerInput, options: CallOptions = {}) =>
      callNode<DisputeAnswerResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/dispute/answer',
        input,
        conditional: true,
      }),
    /** Say that you see something of an exchange differently, and caution what of the case it touches. */
    disputeRaise: (input: DisputeRaiseInput, options: CallOptions = {}) =>
      callNode<DisputeRaiseResult>(connection, { ...options, method: 'POST', path: '/v1/dispute/raise', input }),
    /** Who is on duty at the point of contact now, the roster, and what is wrong with it from here on. */
    dutyNow: (input: DutyNowInput = {}, options: CallOptions = {}) =>
      callNode<DutyNowResult>(connection, { ...options, method: 'GET', path: '/v1/duty/now', input }),
    /** Set who is on duty when; gaps, overlaps and people twice are answered with their places. */
    dutySet: (input: DutySetInput, options: CallOptions = {}) =>
      callNode<DutySetResult>(connection, { ...options, method: 'POST', path: '/v1/duty/set', input }),
    /** Enrol the passkey and sign in with it. */
    enrolFinish: (input: EnrolFinishInput, options: CallOptions = {}) =>
      callNode<EnrolFinishResult>(connection, { ...options, method: 'POST', path: '/v1/enrol/finish', input }),
    /** Begin to enrol a passkey with an invitation. */
    enrolOptions: (input: EnrolOptionsInput, options: CallOptions = {}) =>
      callNode<EnrolOptionsResult>(connection, { ...options, method: 'POST', path: '/v1/enrol/options', input }),
    /** Answer what another agency has asked to erase: erased by the procedure here, in part, or refused. */
    eraseAnswer: (input: EraseAnswerInput, options: CallOptions = {}) =>
      callNode<EraseAnswerResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/erase/answer',
        input,
        conditional: true,
      }),
    /** Ask the other side of an exchange of a case to erase what was sent to it. */
    eraseAsk: (input: EraseAskInput, options: CallOptions = {}) =>
      callNode<EraseAskResult>(connection, { ...options, method: 'POST', path: '/v1/erase/ask', input }),
    /** Approve the erasure of a case. */
    erasureApprove: (input: ErasureApproveInput, options: CallOptions = {}) =>
      callNode<ErasureApproveResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/erasure/approve',
        input,
        conditional: true,
      }),
    /** Carry out an erasure that was ordered: destroys the key of the case. */
    erasureCarryOut: (input: ErasureCarryOutInput, options: CallOptions = {}) =>
      callNode<ErasureCarryOutResult>(connection, { ...options, method: 'POST', path: '/v1/erasure/carry-out', input }),
    /** What your authenticator has to sign so that you approve exactly this erasure. */
    erasureChallenge: (input: ErasureChallengeInput, options: CallOptions = {}) =>
      callNode<ErasureChallengeResult>(connection, { ...options, method: 'GET', path: '/v1/erasure/challenge', input }),
    /** Take back your approval of an erasure that is not ordered yet. */
    erasureDisapprove: (input: ErasureDisapproveInput, options: CallOptions = {}) =>
      callNode<ErasureDisapproveResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/erasure/disapprove',
        input,
        conditional: true,
      }),
    /** List the erasures of this node, ordered and carried out. */
    erasureList: (input: ErasureListInput = {}, options: CallOptions = {}) =>
      callNode<ErasureListResult>(connection, { ...options, method: 'GET', path: '/v1/erasure/list', input }),
    /** The proof that a case was erased: what, by whom, when, under which key; for those who took part, and auditors. */
    erasureProof: (input: ErasureProofInput, options: CallOptions = {}) =>
      callNode<ErasureProofResult>(connection, { ...options, method: 'GET', path: '/v1/erasure/proof', input }),
    /** Propose to erase a closed case: its periods have ended, or an authority has ordered it. */
    erasurePropose: (input: ErasureProposeInput, options: CallOptions = {}) =>
      callNode<ErasureProposeResult>(connection, { ...options, method: 'POST', path: '/v1/erasure/propose', input }),
    /** Read the proposal to erase a case, and where its approvals stand. */
    erasureRead: (input: ErasureReadInput, options: CallOptions = {}) =>
      callNode<ErasureReadResult>(connection, { ...options, method: 'GET', path: '/v1/erasure/read', input }),
    /** Withdraw the proposal to erase a case. */
    erasureWithdraw: (input: ErasureWithdrawInput, options: CallOptions = {}) =>
      callNode<ErasureWithdrawResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/erasure/withdraw',
        input,
        conditional: true,
      }),
    /** Add an event to a case. */
    eventAdd: (input: EventAddInput, options: CallOptions = {}) =>
      callNode<EventAddResult>(connection, { ...options, method: 'POST', path: '/v1/event/add', input }),
    /** Every version of one event, oldest first. */
    eventHistory: (input: EventHistoryInput, options: CallOptions = {}) =>
      callNode<EventHistoryResult>(connection, { ...options, method: 'GET', path: '/v1/event/history', input }),
    /** List the events of a case that you may see, oldest first. */
    eventList: (input: EventListInput, options: CallOptions = {}) =>
      callNode<EventListResult>(connection, { ...options, method: 'GET', path: '/v1/event/list', input }),
    /** Read an event. */
    eventRead: (input: EventReadInput, options: CallOptions = {}) =>
      callNode<EventReadResult>(connection, { ...options, method: 'GET', path: '/v1/event/read', input }),
    /** Change an event: what is given replaces what was there; the old version stays. */
    eventUpdate: (input: EventUpdateInput, options: CallOptions = {}) =>
      callNode<EventUpdateResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/event/update',
        input,
        conditional: true,
      }),
    /** Put an exhibit on record, with its hash, acquirer, authority and place; its custody begins. */
    exhibitAdd: (input: ExhibitAddInput, options: CallOptions = {}) =>
      callNode<ExhibitAddResult>(connection, { ...options, method: 'POST', path: '/v1/exhibit/add', input }),
    /** Get a ticket for one download of the bytes of an exhibit. */
    exhibitDownload: (input: ExhibitDownloadInput, options: CallOptions = {}) =>
      callNode<ExhibitDownloadResult>(connection, { ...options, method: 'GET', path: '/v1/exhibit/download', input }),
    /** List the exhibits of a case that you may read. */
    exhibitList: (input: ExhibitListInput, options: CallOptions = {}) =>
      callNode<ExhibitListResult>(connection, { ...options, method: 'GET', path: '/v1/exhibit/list', input }),
    /** Look at a page of an exhibit that is a PDF; the picture is at /v1/exhibit/preview.png. */
    exhibitPreview: (input: ExhibitPreviewInput, options: CallOptions = {}) =>
      callNode<ExhibitPreviewResult>(connection, { ...options, method: 'GET', path: '/v1/exhibit/preview', input }),
    /** Read an exhibit: what it is, its hashes, where it stands and what can happen to it. */
    exhibitRead: (input: ExhibitReadInput, options: CallOptions = {}) =>
      callNode<ExhibitReadResult>(connection, { ...options, method: 'GET', path: '/v1/exhibit/read', input }),
    /** Give up an upload that is not finished; its bytes are removed. */
    exhibitUploadAbandon: (input: ExhibitUploadAbandonInput, options: CallOptions = {}) =>
      callNode<ExhibitUploadAbandonResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/exhibit/upload/abandon',
        input,
      }),
    /** Declare an upload; its bytes are then sent to the address of its id. */
    exhibitUploadBegin: (input: ExhibitUploadBeginInput, options: CallOptions = {}) =>
      callNode<ExhibitUploadBeginResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/exhibit/upload/begin',
        input,
      }),
    /** Bind an upload that has arrived whole: its size, SHA-256 and SHA-512 stand from here on. */
    exhibitUploadFinish: (input: ExhibitUploadFinishInput, options: CallOptions = {}) =>
      callNode<ExhibitUploadFinishResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/exhibit/upload/finish',
        input,
      }),
    /** Fetch a hand-out once more, as it was handed out; the files are at /v1/hand-out/bag.zip. */
    handOutFetch: (input: HandOutFetchInput, options: CallOptions = {}) =>
      callNode<HandOutFetchResult>(connection, { ...options, method: 'POST', path: '/v1/hand-out/fetch', input }),
    /** List what was handed out of a case: to whom, when, in which formats, which items and files. */
    handOutList: (input: HandOutListInput, options: CallOptions = {}) =>
      callNode<HandOutListResult>(connection, { ...options, method: 'GET', path: '/v1/hand-out/list', input }),
    /** See what of a case would go to an audience, what would stay here and why, before anything leaves. */
    handOutPreview: (input: HandOutPreviewInput, options: CallOptions = {}) =>
      callNode<HandOutPreviewResult>(connection, { ...options, method: 'GET', path: '/v1/hand-out/preview', input }),
    /** Lift a legal hold: the clocks go on from where they stood. */
    holdLift: (input: HoldLiftInput, options: CallOptions = {}) =>
      callNode<HoldLiftResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/hold/lift',
        input,
        conditional: true,
      }),
    /** List the legal holds of a case, those that were lifted among them. */
    holdList: (input: HoldListInput, options: CallOptions = {}) =>
      callNode<HoldListResult>(connection, { ...options, method: 'GET', path: '/v1/hold/list', input }),
    /** Place a legal hold: the case is kept, whatever its periods say. */
    holdPlace: (input: HoldPlaceInput, options: CallOptions = {}) =>
      callNode<HoldPlaceResult>(connection, { ...options, method: 'POST', path: '/v1/hold/place', input }),
    /** Put a message of the inbox into a case. */
    inboxFile: (input: InboxFileInput, options: CallOptions = {}) =>
      callNode<InboxFileResult>(connection, { ...options, method: 'POST', path: '/v1/inbox/file', input }),
    /** What has come from other agencies and belongs to no case yet. */
    inboxList: (input: InboxListInput = {}, options: CallOptions = {}) =>
      callNode<InboxListResult>(connection, { ...options, method: 'GET', path: '/v1/inbox/list', input }),
    /** Set a message of the inbox aside: it belongs to no case, and why. */
    inboxSetAside: (input: InboxSetAsideInput, options: CallOptions = {}) =>
      callNode<InboxSetAsideResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/inbox/set-aside',
        input,
        conditional: true,
      }),
    /** One message of the inbox, with all that it says, and what shows that it is genuine. */
    inboxShow: (input: InboxShowInput, options: CallOptions = {}) =>
      callNode<InboxShowResult>(connection, { ...options, method: 'GET', path: '/v1/inbox/show', input }),
    /** Take a request from the inbox: it is filed in a case, and put on record as a request of another authority. */
    inboxTakeRequest: (input: InboxTakeRequestInput, options: CallOptions = {}) =>
      callNode<InboxTakeRequestResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/inbox/take-request',
        input,
      }),
    /** Put on record that the supervisory authority was notified of a breach: its clock stops. */
    incidentNotified: (input: IncidentNotifiedInput, options: CallOptions = {}) =>
      callNode<IncidentNotifiedResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/incident/notified',
        input,
        conditional: true,
      }),
    /** Tell other agencies of a breach of security here, and start the clock of its notification. */
    incidentReport: (input: IncidentReportInput, options: CallOptions = {}) =>
      callNode<IncidentReportResult>(connection, { ...options, method: 'POST', path: '/v1/incident/report', input }),
    /** List the cases of which indicators were handed out to you in STIX. */
    indicatorCollectionList: (input: IndicatorCollectionListInput = {}, options: CallOptions = {}) =>
      callNode<IndicatorCollectionListResult>(connection, {
        ...options,
        method: 'GET',
        path: '/v1/indicator/collection/list',
        input,
      }),
    /** Read the indicators of a case that were handed out to you, as STIX 2.1 objects. */
    indicatorCollectionRead: (input: IndicatorCollectionReadInput, options: CallOptions = {}) =>
      callNode<IndicatorCollectionReadResult>(connection, {
        ...options,
        method: 'GET',
        path: '/v1/indicator/collection/read',
        input,
      }),
    /** List the files that were taken into a case, each with what came of it. */
    intakeList: (input: IntakeListInput, options: CallOptions = {}) =>
      callNode<IntakeListResult>(connection, { ...options, method: 'GET', path: '/v1/intake/list', input }),
    /** See what a file of others would add to a case, what would be changed, and what stays in the file. */
    intakePreview: (input: IntakePreviewInput, options: CallOptions = {}) =>
      callNode<IntakePreviewResult>(connection, { ...options, method: 'GET', path: '/v1/intake/preview', input }),
    /** Take part in a joint case to which your agency was invited, with a case of your own. */
    jointAccept: (input: JointAcceptInput, options: CallOptions = {}) =>
      callNode<JointAcceptResult>(connection, { ...options, method: 'POST', path: '/v1/joint/accept', input }),
    /** Approve the invitations to a joint case. */
    jointApprove: (input: JointApproveInput, options: CallOptions = {}) =>
      callNode<JointApproveResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/joint/approve',
        input,
        conditional: true,
      }),
    /** What your authenticator has to sign so that you approve exactly these invitations. */
    jointChallenge: (input: JointChallengeInput, options: CallOptions = {}) =>
      callNode<JointChallengeResult>(connection, { ...options, method: 'GET', path: '/v1/joint/challenge', input }),
    /** Accept a change that another agency proposes of an object of yours, which is its next version, or refuse it. */
    jointChangeDecide: (input: JointChangeDecideInput, options: CallOptions = {}) =>
      callNode<JointChangeDecideResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/joint/change/decide',
        input,
        conditional: true,
      }),
    /** Propose to its owner how a shared object should read. */
    jointChangePropose: (input: JointChangeProposeInput, options: CallOptions = {}) =>
      callNode<JointChangeProposeResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/joint/change/propose',
        input,
      }),
    /** The figures of a joint case, computed from what was released to it and you may see. */
    jointDashboard: (input: JointDashboardInput, options: CallOptions = {}) =>
      callNode<JointDashboardResult>(connection, { ...options, method: 'GET', path: '/v1/joint/dashboard', input }),
    /** Say no to an invitation to a joint case. */
    jointDecline: (input: JointDeclineInput, options: CallOptions = {}) =>
      callNode<JointDeclineResult>(connection, { ...options, method: 'POST', path: '/v1/joint/decline', input }),
    /** End a joint case that you lead; what was shared stays with who has it, under its conditions. */
    jointEnd: (input: JointEndInput, options: CallOptions = {}) =>
      callNode<JointEndResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/joint/end',
        input,
        conditional: true,
      }),
    /** The invitations of other agencies to joint cases, newest last. */
    jointInvitations: (input: JointInvitationsInput = {}, options: CallOptions = {}) =>
      callNode<JointInvitationsResult>(connection, { ...options, method: 'GET', path: '/v1/joint/invitations', input }),
    /** Take part in a joint case no more; what was shared stays with who has it, under its conditions. */
    jointLeave: (input: JointLeaveInput, options: CallOptions = {}) =>
      callNode<JointLeaveResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/joint/leave',
        input,
        conditional: true,
      }),
    /** The joint cases to which a case belongs. */
    jointList: (input: JointListInput, options: CallOptions = {}) =>
      callNode<JointListResult>(connection, { ...options, method: 'GET', path: '/v1/joint/list', input }),
    /** The meeting as a file for calendars (iCalendar): its invitation, its newest version, or that it was cancelled. */
    jointMeetingCalendar: (input: JointMeetingCalendarInput, options: CallOptions = {}) =>
      callNode<JointMeetingCalendarResult>(connection, {
        ...options,
        method: 'GET',
        path: '/v1/joint/meeting/calendar',
        input,
      }),
    /** What an invitation of a calendar (iCalendar) says, in the form of joint.meeting.set; nothing is kept. */
    jointMeetingImport: (input: JointMeetingImportInput, options: CallOptions = {}) =>
      callNode<JointMeetingImportResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/joint/meeting/import',
        input,
      }),
    /** Call a meeting of a joint case, change it, keep what was decided, or cancel it; its actions become tasks. */
    jointMeetingSet: (input: JointMeetingSetInput, options: CallOptions = {}) =>
      callNode<JointMeetingSetResult>(connection, { ...options, method: 'POST', path: '/v1/joint/meeting/set', input }),
    /** Draft the invitation of another agency to a joint case that you lead; it is approved and sent like the first. */
    jointMemberAdd: (input: JointMemberAddInput, options: CallOptions = {}) =>
      callNode<JointMemberAddResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/joint/member/add',
        input,
        conditional: true,
      }),
    /** Take an agency out of a joint case that you lead; everybody is told. */
    jointMemberRemove: (input: JointMemberRemoveInput, options: CallOptions = {}) =>
      callNode<JointMemberRemoveResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/joint/member/remove',
        input,
        conditional: true,
      }),
    /** What is shared in a joint case, by all who take part, as far as you may see it. */
    jointObjects: (input: JointObjectsInput, options: CallOptions = {}) =>
      callNode<JointObjectsResult>(connection, { ...options, method: 'GET', path: '/v1/joint/objects', input }),
    /** Draft a joint case with other agencies; nothing is sent before it is approved. */
    jointPropose: (input: JointProposeInput, options: CallOptions = {}) =>
      callNode<JointProposeResult>(connection, { ...options, method: 'POST', path: '/v1/joint/propose', input }),
    /** Read a joint case: its terms, who takes part, and what waits to be approved. */
    jointRead: (input: JointReadInput, options: CallOptions = {}) =>
      callNode<JointReadResult>(connection, { ...options, method: 'GET', path: '/v1/joint/read', input }),
    /** Release something of a case to everybody who takes part in a joint case; again for its next version. */
    jointRelease: (input: JointReleaseInput, options: CallOptions = {}) =>
      callNode<JointReleaseResult>(connection, { ...options, method: 'POST', path: '/v1/joint/release', input }),
    /** Release an object of yours, as it is, to those who take part now and have not had it. */
    jointResend: (input: JointResendInput, options: CallOptions = {}) =>
      callNode<JointResendResult>(connection, { ...options, method: 'POST', path: '/v1/joint/resend', input }),
    /** Send the invitations that enough people have approved. */
    jointSend: (input: JointSendInput, options: CallOptions = {}) =>
      callNode<JointSendResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/joint/send',
        input,
        conditional: true,
      }),
    /** Accept or decline a task that was given to your agency, or say that it is done. */
    jointTaskAnswer: (input: JointTaskAnswerInput, options: CallOptions = {}) =>
      callNode<JointTaskAnswerResult>(connection, { ...options, method: 'POST', path: '/v1/joint/task/answer', input }),
    /** Give a task of a joint case to an agency that takes part, change it, or cancel it. */
    jointTaskSet: (input: JointTaskSetInput, options: CallOptions = {}) =>
      callNode<JointTaskSetResult>(connection, { ...options, method: 'POST', path: '/v1/joint/task/set', input }),
    /** Share an object of yours no more; the others are told, and what they have stays under its conditions. */
    jointWithdraw: (input: JointWithdrawInput, options: CallOptions = {}) =>
      callNode<JointWithdrawResult>(connection, { ...options, method: 'POST', path: '/v1/joint/withdraw', input }),
    /** List the events of the audit vocabulary, each with what it says. */
    journalEvents: (input: JournalEventsInput = {}, options: CallOptions = {}) =>
      callNode<JournalEventsResult>(connection, { ...options, method: 'GET', path: '/v1/journal/events', input }),
    /** Read the journal as an auditor: every act, who did it and in which case, without its contents. */
    journalRead: (input: JournalReadInput = {}, options: CallOptions = {}) =>
      callNode<JournalReadResult>(connection, { ...options, method: 'GET', path: '/v1/journal/read', input }),
    /** Confirm, as the second person who was present, an act on keys. */
    keyControlConfirm: (input: KeyControlConfirmInput, options: CallOptions = {}) =>
      callNode<KeyControlConfirmResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/key-control/confirm',
        input,
      }),
    /** List the acts on keys that wait for their witness, so that the witness reads what is to be confirmed. */
    keyControlList: (input: KeyControlListInput, options: CallOptions = {}) =>
      callNode<KeyControlListResult>(connection, { ...options, method: 'GET', path: '/v1/key-control/list', input }),
    /** Propose an act on keys, for the second person who is present to confirm. */
    keyControlPropose: (input: KeyControlProposeInput = {}, options: CallOptions = {}) =>
      callNode<KeyControlProposeResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/key-control/propose',
        input,
      }),
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
    /** What the ledger beside the node has of an address, for a case: movements, tags, red flag indicators. */
    ledgerAddress: (input: LedgerAddressInput, options: CallOptions = {}) =>
      callNode<LedgerAddressResult>(connection, { ...options, method: 'POST', path: '/v1/ledger/address', input }),
    /** What the ledger beside the node holds, and by which rules it traces. */
    ledgerRead: (input: LedgerReadInput = {}, options: CallOptions = {}) =>
      callNode<LedgerReadResult>(connection, { ...options, method: 'GET', path: '/v1/ledger/read', input }),
    /** Trace value in the ledger beside the node, for a case: the record, which the case does not keep yet. */
    ledgerTrace: (input: LedgerTraceInput, options: CallOptions = {}) =>
      callNode<LedgerTraceResult>(connection, { ...options, method: 'POST', path: '/v1/ledger/trace', input }),
    /** Whether a request would be admissible, before it is sent: what stops it and what a person must decide. */
    legalCheck: (input: LegalCheckInput, options: CallOptions = {}) =>
      callNode<LegalCheckResult>(connection, { ...options, method: 'POST', path: '/v1/legal/check', input }),
    /** Name the codes of the packs in a language: measures, urgencies, grounds, conditions of use, each with its article. */
    legalCodes: (input: LegalCodesInput = {}, options: CallOptions = {}) =>
      callNode<LegalCodesResult>(connection, { ...options, method: 'GET', path: '/v1/legal/codes', input }),
    /** Compute when a period of an instrument has run out, step by step; only a verified rule gives a date. */
    legalDeadline: (input: LegalDeadlineInput, options: CallOptions = {}) =>
      callNode<LegalDeadlineResult>(connection, { ...options, method: 'GET', path: '/v1/legal/deadline', input }),
    /** Whether both countries must punish the conduct for a request, and what shows that they do. */
    legalDualCriminality: (input: LegalDualCriminalityInput, options: CallOptions = {}) =>
      callNode<LegalDualCriminalityResult>(connection, {
        ...options,
        method: 'GET',
        path: '/v1/legal/dual-criminality',
        input,
      }),
    /** Read the form of a request: its sections and fields, with their names in a language and their articles. */
    legalForm: (input: LegalFormInput, options: CallOptions = {}) =>
      callNode<LegalFormResult>(connection, { ...options, method: 'GET', path: '/v1/legal/form', input }),
    /** List the red flag indicators by their ids and pages; each is an assessment and never a fact. */
    legalIndicators: (input: LegalIndicatorsInput = {}, options: CallOptions = {}) =>
      callNode<LegalIndicatorsResult>(connection, { ...options, method: 'GET', path: '/v1/legal/indicators', input }),
    /** List the instruments of the packs, with their requests, their deadlines and how well each was read. */
    legalInstruments: (input: LegalInstrumentsInput = {}, options: CallOptions = {}) =>
      callNode<LegalInstrumentsResult>(connection, { ...options, method: 'GET', path: '/v1/legal/instruments', input }),
    /** List the countries of the packs: authorities, treaties, languages, zones, and which calendar counts. */
    legalJurisdictions: (input: LegalJurisdictionsInput = {}, options: CallOptions = {}) =>
      callNode<LegalJurisdictionsResult>(connection, {
        ...options,
        method: 'GET',
        path: '/v1/legal/jurisdictions',
        input,
      }),
    /** List the offences of the packs by conduct, and where treaties list them. */
    legalOffences: (input: LegalOffencesInput = {}, options: CallOptions = {}) =>
      callNode<LegalOffencesResult>(connection, { ...options, method: 'GET', path: '/v1/legal/offences', input }),
    /** Who may ask whom under which instrument, the best way first, each with its reasons and articles. */
    legalRoutes: (input: LegalRoutesInput, options: CallOptions = {}) =>
      callNode<LegalRoutesResult>(connection, { ...options, method: 'GET', path: '/v1/legal/routes', input }),
    /** Take back that a link between chains was rejected, with the reason; the rejection stays on record. */
    linkReadmit: (input: LinkReadmitInput, options: CallOptions = {}) =>
      callNode<LinkReadmitResult>(connection, { ...options, method: 'POST', path: '/v1/link/readmit', input }),
    /** Reject a link between chains, with the reason: every trace that goes over it says so, in whatever case. */
    linkReject: (input: LinkRejectInput, options: CallOptions = {}) =>
      callNode<LinkRejectResult>(connection, { ...options, method: 'POST', path: '/v1/link/reject', input }),
    /** The journals of members that told two stories, each with its proof. */
    memberForks: (input: MemberForksInput = {}, options: CallOptions = {}) =>
      callNode<MemberForksResult>(connection, { ...options, method: 'GET', path: '/v1/member/forks', input }),
    /** The members of the directory, and with whom a new exchange may begin now. */
    memberList: (input: MemberListInput = {}, options: CallOptions = {}) =>
      callNode<MemberListResult>(connection, { ...options, method: 'GET', path: '/v1/member/list', input }),
    /** Approve a message; the approval goes with it, and its receiver can check it. */
    messageApprove: (input: MessageApproveInput, options: CallOptions = {}) =>
      callNode<MessageApproveResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/message/approve',
        input,
        conditional: true,
      }),
    /** Attach an exhibit of the case to a message that was not sent yet, sealed for its receiver; approvals must be given anew. */
    messageAttach: (input: MessageAttachInput, options: CallOptions = {}) =>
      callNode<MessageAttachResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/message/attach',
        input,
        conditional: true,
      }),
    /** What your authenticator has to sign so that you approve exactly this message. */
    messageChallenge: (input: MessageChallengeInput, options: CallOptions = {}) =>
      callNode<MessageChallengeResult>(connection, { ...options, method: 'GET', path: '/v1/message/challenge', input }),
    /** Change what a message says that was not sent; who had approved it approves it anew. */
    messageChange: (input: MessageChangeInput, options: CallOptions = {}) =>
      callNode<MessageChangeResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/message/change',
        input,
        conditional: true,
      }),
    /** Give up a message that was not sent. */
    messageDiscard: (input: MessageDiscardInput, options: CallOptions = {}) =>
      callNode<MessageDiscardResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/message/discard',
        input,
        conditional: true,
      }),
    /** The messages of a case as they were signed, with their receipts: for whoever checks both sides. */
    messageDossier: (input: MessageDossierInput, options: CallOptions = {}) =>
      callNode<MessageDossierResult>(connection, { ...options, method: 'GET', path: '/v1/message/dossier', input }),
    /** Write a message to another agency, of any type of the catalogue; nothing is sent yet. */
    messageDraft: (input: MessageDraftInput, options: CallOptions = {}) =>
      callNode<MessageDraftResult>(connection, { ...options, method: 'POST', path: '/v1/message/draft', input }),
    /** The files that a message names, and how much of each has arrived. */
    messageFiles: (input: MessageFilesInput, options: CallOptions = {}) =>
      callNode<MessageFilesResult>(connection, { ...options, method: 'GET', path: '/v1/message/files', input }),
    /** Messages of a case, to and from other agencies. */
    messageList: (input: MessageListInput, options: CallOptions = {}) =>
      callNode<MessageListResult>(connection, { ...options, method: 'GET', path: '/v1/message/list', input }),
    /** Record that somebody has seen to a message that came in, or to one of ours that did not get through. */
    messageSeeTo: (input: MessageSeeToInput, options: CallOptions = {}) =>
      callNode<MessageSeeToResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/message/see-to',
        input,
        conditional: true,
      }),
    /** Send a message: it is queued in this transaction, and tried until a receipt comes or its deadline has passed; a request that it carries is released. */
    messageSend: (input: MessageSendInput, options: CallOptions = {}) =>
      callNode<MessageSendResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/message/send',
        input,
        conditional: true,
      }),
    /** One message of a case, where its approvals stand, and what shows that it is genuine. */
    messageShow: (input: MessageShowInput, options: CallOptions = {}) =>
      callNode<MessageShowResult>(connection, { ...options, method: 'GET', path: '/v1/message/show', input }),
    /** Open a file that came with a message into the vault of the case; exhibit.add then puts it on record by its upload. */
    messageTakeFile: (input: MessageTakeFileInput, options: CallOptions = {}) =>
      callNode<MessageTakeFileResult>(connection, { ...options, method: 'POST', path: '/v1/message/take-file', input }),
    /** Read what this node is, who runs it, and the key of its journal. */
    nodeRead: (input: NodeReadInput = {}, options: CallOptions = {}) =>
      callNode<NodeReadResult>(connection, { ...options, method: 'GET', path: '/v1/node/read', input }),
    /** Add a note to a case. */
    noteAdd: (input: NoteAddInput, options: CallOptions = {}) =>
      callNode<NoteAddResult>(connection, { ...options, method: 'POST', path: '/v1/note/add', input }),
    /** Every version of one note, oldest first. */
    noteHistory: (input: NoteHistoryInput, options: CallOptions = {}) =>
      callNode<NoteHistoryResult>(connection, { ...options, method: 'GET', path: '/v1/note/history', input }),
    /** List the notes of a case that you may see, oldest first. */
    noteList: (input: NoteListInput, options: CallOptions = {}) =>
      callNode<NoteListResult>(connection, { ...options, method: 'GET', path: '/v1/note/list', input }),
    /** Read a note. */
    noteRead: (input: NoteReadInput, options: CallOptions = {}) =>
      callNode<NoteReadResult>(connection, { ...options, method: 'GET', path: '/v1/note/read', input }),
    /** Change a note: what is given replaces what was there; the old version stays. */
    noteUpdate: (input: NoteUpdateInput, options: CallOptions = {}) =>
      callNode<NoteUpdateResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/note/update',
        input,
        conditional: true,
      }),
    /** This description. */
    openapiRead: (input: OpenapiReadInput = {}, options: CallOptions = {}) =>
      callNode<OpenapiReadResult>(connection, { ...options, method: 'GET', path: '/v1/openapi.json', input }),
    /** Add an order about assets to a case. */
    orderAdd: (input: OrderAddInput, options: CallOptions = {}) =>
      callNode<OrderAddResult>(connection, { ...options, method: 'POST', path: '/v1/order/add', input }),
    /** Every version of one order, oldest first. */
    orderHistory: (input: OrderHistoryInput, options: CallOptions = {}) =>
      callNode<OrderHistoryResult>(connection, { ...options, method: 'GET', path: '/v1/order/history', input }),
    /** List the orders of a case that you may see, oldest first. */
    orderList: (input: OrderListInput, options: CallOptions = {}) =>
      callNode<OrderListResult>(connection, { ...options, method: 'GET', path: '/v1/order/list', input }),
    /** Read an order about assets. */
    orderRead: (input: OrderReadInput, options: CallOptions = {}) =>
      callNode<OrderReadResult>(connection, { ...options, method: 'GET', path: '/v1/order/read', input }),
    /** Change an order about assets: what is given replaces what was there; the old version stays. */
    orderUpdate: (input: OrderUpdateInput, options: CallOptions = {}) =>
      callNode<OrderUpdateResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/order/update',
        input,
        conditional: true,
      }),
    /** Add a person of interest to a case. */
    personOfInterestAdd: (input: PersonOfInterestAddInput, options: CallOptions = {}) =>
      callNode<PersonOfInterestAddResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/person-of-interest/add',
        input,
      }),
    /** Every version of one person of interest, oldest first. */
    personOfInterestHistory: (input: PersonOfInterestHistoryInput, options: CallOptions = {}) =>
      callNode<PersonOfInterestHistoryResult>(connection, {
        ...options,
        method: 'GET',
        path: '/v1/person-of-interest/history',
        input,
      }),
    /** List the persons of interest of a case that you may see, oldest first. */
    personOfInterestList: (input: PersonOfInterestListInput, options: CallOptions = {}) =>
      callNode<PersonOfInterestListResult>(connection, {
        ...options,
        method: 'GET',
        path: '/v1/person-of-interest/list',
        input,
      }),
    /** Read a person of interest. */
    personOfInterestRead: (input: PersonOfInterestReadInput, options: CallOptions = {}) =>
      callNode<PersonOfInterestReadResult>(connection, {
        ...options,
        method: 'GET',
        path: '/v1/person-of-interest/read',
        input,
      }),
    /** Change a person of interest: what is given replaces what was there; the old version stays. */
    personOfInterestUpdate: (input: PersonOfInterestUpdateInput, options: CallOptions = {}) =>
      callNode<PersonOfInterestUpdateResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/person-of-interest/update',
        input,
        conditional: true,
      }),
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
    /** Read what this node says of itself to everybody: its name, its agency, its address, how people sign in. */
    publicRead: (input: PublicReadInput = {}, options: CallOptions = {}) =>
      callNode<PublicReadResult>(connection, { ...options, method: 'GET', path: '/v1/public', input }),
    /** Say what became of something that another agency has recalled: removed, sealed off, kept under law, used. */
    recallConfirm: (input: RecallConfirmInput, options: CallOptions = {}) =>
      callNode<RecallConfirmResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/recall/confirm',
        input,
        conditional: true,
      }),
    /** Take back messages of a case that were sent: each receiver is asked, and what it answers is kept. */
    recallSend: (input: RecallSendInput, options: CallOptions = {}) =>
      callNode<RecallSendResult>(connection, { ...options, method: 'POST', path: '/v1/recall/send', input }),
    /** Of a recall: who has received it, who has said what became of it, and who has not. */
    recallStatus: (input: RecallStatusInput, options: CallOptions = {}) =>
      callNode<RecallStatusResult>(connection, { ...options, method: 'GET', path: '/v1/recall/status', input }),
    /** Take note of a reminder: it is kept that you have seen it, and the date stays as it is. */
    reminderAcknowledge: (input: ReminderAcknowledgeInput, options: CallOptions = {}) =>
      callNode<ReminderAcknowledgeResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/reminder/acknowledge',
        input,
        conditional: true,
      }),
    /** What is due in the cases that you may see, soonest first, with the time left. */
    reminderList: (input: ReminderListInput = {}, options: CallOptions = {}) =>
      callNode<ReminderListResult>(connection, { ...options, method: 'GET', path: '/v1/reminder/list', input }),
    /** Recognise a request of others: it will be carried out. */
    requestAccept: (input: RequestAcceptInput, options: CallOptions = {}) =>
      callNode<RequestAcceptResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/request/accept',
        input,
        conditional: true,
      }),
    /** Record that we have acknowledged a request of others, and when those who are competent had it. */
    requestAcknowledge: (input: RequestAcknowledgeInput, options: CallOptions = {}) =>
      callNode<RequestAcknowledgeResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/request/acknowledge',
        input,
        conditional: true,
      }),
    /** Record that the request was received: by their node, and by the authority that is competent. */
    requestAcknowledged: (input: RequestAcknowledgedInput, options: CallOptions = {}) =>
      callNode<RequestAcknowledgedResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/request/acknowledged',
        input,
        conditional: true,
      }),
    /** Ask the other authority for more: which fields of its request, and why they are needed. */
    requestAskMore: (input: RequestAskMoreInput, options: CallOptions = {}) =>
      callNode<RequestAskMoreResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/request/ask-more',
        input,
        conditional: true,
      }),
    /** Record that they ask for more. */
    requestAskedBack: (input: RequestAskedBackInput, options: CallOptions = {}) =>
      callNode<RequestAskedBackResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/request/asked-back',
        input,
        conditional: true,
      }),
    /** What is missing or wrong in a request, field by field, and who else is after its assets. */
    requestCheck: (input: RequestCheckInput, options: CallOptions = {}) =>
      callNode<RequestCheckResult>(connection, { ...options, method: 'GET', path: '/v1/request/check', input }),
    /** Write a submitted request as the message that carries it to a member of the directory. */
    requestCompose: (input: RequestComposeInput, options: CallOptions = {}) =>
      callNode<RequestComposeResult>(connection, { ...options, method: 'POST', path: '/v1/request/compose', input }),
    /** Draft a request of a case to another authority. */
    requestDraft: (input: RequestDraftInput, options: CallOptions = {}) =>
      callNode<RequestDraftResult>(connection, { ...options, method: 'POST', path: '/v1/request/draft', input }),
    /** Record that a request of others was carried out, and what was secured. */
    requestExecute: (input: RequestExecuteInput, options: CallOptions = {}) =>
      callNode<RequestExecuteResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/request/execute',
        input,
        conditional: true,
      }),
    /** Record that a request of others was carried out in part, and what was secured. */
    requestExecutePartially: (input: RequestExecutePartiallyInput, options: CallOptions = {}) =>
      callNode<RequestExecutePartiallyResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/request/execute-partially',
        input,
        conditional: true,
      }),
    /** Record that the request was carried out. */
    requestExecuted: (input: RequestExecutedInput, options: CallOptions = {}) =>
      callNode<RequestExecutedResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/request/executed',
        input,
        conditional: true,
      }),
    /** Ask that a measure that was carried out go on. */
    requestExtend: (input: RequestExtendInput, options: CallOptions = {}) =>
      callNode<RequestExtendResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/request/extend',
        input,
        conditional: true,
      }),
    /** Find that a request of others cannot be carried out for now, and why (Reg. 2018/1805 art. 13). */
    requestFindImpossible: (input: RequestFindImpossibleInput, options: CallOptions = {}) =>
      callNode<RequestFindImpossibleResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/request/find-impossible',
        input,
        conditional: true,
      }),
    /** Hand a request back to the other authority: nothing of it stays in force here. */
    requestHandBack: (input: RequestHandBackInput, options: CallOptions = {}) =>
      callNode<RequestHandBackResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/request/hand-back',
        input,
        conditional: true,
      }),
    /** Every version of a request, oldest first. */
    requestHistory: (input: RequestHistoryInput, options: CallOptions = {}) =>
      callNode<RequestHistoryResult>(connection, { ...options, method: 'GET', path: '/v1/request/history', input }),
    /** Record that execution is impossible for now, with the reason (Reg. 2018/1805 art. 13). */
    requestImpossible: (input: RequestImpossibleInput, options: CallOptions = {}) =>
      callNode<RequestImpossibleResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/request/impossible',
        input,
        conditional: true,
      }),
    /** Read a request for its letter; the PDF itself is at /v1/request/letter.pdf. */
    requestLetter: (input: RequestLetterInput, options: CallOptions = {}) =>
      callNode<RequestLetterResult>(connection, { ...options, method: 'GET', path: '/v1/request/letter', input }),
    /** Ask that a measure that was carried out be lifted. */
    requestLift: (input: RequestLiftInput, options: CallOptions = {}) =>
      callNode<RequestLiftResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/request/lift',
        input,
        conditional: true,
      }),
    /** Record that the measure for the other authority was lifted. */
    requestLifted: (input: RequestLiftedInput, options: CallOptions = {}) =>
      callNode<RequestLiftedResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/request/lifted',
        input,
        conditional: true,
      }),
    /** List the requests of a case that you may see, oldest first. */
    requestList: (input: RequestListInput, options: CallOptions = {}) =>
      callNode<RequestListResult>(connection, { ...options, method: 'GET', path: '/v1/request/list', input }),
    /** Record that the request was carried out in part. */
    requestPartially: (input: RequestPartiallyInput, options: CallOptions = {}) =>
      callNode<RequestPartiallyResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/request/partially',
        input,
        conditional: true,
      }),
    /** Record that a period of a request was extended, or stood still, under the provision of its rule. */
    requestPeriodChange: (input: RequestPeriodChangeInput, options: CallOptions = {}) =>
      callNode<RequestPeriodChangeResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/request/period/change',
        input,
        conditional: true,
      }),
    /** Say whether a period of a request may be extended or stand still, by which provision, and which date would follow. */
    requestPeriodRead: (input: RequestPeriodReadInput, options: CallOptions = {}) =>
      callNode<RequestPeriodReadResult>(connection, {
        ...options,
        method: 'GET',
        path: '/v1/request/period/read',
        input,
      }),
    /** Postpone the execution of a request of others, on a ground that its instrument allows. */
    requestPostpone: (input: RequestPostponeInput, options: CallOptions = {}) =>
      callNode<RequestPostponeResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/request/postpone',
        input,
        conditional: true,
      }),
    /** Record that they have postponed execution, with the ground. */
    requestPostponed: (input: RequestPostponedInput, options: CallOptions = {}) =>
      callNode<RequestPostponedResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/request/postponed',
        input,
        conditional: true,
      }),
    /** Record that the other authority asks that its measure go on. */
    requestProlonged: (input: RequestProlongedInput, options: CallOptions = {}) =>
      callNode<RequestProlongedResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/request/prolonged',
        input,
        conditional: true,
      }),
    /** Read a request, and where its approvals stand at this moment. */
    requestRead: (input: RequestReadInput, options: CallOptions = {}) =>
      callNode<RequestReadResult>(connection, { ...options, method: 'GET', path: '/v1/request/read', input }),
    /** Put a request of another authority on record, in a case that exists or in a new one. */
    requestReceive: (input: RequestReceiveInput, options: CallOptions = {}) =>
      callNode<RequestReceiveResult>(connection, { ...options, method: 'POST', path: '/v1/request/receive', input }),
    /** Record that the request was passed on; it stays open here until they confirm that they have it. */
    requestReferred: (input: RequestReferredInput, options: CallOptions = {}) =>
      callNode<RequestReferredResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/request/referred',
        input,
        conditional: true,
      }),
    /** Refuse a request of others, on a ground that its instrument allows. */
    requestRefuse: (input: RequestRefuseInput, options: CallOptions = {}) =>
      callNode<RequestRefuseResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/request/refuse',
        input,
        conditional: true,
      }),
    /** Record that they have refused, with the ground. */
    requestRefused: (input: RequestRefusedInput, options: CallOptions = {}) =>
      callNode<RequestRefusedResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/request/refused',
        input,
        conditional: true,
      }),
    /** Release a request that enough people have approved. */
    requestRelease: (input: RequestReleaseInput, options: CallOptions = {}) =>
      callNode<RequestReleaseResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/request/release',
        input,
        conditional: true,
      }),
    /** Report to the other authority what was secured. */
    requestReport: (input: RequestReportInput, options: CallOptions = {}) =>
      callNode<RequestReportResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/request/report',
        input,
        conditional: true,
      }),
    /** Find that what was impossible is possible again (Reg. 2018/1805 art. 13(4)). */
    requestRevive: (input: RequestReviveInput, options: CallOptions = {}) =>
      callNode<RequestReviveResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/request/revive',
        input,
        conditional: true,
      }),
    /** Record that what was impossible is possible again (art. 13(4)). */
    requestRevived: (input: RequestRevivedInput, options: CallOptions = {}) =>
      callNode<RequestRevivedResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/request/revived',
        input,
        conditional: true,
      }),
    /** Fix the content of a request and put it up for approval. */
    requestSubmit: (input: RequestSubmitInput, options: CallOptions = {}) =>
      callNode<RequestSubmitResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/request/submit',
        input,
        conditional: true,
      }),
    /** Record that what they asked for was supplied. */
    requestSupplemented: (input: RequestSupplementedInput, options: CallOptions = {}) =>
      callNode<RequestSupplementedResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/request/supplemented',
        input,
        conditional: true,
      }),
    /** Record that the other authority has supplied what we asked for. */
    requestSupplied: (input: RequestSuppliedInput, options: CallOptions = {}) =>
      callNode<RequestSuppliedResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/request/supplied',
        input,
        conditional: true,
      }),
    /** Record that those to whom the request was passed on have confirmed it. */
    requestTakenOver: (input: RequestTakenOverInput, options: CallOptions = {}) =>
      callNode<RequestTakenOverResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/request/taken-over',
        input,
        conditional: true,
      }),
    /** Change a request that is not out yet; approvals that it had are void. */
    requestUpdate: (input: RequestUpdateInput, options: CallOptions = {}) =>
      callNode<RequestUpdateResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/request/update',
        input,
        conditional: true,
      }),
    /** Withdraw a request; what is out already is withdrawn by those who may release (Reg. 2018/1805 art. 27). */
    requestWithdraw: (input: RequestWithdrawInput, options: CallOptions = {}) =>
      callNode<RequestWithdrawResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/request/withdraw',
        input,
        conditional: true,
      }),
    /** Record that the other authority has withdrawn its request. */
    requestWithdrawn: (input: RequestWithdrawnInput, options: CallOptions = {}) =>
      callNode<RequestWithdrawnResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/request/withdrawn',
        input,
        conditional: true,
      }),
    /** What of a case will be erased, when and on which basis. */
    retentionPreview: (input: RetentionPreviewInput, options: CallOptions = {}) =>
      callNode<RetentionPreviewResult>(connection, { ...options, method: 'GET', path: '/v1/retention/preview', input }),
    /** Your cases by the day on which they are to be erased, the next one first. */
    retentionUpcoming: (input: RetentionUpcomingInput = {}, options: CallOptions = {}) =>
      callNode<RetentionUpcomingResult>(connection, {
        ...options,
        method: 'GET',
        path: '/v1/retention/upcoming',
        input,
      }),
    /** Read your own session: who you are here, how you signed in, until when. */
    sessionRead: (input: SessionReadInput = {}, options: CallOptions = {}) =>
      callNode<SessionReadResult>(connection, { ...options, method: 'GET', path: '/v1/session', input }),
    /** Sign in with a passkey, for a purpose. */
    signInFinish: (input: SignInFinishInput, options: CallOptions = {}) =>
      callNode<SignInFinishResult>(connection, { ...options, method: 'POST', path: '/v1/sign-in/finish', input }),
    /** Begin to sign in. */
    signInOptions: (input: SignInOptionsInput = {}, options: CallOptions = {}) =>
      callNode<SignInOptionsResult>(connection, { ...options, method: 'POST', path: '/v1/sign-in/options', input }),
    /** End the session. */
    signOut: (input: SignOutInput = {}, options: CallOptions = {}) =>
      callNode<SignOutResult>(connection, { ...options, method: 'POST', path: '/v1/sign-out', input }),
    /** List the statements of a case that you may read; those that conflict are marked. */
    statementList: (input: StatementListInput, options: CallOptions = {}) =>
      callNode<StatementListResult>(connection, { ...options, method: 'GET', path: '/v1/statement/list', input }),
    /** State what an address, account or person is, on what basis, and how sure. */
    statementMake: (input: StatementMakeInput, options: CallOptions = {}) =>
      callNode<StatementMakeResult>(connection, { ...options, method: 'POST', path: '/v1/statement/make', input }),
    /** Retract a statement; it stays readable, with the reason. */
    statementRetract: (input: StatementRetractInput, options: CallOptions = {}) =>
      callNode<StatementRetractResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/statement/retract',
        input,
        conditional: true,
      }),
    /** Recalls, questions of use, erasures, incidents, disputes and cautions: of a case, or of the node where no case is known. */
    supervisionList: (input: SupervisionListInput = {}, options: CallOptions = {}) =>
      callNode<SupervisionListResult>(connection, { ...options, method: 'GET', path: '/v1/supervision/list', input }),
    /** Lift the suspension of a partner that had told of a breach, and tell it what was done here. */
    suspensionLift: (input: SuspensionLiftInput, options: CallOptions = {}) =>
      callNode<SuspensionLiftResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/suspension/lift',
        input,
        conditional: true,
      }),
    /** Take a tag back, with the reason: every trace that rests on it says so, in whatever case. */
    tagRetract: (input: TagRetractInput, options: CallOptions = {}) =>
      callNode<TagRetractResult>(connection, { ...options, method: 'POST', path: '/v1/tag/retract', input }),
    /** Add a task to a case. */
    taskAdd: (input: TaskAddInput, options: CallOptions = {}) =>
      callNode<TaskAddResult>(connection, { ...options, method: 'POST', path: '/v1/task/add', input }),
    /** Every version of one task, oldest first. */
    taskHistory: (input: TaskHistoryInput, options: CallOptions = {}) =>
      callNode<TaskHistoryResult>(connection, { ...options, method: 'GET', path: '/v1/task/history', input }),
    /** List the tasks of a case that you may see, oldest first. */
    taskList: (input: TaskListInput, options: CallOptions = {}) =>
      callNode<TaskListResult>(connection, { ...options, method: 'GET', path: '/v1/task/list', input }),
    /** Read a task. */
    taskRead: (input: TaskReadInput, options: CallOptions = {}) =>
      callNode<TaskReadResult>(connection, { ...options, method: 'GET', path: '/v1/task/read', input }),
    /** Change a task: what is given replaces what was there; the old version stays. */
    taskUpdate: (input: TaskUpdateInput, options: CallOptions = {}) =>
      callNode<TaskUpdateResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/task/update',
        input,
        conditional: true,
      }),
    /** Keep a trace record in a case; one that the case has already is kept once. */
    traceKeep: (input: TraceKeepInput, options: CallOptions = {}) =>
      callNode<TraceKeepResult>(connection, { ...options, method: 'POST', path: '/v1/trace/keep', input }),
    /** List the trace records of a case that you may see, oldest first. */
    traceList: (input: TraceListInput, options: CallOptions = {}) =>
      callNode<TraceListResult>(connection, { ...options, method: 'GET', path: '/v1/trace/list', input }),
    /** Read a trace record of a case, as its file. */
    traceRead: (input: TraceReadInput, options: CallOptions = {}) =>
      callNode<TraceReadResult>(connection, { ...options, method: 'GET', path: '/v1/trace/read', input }),
    /** Ask the agency that has sent something whether it may be used for something else. */
    useConsentAsk: (input: UseConsentAskInput, options: CallOptions = {}) =>
      callNode<UseConsentAskResult>(connection, { ...options, method: 'POST', path: '/v1/use/consent/ask', input }),
    /** Consent to a use that another agency asks for, as far as you say. */
    useConsentGrant: (input: UseConsentGrantInput, options: CallOptions = {}) =>
      callNode<UseConsentGrantResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/use/consent/grant',
        input,
        conditional: true,
      }),
    /** Refuse a use that another agency asks for. */
    useConsentRefuse: (input: UseConsentRefuseInput, options: CallOptions = {}) =>
      callNode<UseConsentRefuseResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/use/consent/refuse',
        input,
        conditional: true,
      }),
    /** Tell the agency that has sent something what it was used for. */
    useReport: (input: UseReportInput, options: CallOptions = {}) =>
      callNode<UseReportResult>(connection, { ...options, method: 'POST', path: '/v1/use/report', input }),
    /** Add a victim to a case. */
    victimAdd: (input: VictimAddInput, options: CallOptions = {}) =>
      callNode<VictimAddResult>(connection, { ...options, method: 'POST', path: '/v1/victim/add', input }),
    /** Every version of one victim, oldest first. */
    victimHistory: (input: VictimHistoryInput, options: CallOptions = {}) =>
      callNode<VictimHistoryResult>(connection, { ...options, method: 'GET', path: '/v1/victim/history', input }),
    /** List the victims of a case that you may see, oldest first. */
    victimList: (input: VictimListInput, options: CallOptions = {}) =>
      callNode<VictimListResult>(connection, { ...options, method: 'GET', path: '/v1/victim/list', input }),
    /** Read a victim. */
    victimRead: (input: VictimReadInput, options: CallOptions = {}) =>
      callNode<VictimReadResult>(connection, { ...options, method: 'GET', path: '/v1/victim/read', input }),
    /** Change a victim: what is given replaces what was there; the old version stays. */
    victimUpdate: (input: VictimUpdateInput, options: CallOptions = {}) =>
      callNode<VictimUpdateResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/victim/update',
        input,
        conditional: true,
      }),
    /** Add a wallet of interest to a case. */
    walletAdd: (input: WalletAddInput, options: CallOptions = {}) =>
      callNode<WalletAddResult>(connection, { ...options, method: 'POST', path: '/v1/wallet/add', input }),
    /** Every version of one wallet, oldest first. */
    walletHistory: (input: WalletHistoryInput, options: CallOptions = {}) =>
      callNode<WalletHistoryResult>(connection, { ...options, method: 'GET', path: '/v1/wallet/history', input }),
    /** List the wallets of interest of a case that you may see, oldest first. */
    walletList: (input: WalletListInput, options: CallOptions = {}) =>
      callNode<WalletListResult>(connection, { ...options, method: 'GET', path: '/v1/wallet/list', input }),
    /** Read a wallet of interest. */
    walletRead: (input: WalletReadInput, options: CallOptions = {}) =>
      callNode<WalletReadResult>(connection, { ...options, method: 'GET', path: '/v1/wallet/read', input }),
    /** Change a wallet of interest: what is given replaces what was there; the old version stays. */
    walletUpdate: (input: WalletUpdateInput, options: CallOptions = {}) =>
      callNode<WalletUpdateResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/wallet/update',
        input,
        conditional: true,
      }),
    /** Add a watch to a case. */
    watchAdd: (input: WatchAddInput, options: CallOptions = {}) =>
      callNode<WatchAddResult>(connection, { ...options, method: 'POST', path: '/v1/watch/add', input }),
    /** Every version of one watch, oldest first. */
    watchHistory: (input: WatchHistoryInput, options: CallOptions = {}) =>
      callNode<WatchHistoryResult>(connection, { ...options, method: 'GET', path: '/v1/watch/history', input }),
    /** List the watches of a case that you may see, oldest first. */
    watchList: (input: WatchListInput, options: CallOptions = {}) =>
      callNode<WatchListResult>(connection, { ...options, method: 'GET', path: '/v1/watch/list', input }),
    /** Read a watch. */
    watchRead: (input: WatchReadInput, options: CallOptions = {}) =>
      callNode<WatchReadResult>(connection, { ...options, method: 'GET', path: '/v1/watch/read', input }),
    /** End a watch; it and its alarms stay in the case. */
    watchRemove: (input: WatchRemoveInput, options: CallOptions = {}) =>
      callNode<WatchRemoveResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/watch/remove',
        input,
        conditional: true,
      }),
    /** Change a watch: what is given replaces what was there; the old version stays. */
    watchUpdate: (input: WatchUpdateInput, options: CallOptions = {}) =>
      callNode<WatchUpdateResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/watch/update',
        input,
        conditional: true,
      }),
    /** End a webhook. */
    webhookEnd: (input: WebhookEndInput, options: CallOptions = {}) =>
      callNode<WebhookEndResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/webhook/end',
        input,
        conditional: true,
      }),
    /** List the webhooks of the node. */
    webhookList: (input: WebhookListInput = {}, options: CallOptions = {}) =>
      callNode<WebhookListResult>(connection, { ...options, method: 'GET', path: '/v1/webhook/list', input }),
    /** Tell a machine elsewhere of what happens. */
    webhookMake: (input: WebhookMakeInput, options: CallOptions = {}) =>
      callNode<WebhookMakeResult>(connection, { ...options, method: 'POST', path: '/v1/webhook/make', input }),
    /** Turn a trace into the draft of a request about the assets where it ends. */
    workflowFreezeFromTrace: (input: WorkflowFreezeFromTraceInput, options: CallOptions = {}) =>
      callNode<WorkflowFreezeFromTraceResult>(connection, {
        ...options,
        method: 'POST',
        path: '/v1/workflow/freeze-from-trace',
        input,
      }),
  }
}

/** Review who may what at this node: people and machines, their roles, keys, cases and last sign-in: what is given. */
export type AccessReviewInput = {
  readonly after?: string
  readonly limit?: number
}
/** Review who may what at this node: people and machines, their roles, keys, cases and last sign-in: what comes back. */
export type AccessReviewResult = {
  readonly items: readonly {
    /** A person of this node. */
    readonly personId: string
    readonly name: string
    readonly role: string
    readonly suspended: boolean
    readonly kind: 'person' | 'machine'
    /** Security keys that are not revoked; of a machine its API keys. */
    readonly keys: number
    /** Of these, keys that stay on their device, with which one approves. */
    readonly deviceBound: number
    /** The cases of which the person is a member, by their ids. */
    readonly cases: readonly string[]
    readonly lastSignIn: string | null
  }[]
  readonly next: string | null
}

/** Check an exhibit against the criteria of a forum: what the record answers, and what a person must: what is given. */
export type AdmissibilityCheckInput = {
  /** The exhibit. */
  readonly exhibitId: string
  /** The court or procedure, as the legal packs name it. */
  readonly forum: string
}
/** Check an exhibit against the criteria of a forum: what the record answers, and what a person must: what comes back. */
export type AdmissibilityCheckResult = unknown

/** Every version of one alarm, oldest first: what is given. */
export type AlarmHistoryInput = {
  /** The identifier of a record of this node. */
  readonly id: string
}
/** Every version of one alarm, oldest first: what comes back. */
export type AlarmHistoryResult = readonly {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The case. */
  readonly caseId: string
  /** The version of the record (its ETag). */
  readonly version: number
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly at: string
  readonly content: {
    /** The identifier of a record of this node. */
    readonly watch: string
    /** A chain by its CAIP-2 id, as bip122:000000000019d6689c085ae165831e93. */
    readonly chain: string
    /** The transaction. */
    readonly txid: string
    /** Where in it. */
    readonly place: string
    /** It came to what is watched, or left it. */
    readonly direction: 'in' | 'out'
    readonly address: string | null
    /** An asset by its CAIP-19 id, as bip122:000000000019d6689c085ae165831e93/slip44:0. */
    readonly asset: string
    readonly amount: string | null
    readonly height: number
    /** The hash of the block. */
    readonly block: string
    readonly time: string | null
    /** Withdrawn: no block of the chain holds it now. */
    readonly state: 'standing' | 'withdrawn'
    /** The number of the last notice that is in here. */
    readonly notice: number
  }
  /** A fact, or the assessment of somebody (LED art. 7(1)). */
  readonly basis: 'fact' | 'assessment'
  /** How an item may be used, and by whom. */
  readonly marking: {
    /** Traffic Light Protocol 2.0 */
    readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
    readonly audience: readonly string[]
    readonly needToKnow: boolean
    readonly protectedPerson: boolean
    /** The sender allows use beyond the stated purpose. */
    readonly onwardUse: boolean
    /** A handling code of the sender, as H1. */
    readonly handling?: string
  }
  /** The person who added it; "node" where the node did. */
  readonly author: string
  /** Who wrote this version. */
  readonly by: string
}[]

/** List the alarms of a case that you may see, oldest first: what is given. */
export type AlarmListInput = {
  /** The case. */
  readonly caseId: string
  /** Where the last page ended: its `next`. */
  readonly after?: string
  /** At most so many items; 50 where nothing is said. */
  readonly limit?: number
}
/** List the alarms of a case that you may see, oldest first: what comes back. */
export type AlarmListResult = {
  readonly items: readonly {
    /** The identifier of a record of this node. */
    readonly id: string
    /** The case. */
    readonly caseId: string
    /** The version of the record (its ETag). */
    readonly version: number
    /** An instant in UTC, as 2026-11-25T10:00:00Z. */
    readonly at: string
    readonly content: {
      /** The identifier of a record of this node. */
      readonly watch: string
      /** A chain by its CAIP-2 id, as bip122:000000000019d6689c085ae165831e93. */
      readonly chain: string
      /** The transaction. */
      readonly txid: string
      /** Where in it. */
      readonly place: string
      /** It came to what is watched, or left it. */
      readonly direction: 'in' | 'out'
      readonly address: string | null
      /** An asset by its CAIP-19 id, as bip122:000000000019d6689c085ae165831e93/slip44:0. */
      readonly asset: string
      readonly amount: string | null
      readonly height: number
      /** The hash of the block. */
      readonly block: string
      readonly time: string | null
      /** Withdrawn: no block of the chain holds it now. */
      readonly state: 'standing' | 'withdrawn'
      /** The number of the last notice that is in here. */
      readonly notice: number
    }
    /** A fact, or the assessment of somebody (LED art. 7(1)). */
    readonly basis: 'fact' | 'assessment'
    /** How an item may be used, and by whom. */
    readonly marking: {
      /** Traffic Light Protocol 2.0 */
      readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
      readonly audience: readonly string[]
      readonly needToKnow: boolean
      readonly protectedPerson: boolean
      /** The sender allows use beyond the stated purpose. */
      readonly onwardUse: boolean
      /** A handling code of the sender, as H1. */
      readonly handling?: string
    }
    /** The person who added it; "node" where the node did. */
    readonly author: string
    /** Who wrote this version. */
    readonly by: string
  }[]
  readonly next: string | null
}

/** Read an alarm: what is given. */
export type AlarmReadInput = {
  /** The identifier of a record of this node. */
  readonly id: string
}
/** Read an alarm: what comes back. */
export type AlarmReadResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The case. */
  readonly caseId: string
  /** The version of the record (its ETag). */
  readonly version: number
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly at: string
  readonly content: {
    /** The identifier of a record of this node. */
    readonly watch: string
    /** A chain by its CAIP-2 id, as bip122:000000000019d6689c085ae165831e93. */
    readonly chain: string
    /** The transaction. */
    readonly txid: string
    /** Where in it. */
    readonly place: string
    /** It came to what is watched, or left it. */
    readonly direction: 'in' | 'out'
    readonly address: string | null
    /** An asset by its CAIP-19 id, as bip122:000000000019d6689c085ae165831e93/slip44:0. */
    readonly asset: string
    readonly amount: string | null
    readonly height: number
    /** The hash of the block. */
    readonly block: string
    readonly time: string | null
    /** Withdrawn: no block of the chain holds it now. */
    readonly state: 'standing' | 'withdrawn'
    /** The number of the last notice that is in here. */
    readonly notice: number
  }
  /** A fact, or the assessment of somebody (LED art. 7(1)). */
  readonly basis: 'fact' | 'assessment'
  /** How an item may be used, and by whom. */
  readonly marking: {
    /** Traffic Light Protocol 2.0 */
    readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
    readonly audience: readonly string[]
    readonly needToKnow: boolean
    readonly protectedPerson: boolean
    /** The sender allows use beyond the stated purpose. */
    readonly onwardUse: boolean
    /** A handling code of the sender, as H1. */
    readonly handling?: string
  }
  /** The person who added it; "node" where the node did. */
  readonly author: string
  /** Who wrote this version. */
  readonly by: string
}

/** What your authenticator has to sign so that you approve exactly this request: what is given. */
export type ApprovalChallengeInput = {
  /** The identifier of a record of this node. */
  readonly id: string
}
/** What your authenticator has to sign so that you approve exactly this request: what comes back. */
export type ApprovalChallengeResult = {
  /** A SHA-256 digest, in hexadecimal. */
  readonly digest: string
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly expiresAt: string
  /** What your authenticator signs: SHA-256, base64url. */
  readonly challenge: string
}

/** Approve a submitted request: what is given. */
export type ApprovalGiveInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** A SHA-256 digest, in hexadecimal. */
  readonly digest: string
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly expiresAt: string
  /** The assertion of your authenticator, as WebAuthn gives it. */
  readonly credential: unknown
}
/** Approve a submitted request: what comes back. */
export type ApprovalGiveResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Take back your approval of a request that is not released yet: what is given. */
export type ApprovalWithdrawInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
}
/** Take back your approval of a request that is not released yet: what comes back. */
export type ApprovalWithdrawResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Calls to the point of contact and from it, newest first, and what test calls have shown of each partner: what is given. */
export type CallListInput = {
  /** true: only those that nobody has taken. */
  readonly open?: boolean
}
/** Calls to the point of contact and from it, newest first, and what test calls have shown of each partner: what comes back. */
export type CallListResult = {
  readonly calls: readonly {
    /** The identifier of a record of this node. */
    readonly id: string
    readonly version: number
    /** From whom to whom. */
    readonly direction: 'in' | 'out'
    /** An agency by its id in the directory. */
    readonly peer: string
    readonly type: string
    readonly test: boolean
    readonly matter: string
    readonly message: string
    /** An instant in UTC, as 2026-11-25T10:00:00Z. */
    readonly at: string
    readonly within: number
    readonly steps: readonly {
      readonly to: string
      /** An instant in UTC, as 2026-11-25T10:00:00Z. */
      readonly since: string
      /** As whom. */
      readonly as: 'duty' | 'next' | 'lead'
    }[]
    readonly taken: {
      readonly by: string
      /** An instant in UTC, as 2026-11-25T10:00:00Z. */
      readonly at: string
      readonly note: string | null
    } | null
    readonly missedAt: string | null
  }[]
  readonly tests: readonly {
    /** An agency by its id in the directory. */
    readonly peer: string
    readonly calls: number
    readonly answered: number
    readonly late: number
    readonly missed: number
    readonly median: number | null
    readonly longest: number | null
  }[]
}

/** Call the point of contact of another agency: somebody is needed there now, or a test whether somebody is there: what is given. */
export type CallPlaceInput = {
  /** An agency by its id in the directory. */
  readonly peer: string
  /** What it is about, without naming persons. */
  readonly matter: string
  readonly urgency:
    | 'IMMINENT_DISSIPATION'
    | 'INVESTIGATIVE_NEED'
    | 'DATE_OR_COORDINATION'
    | 'LIFE_SAFETY'
    | 'DATA_LOSS'
    | 'CRIMINAL_STOP_PAYMENT'
    | null
  /** It only asks if somebody is there. */
  readonly test: boolean
  /** Within how many minutes an answer is hoped for. */
  readonly within: number
}
/** Call the point of contact of another agency: somebody is needed there now, or a test whether somebody is there: what comes back. */
export type CallPlaceResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Take a call that has come to the point of contact: the caller is told, and it goes to nobody else: what is given. */
export type CallTakeInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  readonly note: string | null
}
/** Take a call that has come to the point of contact: the caller is told, and it goes to nobody else: what comes back. */
export type CallTakeResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Close a case: it is read, and nothing in it is edited any more: what is given. */
export type CaseCloseInput = {
  /** The case. */
  readonly caseId: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** Why; kept with the case and in the journal. */
  readonly reason: string
}
/** Close a case: it is read, and nothing in it is edited any more: what comes back. */
export type CaseCloseResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Order the erasure of a case that enough people have approved; there is no way back: what is given. */
export type CaseEraseInput = {
  /** The case. */
  readonly caseId: string
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** A SHA-256 digest, in hexadecimal. */
  readonly digest: string
}
/** Order the erasure of a case that enough people have approved; there is no way back: what comes back. */
export type CaseEraseResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Export what you may of a case as a bundle that anybody verifies offline: what is given. */
export type CaseExportInput = {
  readonly caseId: string
}
/** Export what you may of a case as a bundle that anybody verifies offline: what comes back. */
export type CaseExportResult = {
  readonly bundle: string
  readonly exhibits: readonly string[]
  readonly requests: readonly string[]
  readonly traces: readonly string[]
}

/** Decide what of a case goes to an audience in the formats of others; the files are at /v1/case/bag.zip: what is given. */
export type CaseHandOutInput = {
  /** The identifier of a record of this node. */
  readonly caseId: string
  /** For whom, for what, and how far. */
  readonly audience: {
    /** For whom it is. An empty audience is nobody. */
    readonly members: readonly string[]
    /** Where they may take it: named stays with them (TLP 2.0: amber), community and public go further. */
    readonly reach: 'named' | 'community' | 'public'
    /** What the work serves. Use for another purpose needs consent. */
    readonly purpose:
      | 'criminal-proceedings'
      | 'asset-recovery'
      | 'financial-intelligence'
      | 'administrative'
      | 'exercise'
    /** It was received from somebody else, and is passed on. */
    readonly onward: boolean
  }
  readonly formats: readonly ('package' | 'case' | 'stix' | 'misp' | 'followthemoney' | 'csv')[]
  /** With the bytes of the exhibits that lie in the vault. */
  readonly exhibits: boolean
  /** For a sealed case: the order that opens it to this audience. */
  readonly order?: string
}
/** Decide what of a case goes to an audience in the formats of others; the files are at /v1/case/bag.zip: what comes back. */
export type CaseHandOutResult = {
  /** The identifier of a record of this node. */
  readonly handOut: string
  readonly items: readonly {
    readonly kind: string
    /** The identifier of a record of this node. */
    readonly id: string
  }[]
  readonly files: readonly {
    readonly path: string
    readonly size: number
    readonly sha256: string
  }[]
  readonly exhibits: readonly {
    /** The identifier of a record of this node. */
    readonly exhibit: string
    readonly size: number
    readonly sha256: string
  }[]
}

/** Every version of a case, oldest first: what is given. */
export type CaseHistoryInput = {
  /** The case. */
  readonly caseId: string
}
/** Every version of a case, oldest first: what comes back. */
export type CaseHistoryResult = readonly {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly at: string
  readonly case: {
    /** What the case is called; for people. */
    readonly title: string
    readonly reference: string | null
    readonly summary: string | null
    /** local: of this agency alone. joint: conducted with agencies of other countries. */
    readonly kind: 'local' | 'joint'
    /** The other countries of a joint case. */
    readonly partners: readonly string[]
    readonly access: {
      readonly members: readonly string[]
      readonly leads: readonly string[]
      readonly sealed: boolean
      readonly sealedFor: readonly string[]
      readonly training: boolean
      readonly closed: boolean
      readonly purposes: readonly (
        | 'criminal-proceedings'
        | 'asset-recovery'
        | 'financial-intelligence'
        | 'administrative'
        | 'exercise'
      )[]
      readonly referredTo?: readonly string[]
    }
    /** A person of this node. */
    readonly openedBy: string
    /** An instant in UTC, as 2026-11-25T10:00:00Z. */
    readonly openedAt: string
    readonly closedAt: string | null
    readonly referral?: string | null
    readonly heldBy?: {
      readonly authority: string
      /** A country by its ISO 3166-1 code. */
      readonly country: string
      readonly role: string
      /** An instant in UTC, as 2026-11-25T10:00:00Z. */
      readonly since: string
    } | null
    readonly reason: string | null
  }
}[]

/** List the cases that you may see, oldest first: what is given. */
export type CaseListInput = {
  /** Where the last page ended: its `next`. */
  readonly after?: string
  /** At most so many items; 50 where nothing is said. */
  readonly limit?: number
}
/** List the cases that you may see, oldest first: what comes back. */
export type CaseListResult = {
  readonly items: readonly {
    /** The identifier of a record of this node. */
    readonly id: string
    /** The version of the record (its ETag). */
    readonly version: number
    /** An instant in UTC, as 2026-11-25T10:00:00Z. */
    readonly at: string
    readonly case: {
      /** What the case is called; for people. */
      readonly title: string
      readonly reference: string | null
      readonly summary: string | null
      /** local: of this agency alone. joint: conducted with agencies of other countries. */
      readonly kind: 'local' | 'joint'
      /** The other countries of a joint case. */
      readonly partners: readonly string[]
      readonly access: {
        readonly members: readonly string[]
        readonly leads: readonly string[]
        readonly sealed: boolean
        readonly sealedFor: readonly string[]
        readonly training: boolean
        readonly closed: boolean
        readonly purposes: readonly (
          | 'criminal-proceedings'
          | 'asset-recovery'
          | 'financial-intelligence'
          | 'administrative'
          | 'exercise'
        )[]
        readonly referredTo?: readonly string[]
      }
      /** A person of this node. */
      readonly openedBy: string
      /** An instant in UTC, as 2026-11-25T10:00:00Z. */
      readonly openedAt: string
      readonly closedAt: string | null
      readonly referral?: string | null
      readonly heldBy?: {
        readonly authority: string
        /** A country by its ISO 3166-1 code. */
        readonly country: string
        readonly role: string
        /** An instant in UTC, as 2026-11-25T10:00:00Z. */
        readonly since: string
      } | null
      readonly reason: string | null
    }
  }[]
  readonly next: string | null
}

/** Add a person of this node to a case: what is given. */
export type CaseMemberAddInput = {
  /** The case. */
  readonly caseId: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** A person of this node. */
  readonly personId: string
}
/** Add a person of this node to a case: what comes back. */
export type CaseMemberAddResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Make a member a lead, or hand over the lead from one member to another: what is given. */
export type CaseMemberLeadInput = {
  /** The case. */
  readonly caseId: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** A person of this node. */
  readonly personId: string
  /** A person of this node. */
  readonly insteadOf?: string
}
/** Make a member a lead, or hand over the lead from one member to another: what comes back. */
export type CaseMemberLeadResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Take a person off a case: what is given. */
export type CaseMemberRemoveInput = {
  /** The case. */
  readonly caseId: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** A person of this node. */
  readonly personId: string
}
/** Take a person off a case: what comes back. */
export type CaseMemberRemoveResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Open a case; who opens it is its first member and lead: what is given. */
export type CaseOpenInput = {
  /** What the case is called; for people. */
  readonly title: string
  /** The file number of the agency. */
  readonly reference?: string
  /** What the case is about. */
  readonly summary?: string
  /** local: of this agency alone. joint: conducted with agencies of other countries. */
  readonly kind: 'local' | 'joint'
  /** The other countries of a joint case. */
  readonly partners?: readonly string[]
  readonly purposes: readonly (
    | 'criminal-proceedings'
    | 'asset-recovery'
    | 'financial-intelligence'
    | 'administrative'
    | 'exercise'
  )[]
  /** An exercise. Fixed for the whole life of the case. */
  readonly training?: boolean
}
/** Open a case; who opens it is its first member and lead: what comes back. */
export type CaseOpenResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Read a case: what is given. */
export type CaseReadInput = {
  /** The case. */
  readonly caseId: string
}
/** Read a case: what comes back. */
export type CaseReadResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly at: string
  readonly case: {
    /** What the case is called; for people. */
    readonly title: string
    readonly reference: string | null
    readonly summary: string | null
    /** local: of this agency alone. joint: conducted with agencies of other countries. */
    readonly kind: 'local' | 'joint'
    /** The other countries of a joint case. */
    readonly partners: readonly string[]
    readonly access: {
      readonly members: readonly string[]
      readonly leads: readonly string[]
      readonly sealed: boolean
      readonly sealedFor: readonly string[]
      readonly training: boolean
      readonly closed: boolean
      readonly purposes: readonly (
        | 'criminal-proceedings'
        | 'asset-recovery'
        | 'financial-intelligence'
        | 'administrative'
        | 'exercise'
      )[]
      readonly referredTo?: readonly string[]
    }
    /** A person of this node. */
    readonly openedBy: string
    /** An instant in UTC, as 2026-11-25T10:00:00Z. */
    readonly openedAt: string
    readonly closedAt: string | null
    readonly referral?: string | null
    readonly heldBy?: {
      readonly authority: string
      /** A country by its ISO 3166-1 code. */
      readonly country: string
      readonly role: string
      /** An instant in UTC, as 2026-11-25T10:00:00Z. */
      readonly since: string
    } | null
    readonly reason: string | null
  }
}

/** Refer a case to other people of this node, or to an authority outside; it stays here until they have it: what is given. */
export type CaseReferInput = {
  /** The case. */
  readonly caseId: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** inside: people of this node. outside: another authority. */
  readonly to:
    | {
        readonly kind: 'inside'
        /** A person of this node. */
        readonly personId: string
        /** Who else will work on the case. */
        readonly members: readonly string[]
      }
    | {
        readonly kind: 'outside'
        /** The authority to which the case is referred. */
        readonly authority: string
        /** A country by its ISO 3166-1 code. */
        readonly country: string
        /** What it is, as the packs call it. */
        readonly role:
          | 'central-authority'
          | 'issuing-authority'
          | 'executing-authority'
          | 'judge'
          | 'court'
          | 'investigating-judge'
          | 'prosecutor'
          | 'police'
          | 'contact-24-7'
          | 'fiu'
          | 'asset-recovery-office'
          | 'asset-management-office'
          | 'interpol-ncb'
          | 'network-contact'
          | 'attorney-general'
          | 'service-provider'
          | 'obliged-entity'
          | 'state'
      }
  /** Members who go on working on it afterwards, as the custodian of its exhibits. */
  readonly staying?: readonly string[]
  readonly question?: {
    /** What is needed, as freeze. */
    readonly need: string
    /** The offence by its code in the packs. */
    readonly offence: string
  }
  /** Why, in words that those who receive the case read before they take it over. */
  readonly reason: string
}
/** Refer a case to other people of this node, or to an authority outside; it stays here until they have it: what comes back. */
export type CaseReferResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
  /** The version of the record (its ETag). */
  readonly caseVersion: number
}

/** Decline a case that was referred to you, or record that an authority outside did; it stays where it is: what is given. */
export type CaseReferralDeclineInput = {
  /** The case. */
  readonly caseId: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** Why, in words that those who receive the case read before they take it over. */
  readonly reason: string
  /** When an authority outside has answered. */
  readonly at?: string
  /** Its answer, an exhibit of the case. */
  readonly exhibit?: string
}
/** Decline a case that was referred to you, or record that an authority outside did; it stays where it is: what comes back. */
export type CaseReferralDeclineResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Every referral of a case, oldest first: to whom, why, by what competence, and how it was answered: what is given. */
export type CaseReferralHistoryInput = {
  /** The case. */
  readonly caseId: string
}
/** Every referral of a case, oldest first: to whom, why, by what competence, and how it was answered: what comes back. */
export type CaseReferralHistoryResult = readonly {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly at: string
  readonly referral: {
    /** inside: people of this node. outside: another authority. */
    readonly to:
      | {
          readonly kind: 'inside'
          /** A person of this node. */
          readonly personId: string
          /** Who else will work on the case. */
          readonly members: readonly string[]
        }
      | {
          readonly kind: 'outside'
          /** The authority to which the case is referred. */
          readonly authority: string
          /** A country by its ISO 3166-1 code. */
          readonly country: string
          /** What it is, as the packs call it. */
          readonly role:
            | 'central-authority'
            | 'issuing-authority'
            | 'executing-authority'
            | 'judge'
            | 'court'
            | 'investigating-judge'
            | 'prosecutor'
            | 'police'
            | 'contact-24-7'
            | 'fiu'
            | 'asset-recovery-office'
            | 'asset-management-office'
            | 'interpol-ncb'
            | 'network-contact'
            | 'attorney-general'
            | 'service-provider'
            | 'obliged-entity'
            | 'state'
        }
    readonly staying: readonly string[]
    readonly competence: {
      readonly names: readonly string[]
      readonly reasons: readonly {
        readonly text: string
        readonly article: string
        readonly verified: string
      }[]
    } | null
    readonly referral: {
      /** The identifier of a record of this node. */
      readonly request: string
      readonly from: string
      readonly to: string
      readonly reason: string
      /** An instant in UTC, as 2026-11-25T10:00:00Z. */
      readonly forwardedAt: string
      /** Where it stands. */
      readonly state: 'open' | 'acknowledged' | 'declined' | 'withdrawn'
      readonly answeredAt: string | null
      readonly answer: string | null
    }
    readonly evidence: string | null
    /** How an item may be used, and by whom. */
    readonly marking: {
      /** Traffic Light Protocol 2.0 */
      readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
      readonly audience: readonly string[]
      readonly needToKnow: boolean
      readonly protectedPerson: boolean
      /** The sender allows use beyond the stated purpose. */
      readonly onwardUse: boolean
      /** A handling code of the sender, as H1. */
      readonly handling?: string
    }
    /** A person of this node. */
    readonly author: string
  }
}[]

/** Cases that were referred to you and wait for your answer; of the case itself nothing but the reason: what is given. */
export type CaseReferralListInput = Record<string, never>
/** Cases that were referred to you and wait for your answer; of the case itself nothing but the reason: what comes back. */
export type CaseReferralListResult = readonly {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
  /** The identifier of a record of this node. */
  readonly caseId: string
  /** The identifier of a record of this node. */
  readonly from: string
  readonly reason: string
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly forwardedAt: string
}[]

/** Take over a case that was referred to you, or record with its evidence that an authority outside did: what is given. */
export type CaseReferralTakeOverInput = {
  /** The case. */
  readonly caseId: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** When an authority outside has answered. */
  readonly at?: string
  /** Its answer, an exhibit of the case. */
  readonly exhibit?: string
}
/** Take over a case that was referred to you, or record with its evidence that an authority outside did: what comes back. */
export type CaseReferralTakeOverResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Withdraw a referral that nobody has answered yet: what is given. */
export type CaseReferralWithdrawInput = {
  /** The case. */
  readonly caseId: string
  /** The version that you have read (the ETag). */
  readonly seen: number
}
/** Withdraw a referral that nobody has answered yet: what comes back. */
export type CaseReferralWithdrawResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Open a closed case again: what is given. */
export type CaseReopenInput = {
  /** The case. */
  readonly caseId: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** Why; kept with the case and in the journal. */
  readonly reason: string
}
/** Open a closed case again: what comes back. */
export type CaseReopenResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Change what a case serves; use for another purpose needs a basis (LED art. 4(2)): what is given. */
export type CaseRepurposeInput = {
  /** The case. */
  readonly caseId: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  readonly purposes: readonly (
    | 'criminal-proceedings'
    | 'asset-recovery'
    | 'financial-intelligence'
    | 'administrative'
    | 'exercise'
  )[]
  /** Why; kept with the case and in the journal. */
  readonly reason: string
}
/** Change what a case serves; use for another purpose needs a basis (LED art. 4(2)): what comes back. */
export type CaseRepurposeResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Seal a case: only the members named here see it: what is given. */
export type CaseSealInput = {
  /** The case. */
  readonly caseId: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  readonly sealedFor: readonly string[]
  /** The order of the court: authority, date and file number. */
  readonly order: string
}
/** Seal a case: only the members named here see it: what comes back. */
export type CaseSealResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Take a file of others into a case: wallets, persons, events and statements, as what their source says: what is given. */
export type CaseTakeInInput = {
  /** The identifier of a record of this node. */
  readonly caseId: string
  /** The identifier of a record of this node. */
  readonly exhibitId: string
  /** In which format the file is. */
  readonly format: 'package' | 'case' | 'stix' | 'misp' | 'followthemoney'
  /** How an item may be used, and by whom. */
  readonly marking?: {
    /** Traffic Light Protocol 2.0 */
    readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
    readonly audience: readonly string[]
    readonly needToKnow: boolean
    readonly protectedPerson: boolean
    /** The sender allows use beyond the stated purpose. */
    readonly onwardUse: boolean
    /** A handling code of the sender, as H1. */
    readonly handling?: string
  }
}
/** Take a file of others into a case: wallets, persons, events and statements, as what their source says: what comes back. */
export type CaseTakeInResult = {
  readonly made: readonly {
    readonly list: string
    readonly origin: string
    readonly kind: string
    /** The identifier of a record of this node. */
    readonly id: string
  }[]
  readonly present: readonly {
    readonly path: string
    readonly kind: string
    /** The identifier of a record of this node. */
    readonly id: string
  }[]
  readonly manifest: unknown
  readonly formatManifest: unknown
  readonly defects: readonly {
    readonly code: string
    readonly message: string
    readonly place: string
  }[]
}

/** Lift the seal of a case: what is given. */
export type CaseUnsealInput = {
  /** The case. */
  readonly caseId: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** The order of the court: authority, date and file number. */
  readonly order: string
}
/** Lift the seal of a case: what comes back. */
export type CaseUnsealResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Change title, file number, summary or partners of a case: what is given. */
export type CaseUpdateInput = {
  /** The case. */
  readonly caseId: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** What the case is called; for people. */
  readonly title: string
  /** The file number of the agency. */
  readonly reference?: string
  /** What the case is about. */
  readonly summary?: string
  /** local: of this agency alone. joint: conducted with agencies of other countries. */
  readonly kind: 'local' | 'joint'
  /** The other countries of a joint case. */
  readonly partners?: readonly string[]
}
/** Change title, file number, summary or partners of a case: what comes back. */
export type CaseUpdateResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** List the people of the node by name and role, to know who did what and whom to add to a case: what is given. */
export type ColleagueListInput = {
  readonly after?: string
  readonly limit?: number
}
/** List the people of the node by name and role, to know who did what and whom to add to a case: what comes back. */
export type ColleagueListResult = {
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
  }[]
  readonly next: string | null
}

/** Record that every party was told, or that the conflict is none any more, and close it: what is given. */
export type ConflictCloseInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** What was done, with whom, and what came of it. */
  readonly text: string
}
/** Record that every party was told, or that the conflict is none any more, and close it: what comes back. */
export type ConflictCloseResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Record that the authorities of conflicting orders were consulted: what is given. */
export type ConflictConsultInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** What was done, with whom, and what came of it. */
  readonly text: string
}
/** Record that the authorities of conflicting orders were consulted: what comes back. */
export type ConflictConsultResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Decide which of conflicting orders goes first; whoever asked by messages is told at once: what is given. */
export type ConflictDecideInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  readonly prevails: number | null
  /** What was done, with whom, and what came of it. */
  readonly text: string
  /** What the parties are told: which goes first, and by which criteria. */
  readonly told: string
}
/** Decide which of conflicting orders goes first; whoever asked by messages is told at once: what comes back. */
export type ConflictDecideResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Conflicts between orders in a case, and the step that is due of each: what is given. */
export type ConflictListInput = {
  /** The case. */
  readonly caseId: string
  /** Where the last page ended: its `next`. */
  readonly after?: string
  /** At most so many items; 50 where nothing is said. */
  readonly limit?: number
}
/** Conflicts between orders in a case, and the step that is due of each: what comes back. */
export type ConflictListResult = {
  readonly items: readonly {
    /** The identifier of a record of this node. */
    readonly id: string
    /** The identifier of a record of this node. */
    readonly caseId: string
    /** The version of the record (its ETag). */
    readonly version: number
    readonly conflict: {
      /** Which conflict it is, by its id in packs/conflicts.yaml. */
      readonly kind: string
      /** The asset, or in words what it is about. */
      readonly about: string
      readonly article: string
      readonly verified: string
      readonly criteria: readonly string[]
      readonly orders: readonly {
        /** told: a partner says so. */
        readonly kind: 'request' | 'order' | 'told'
        readonly id: string | null
        readonly measure:
          | 'PRESERVE'
          | 'TRACE_INFO'
          | 'ACCOUNT_INFO'
          | 'TX_INFO'
          | 'TX_MONITOR'
          | 'HOLD_TX'
          | 'FREEZE_SPECIFIC'
          | 'FREEZE_VALUE'
          | 'SEIZE_CUSTODY'
          | 'CONFISCATE_SPECIFIC'
          | 'CONFISCATE_VALUE'
          | 'SALE'
          | 'RETURN'
          | 'SHARE'
          | 'DELETE'
          | null
        readonly party: string | null
        readonly exchange: {
          /** A SHA-256 digest, in hexadecimal. */
          readonly id: string
          readonly peer: string
        } | null
      }[]
      /** The step that is due. */
      readonly state: 'consult' | 'decide' | 'tell' | 'closed'
      /** An instant in UTC, as 2026-11-25T10:00:00Z. */
      readonly since: string
      readonly due: string | null
      readonly step: {
        readonly duty: string
        readonly article: string
        readonly verified: string
      } | null
      readonly taken: readonly {
        /** What was done. */
        readonly step: 'consult' | 'decide' | 'tell' | 'closed'
        readonly by: string
        /** An instant in UTC, as 2026-11-25T10:00:00Z. */
        readonly at: string
        readonly text: string
      }[]
      readonly decision: {
        readonly prevails: number | null
        readonly text: string
      } | null
      /** How an item may be used, and by whom. */
      readonly marking: {
        /** Traffic Light Protocol 2.0 */
        readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
        readonly audience: readonly string[]
        readonly needToKnow: boolean
        readonly protectedPerson: boolean
        /** The sender allows use beyond the stated purpose. */
        readonly onwardUse: boolean
        /** A handling code of the sender, as H1. */
        readonly handling?: string
      }
      readonly author: string
    }
  }[]
  readonly next: string | null
}

/** Open the procedure for a conflict that nothing here shows by itself, as with the law of a third country: what is given. */
export type ConflictOpenInput = {
  /** The case. */
  readonly caseId: string
  /** Which conflict it is, by its id in packs/conflicts.yaml. */
  readonly kind: string
  /** What it is about. */
  readonly about: string
  /** Requests and orders of this case that it concerns. */
  readonly orders: readonly {
    readonly kind: 'request' | 'order'
    /** The identifier of a record of this node. */
    readonly id: string
  }[]
}
/** Open the procedure for a conflict that nothing here shows by itself, as with the law of a third country: what comes back. */
export type ConflictOpenResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Say how the point of contact of the agency is reached, how long a call waits, and who answers for it: what is given. */
export type ContactPointSetInput = {
  /** The version that you have read; 0 where there is none. */
  readonly version: number
  readonly point: {
    /** What it is called. */
    readonly name: string
    /** How it is reached beside the exchange, as a telephone. */
    readonly channel: string
    readonly languages: readonly string[]
    /** An IANA time zone, as Europe/Vienna. */
    readonly zone: string
    /** So many minutes a person has to take a call before it goes to the next. */
    readonly minutes: number
    /** A person of this node. */
    readonly lead: string
    /** Who is called for a test each month. */
    readonly partners: readonly string[]
  }
}
/** Say how the point of contact of the agency is reached, how long a call waits, and who answers for it: what comes back. */
export type ContactPointSetResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** List your own passkeys; whoever manages people, those of anybody: what is given. */
export type CredentialListInput = {
  /** A person of this node. */
  readonly personId?: string
}
/** List your own passkeys; whoever manages people, those of anybody: what comes back. */
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
  /** Why; kept in the journal. */
  readonly reason?: string
}
/** Revoke a passkey, with every session that it opened: what comes back. */
export type CredentialRevokeResult = {
  readonly id: string
  readonly version: number
}

/** Record a copy or image as an exhibit of its own, with its own hash: what is given. */
export type CustodyCopyInput = {
  /** The case. */
  readonly caseId: string
  /** The exhibit. */
  readonly exhibitId: string
  /** By what right: the order, warrant or provision. */
  readonly authority: string
  /** Where. */
  readonly place: string
  /** When it began; now where it is left out. UTC, with milliseconds. */
  readonly began?: string
  /** When it ended; when it began where it is left out. UTC, with milliseconds. */
  readonly ended?: string
  /** What else matters. */
  readonly remarks?: string
  /** In what condition the exhibit is. */
  readonly condition?: string
  /** A person of this node. */
  readonly witness?: string
  /** A signed form, as an exhibit of kind document, for an act on behalf of somebody else. */
  readonly proof?: string
  readonly tool: {
    /** The name of the tool. */
    readonly name: string
    /** Its version, as it shows itself. */
    readonly version: string
    /** How it was set. */
    readonly settings?: string
  }
  /** How the copy was made and verified. */
  readonly method: string
  readonly kind: 'file' | 'document' | 'chain-data'
  /** What it is, in a line. */
  readonly title: string
  /** What it is, in detail. */
  readonly description?: string
  /** The name of the file, as it came. */
  readonly fileName?: string
  readonly mediaType?: string
  /** The finished upload that holds the copy. */
  readonly uploadId: string
  /** What makes the acquirer competent (ACPO principle 2). */
  readonly competence?: string
}
/** Record a copy or image as an exhibit of its own, with its own hash: what comes back. */
export type CustodyCopyResult = {
  readonly event: {
    readonly exhibitId: string
    readonly seq: number
    readonly act: string
    readonly state: string
    readonly digest: string
  }
  readonly copy: {
    readonly exhibitId: string
    readonly number: number
    readonly sha256: string
    readonly digest: string
  }
}

/** Dispose of an exhibit; its custody ends: what is given. */
export type CustodyDisposeInput = {
  /** The case. */
  readonly caseId: string
  /** The exhibit. */
  readonly exhibitId: string
  /** By what right: the order, warrant or provision. */
  readonly authority: string
  /** Where. */
  readonly place: string
  /** When it began; now where it is left out. UTC, with milliseconds. */
  readonly began?: string
  /** When it ended; when it began where it is left out. UTC, with milliseconds. */
  readonly ended?: string
  /** What else matters. */
  readonly remarks?: string
  /** In what condition the exhibit is. */
  readonly condition?: string
  /** A person of this node. */
  readonly witness?: string
  /** A signed form, as an exhibit of kind document, for an act on behalf of somebody else. */
  readonly proof?: string
  /** How it was disposed of. */
  readonly method: string
}
/** Dispose of an exhibit; its custody ends: what comes back. */
export type CustodyDisposeResult = {
  readonly exhibitId: string
  readonly seq: number
  readonly act: string
  readonly state: string
  readonly digest: string
}

/** Record an examination: how, with which tool and version: what is given. */
export type CustodyExamineInput = {
  /** The case. */
  readonly caseId: string
  /** The exhibit. */
  readonly exhibitId: string
  /** By what right: the order, warrant or provision. */
  readonly authority: string
  /** Where. */
  readonly place: string
  /** When it began; now where it is left out. UTC, with milliseconds. */
  readonly began?: string
  /** When it ended; when it began where it is left out. UTC, with milliseconds. */
  readonly ended?: string
  /** What else matters. */
  readonly remarks?: string
  /** In what condition the exhibit is. */
  readonly condition?: string
  /** A person of this node. */
  readonly witness?: string
  /** A signed form, as an exhibit of kind document, for an act on behalf of somebody else. */
  readonly proof?: string
  /** What was done. */
  readonly method: string
  readonly tool: {
    /** The name of the tool. */
    readonly name: string
    /** Its version, as it shows itself. */
    readonly version: string
    /** How it was set. */
    readonly settings?: string
  }
}
/** Record an examination: how, with which tool and version: what comes back. */
export type CustodyExamineResult = {
  readonly exhibitId: string
  readonly seq: number
  readonly act: string
  readonly state: string
  readonly digest: string
}

/** Read every act of the custody of an exhibit, and whether the chain is whole: what is given. */
export type CustodyHistoryInput = {
  /** The exhibit. */
  readonly exhibitId: string
}
/** Read every act of the custody of an exhibit, and whether the chain is whole: what comes back. */
export type CustodyHistoryResult = unknown

/** Receive an exhibit that was released to you: what is given. */
export type CustodyReceiveInput = {
  /** The case. */
  readonly caseId: string
  /** The exhibit. */
  readonly exhibitId: string
  /** By what right: the order, warrant or provision. */
  readonly authority: string
  /** Where. */
  readonly place: string
  /** When it began; now where it is left out. UTC, with milliseconds. */
  readonly began?: string
  /** When it ended; when it began where it is left out. UTC, with milliseconds. */
  readonly ended?: string
  /** What else matters. */
  readonly remarks?: string
  /** In what condition the exhibit is. */
  readonly condition?: string
  /** A person of this node. */
  readonly witness?: string
  /** A signed form, as an exhibit of kind document, for an act on behalf of somebody else. */
  readonly proof?: string
}
/** Receive an exhibit that was released to you: what comes back. */
export type CustodyReceiveResult = {
  readonly exhibitId: string
  readonly seq: number
  readonly act: string
  readonly state: string
  readonly digest: string
}

/** Hand an exhibit over: it stays with you until the recipient receives it: what is given. */
export type CustodyReleaseInput = {
  /** The case. */
  readonly caseId: string
  /** The exhibit. */
  readonly exhibitId: string
  /** By what right: the order, warrant or provision. */
  readonly authority: string
  /** Where. */
  readonly place: string
  /** When it began; now where it is left out. UTC, with milliseconds. */
  readonly began?: string
  /** When it ended; when it began where it is left out. UTC, with milliseconds. */
  readonly ended?: string
  /** What else matters. */
  readonly remarks?: string
  /** In what condition the exhibit is. */
  readonly condition?: string
  /** A person of this node. */
  readonly witness?: string
  /** A signed form, as an exhibit of kind document, for an act on behalf of somebody else. */
  readonly proof?: string
  readonly to:
    | {
        /** A person of this node. */
        readonly personId: string
      }
    | {
        /** Somebody outside this node. */
        readonly outside: {
          /** The person. */
          readonly name: string
          /** For whom this person acts. */
          readonly agency: string
          /** In which office or rank. */
          readonly office?: string
        }
      }
}
/** Hand an exhibit over: it stays with you until the recipient receives it: what comes back. */
export type CustodyReleaseResult = {
  readonly exhibitId: string
  readonly seq: number
  readonly act: string
  readonly state: string
  readonly digest: string
}

/** Return an exhibit to who is entitled to it; its custody ends: what is given. */
export type CustodyReturnInput = {
  /** The case. */
  readonly caseId: string
  /** The exhibit. */
  readonly exhibitId: string
  /** By what right: the order, warrant or provision. */
  readonly authority: string
  /** Where. */
  readonly place: string
  /** When it began; now where it is left out. UTC, with milliseconds. */
  readonly began?: string
  /** When it ended; when it began where it is left out. UTC, with milliseconds. */
  readonly ended?: string
  /** What else matters. */
  readonly remarks?: string
  /** In what condition the exhibit is. */
  readonly condition?: string
  /** A person of this node. */
  readonly witness?: string
  /** A signed form, as an exhibit of kind document, for an act on behalf of somebody else. */
  readonly proof?: string
  /** To whom, and why this person is entitled. */
  readonly entitled: string
}
/** Return an exhibit to who is entitled to it; its custody ends: what comes back. */
export type CustodyReturnResult = {
  readonly exhibitId: string
  readonly seq: number
  readonly act: string
  readonly state: string
  readonly digest: string
}

/** Seal an exhibit, with the number of the seal: what is given. */
export type CustodySealInput = {
  /** The case. */
  readonly caseId: string
  /** The exhibit. */
  readonly exhibitId: string
  /** By what right: the order, warrant or provision. */
  readonly authority: string
  /** Where. */
  readonly place: string
  /** When it began; now where it is left out. UTC, with milliseconds. */
  readonly began?: string
  /** When it ended; when it began where it is left out. UTC, with milliseconds. */
  readonly ended?: string
  /** What else matters. */
  readonly remarks?: string
  /** In what condition the exhibit is. */
  readonly condition?: string
  /** A person of this node. */
  readonly witness?: string
  /** A signed form, as an exhibit of kind document, for an act on behalf of somebody else. */
  readonly proof?: string
  /** The number on the seal. */
  readonly sealNumber: string
}
/** Seal an exhibit, with the number of the seal: what comes back. */
export type CustodySealResult = {
  readonly exhibitId: string
  readonly seq: number
  readonly act: string
  readonly state: string
  readonly digest: string
}

/** Open the seal of an exhibit: what is given. */
export type CustodyUnsealInput = {
  /** The case. */
  readonly caseId: string
  /** The exhibit. */
  readonly exhibitId: string
  /** By what right: the order, warrant or provision. */
  readonly authority: string
  /** Where. */
  readonly place: string
  /** When it began; now where it is left out. UTC, with milliseconds. */
  readonly began?: string
  /** When it ended; when it began where it is left out. UTC, with milliseconds. */
  readonly ended?: string
  /** What else matters. */
  readonly remarks?: string
  /** In what condition the exhibit is. */
  readonly condition?: string
  /** A person of this node. */
  readonly witness?: string
  /** A signed form, as an exhibit of kind document, for an act on behalf of somebody else. */
  readonly proof?: string
}
/** Open the seal of an exhibit: what comes back. */
export type CustodyUnsealResult = {
  readonly exhibitId: string
  readonly seq: number
  readonly act: string
  readonly state: string
  readonly digest: string
}

/** Take back a release that was not received: what is given. */
export type CustodyWithdrawInput = {
  /** The case. */
  readonly caseId: string
  /** The exhibit. */
  readonly exhibitId: string
  /** By what right: the order, warrant or provision. */
  readonly authority: string
  /** Where. */
  readonly place: string
  /** When it began; now where it is left out. UTC, with milliseconds. */
  readonly began?: string
  /** When it ended; when it began where it is left out. UTC, with milliseconds. */
  readonly ended?: string
  /** What else matters. */
  readonly remarks?: string
  /** In what condition the exhibit is. */
  readonly condition?: string
  /** A person of this node. */
  readonly witness?: string
  /** A signed form, as an exhibit of kind document, for an act on behalf of somebody else. */
  readonly proof?: string
}
/** Take back a release that was not received: what comes back. */
export type CustodyWithdrawResult = {
  readonly exhibitId: string
  readonly seq: number
  readonly act: string
  readonly state: string
  readonly digest: string
}

/** Add a decision to a case: what is given. */
export type DecisionAddInput = {
  /** The case. */
  readonly caseId: string
  readonly content: {
    /** What was decided. */
    readonly what: string
    /** Who decided. */
    readonly authority: string
    /** A day, as 2026-11-25. */
    readonly on: string
    /** File number of the decision. */
    readonly reference?: string
    readonly final: string | null
    /** On which grounds. */
    readonly grounds?: string
  }
  /** A fact, or the assessment of somebody (LED art. 7(1)). */
  readonly basis: 'fact' | 'assessment'
  /** How an item may be used, and by whom. */
  readonly marking?: {
    /** Traffic Light Protocol 2.0 */
    readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
    readonly audience: readonly string[]
    readonly needToKnow: boolean
    readonly protectedPerson: boolean
    /** The sender allows use beyond the stated purpose. */
    readonly onwardUse: boolean
    /** A handling code of the sender, as H1. */
    readonly handling?: string
  }
}
/** Add a decision to a case: what comes back. */
export type DecisionAddResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Every version of one decision, oldest first: what is given. */
export type DecisionHistoryInput = {
  /** The identifier of a record of this node. */
  readonly id: string
}
/** Every version of one decision, oldest first: what comes back. */
export type DecisionHistoryResult = readonly {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The case. */
  readonly caseId: string
  /** The version of the record (its ETag). */
  readonly version: number
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly at: string
  readonly content: {
    /** What was decided. */
    readonly what: string
    /** Who decided. */
    readonly authority: string
    /** A day, as 2026-11-25. */
    readonly on: string
    /** File number of the decision. */
    readonly reference?: string
    readonly final: string | null
    /** On which grounds. */
    readonly grounds?: string
  }
  /** A fact, or the assessment of somebody (LED art. 7(1)). */
  readonly basis: 'fact' | 'assessment'
  /** How an item may be used, and by whom. */
  readonly marking: {
    /** Traffic Light Protocol 2.0 */
    readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
    readonly audience: readonly string[]
    readonly needToKnow: boolean
    readonly protectedPerson: boolean
    /** The sender allows use beyond the stated purpose. */
    readonly onwardUse: boolean
    /** A handling code of the sender, as H1. */
    readonly handling?: string
  }
  /** The person who added it; "node" where the node did. */
  readonly author: string
  /** Who wrote this version. */
  readonly by: string
}[]

/** List the decisions of a case that you may see, oldest first: what is given. */
export type DecisionListInput = {
  /** The case. */
  readonly caseId: string
  /** Where the last page ended: its `next`. */
  readonly after?: string
  /** At most so many items; 50 where nothing is said. */
  readonly limit?: number
}
/** List the decisions of a case that you may see, oldest first: what comes back. */
export type DecisionListResult = {
  readonly items: readonly {
    /** The identifier of a record of this node. */
    readonly id: string
    /** The case. */
    readonly caseId: string
    /** The version of the record (its ETag). */
    readonly version: number
    /** An instant in UTC, as 2026-11-25T10:00:00Z. */
    readonly at: string
    readonly content: {
      /** What was decided. */
      readonly what: string
      /** Who decided. */
      readonly authority: string
      /** A day, as 2026-11-25. */
      readonly on: string
      /** File number of the decision. */
      readonly reference?: string
      readonly final: string | null
      /** On which grounds. */
      readonly grounds?: string
    }
    /** A fact, or the assessment of somebody (LED art. 7(1)). */
    readonly basis: 'fact' | 'assessment'
    /** How an item may be used, and by whom. */
    readonly marking: {
      /** Traffic Light Protocol 2.0 */
      readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
      readonly audience: readonly string[]
      readonly needToKnow: boolean
      readonly protectedPerson: boolean
      /** The sender allows use beyond the stated purpose. */
      readonly onwardUse: boolean
      /** A handling code of the sender, as H1. */
      readonly handling?: string
    }
    /** The person who added it; "node" where the node did. */
    readonly author: string
    /** Who wrote this version. */
    readonly by: string
  }[]
  readonly next: string | null
}

/** Read a decision: what is given. */
export type DecisionReadInput = {
  /** The identifier of a record of this node. */
  readonly id: string
}
/** Read a decision: what comes back. */
export type DecisionReadResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The case. */
  readonly caseId: string
  /** The version of the record (its ETag). */
  readonly version: number
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly at: string
  readonly content: {
    /** What was decided. */
    readonly what: string
    /** Who decided. */
    readonly authority: string
    /** A day, as 2026-11-25. */
    readonly on: string
    /** File number of the decision. */
    readonly reference?: string
    readonly final: string | null
    /** On which grounds. */
    readonly grounds?: string
  }
  /** A fact, or the assessment of somebody (LED art. 7(1)). */
  readonly basis: 'fact' | 'assessment'
  /** How an item may be used, and by whom. */
  readonly marking: {
    /** Traffic Light Protocol 2.0 */
    readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
    readonly audience: readonly string[]
    readonly needToKnow: boolean
    readonly protectedPerson: boolean
    /** The sender allows use beyond the stated purpose. */
    readonly onwardUse: boolean
    /** A handling code of the sender, as H1. */
    readonly handling?: string
  }
  /** The person who added it; "node" where the node did. */
  readonly author: string
  /** Who wrote this version. */
  readonly by: string
}

/** Change a decision: what is given replaces what was there; the old version stays: what is given. */
export type DecisionUpdateInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  readonly content: {
    /** What was decided. */
    readonly what: string
    /** Who decided. */
    readonly authority: string
    /** A day, as 2026-11-25. */
    readonly on: string
    /** File number of the decision. */
    readonly reference?: string
    readonly final: string | null
    /** On which grounds. */
    readonly grounds?: string
  }
  /** A fact, or the assessment of somebody (LED art. 7(1)). */
  readonly basis: 'fact' | 'assessment'
  /** How an item may be used, and by whom. */
  readonly marking?: {
    /** Traffic Light Protocol 2.0 */
    readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
    readonly audience: readonly string[]
    readonly needToKnow: boolean
    readonly protectedPerson: boolean
    /** The sender allows use beyond the stated purpose. */
    readonly onwardUse: boolean
    /** A handling code of the sender, as H1. */
    readonly handling?: string
  }
}
/** Change a decision: what is given replaces what was there; the old version stays: what comes back. */
export type DecisionUpdateResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Ask partners whether they are after the same addresses, without showing them which: what is given. */
export type DeconflictionAskInput = {
  /** The case. */
  readonly caseId: string
  readonly items?: readonly {
    /** A chain by its CAIP-2 id, as bip122:000000000019d6689c085ae165831e93. */
    readonly chain: string
    /** An address of the chain, as it was written. */
    readonly address: string
  }[]
  /** The identifier of a record of this node. */
  readonly requestId?: string
  /** The members of the directory that are asked; all: every one that compares now. */
  readonly peers: 'all' | readonly string[]
  /** How an item may be used, and by whom. */
  readonly marking?: {
    /** Traffic Light Protocol 2.0 */
    readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
    readonly audience: readonly string[]
    readonly needToKnow: boolean
    readonly protectedPerson: boolean
    /** The sender allows use beyond the stated purpose. */
    readonly onwardUse: boolean
    /** A handling code of the sender, as H1. */
    readonly handling?: string
  }
}
/** Ask partners whether they are after the same addresses, without showing them which: what comes back. */
export type DeconflictionAskResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  readonly peers: readonly string[]
  /** A SHA-256 digest, in hexadecimal. */
  readonly caseCommit: string
}

/** Who else on this node is after the assets of a request or order, as far as you may know: what is given. */
export type DeconflictionCheckInput = {
  /** What it is. */
  readonly kind: 'request' | 'order'
  /** The identifier of a record of this node. */
  readonly id: string
}
/** Who else on this node is after the assets of a request or order, as far as you may know: what comes back. */
export type DeconflictionCheckResult = readonly {
  readonly code: string
  readonly message: string
  readonly with: readonly {
    readonly kind: string
    /** The identifier of a record of this node. */
    readonly id: string
  }[]
}[]

/** Say whether your side answers a partner that is after the same; no is never told, the time just ends: what is given. */
export type DeconflictionConsentInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  readonly answer:
    | {
        readonly consents: false
      }
    | {
        readonly consents: true
        /** Your file number. */
        readonly caseRef: string
        /** Whom to talk to, and how. */
        readonly contact: string
        /** Who reveals first. The second has the advantage of silence. */
        readonly first: 'opener' | 'addressee'
      }
}
/** Say whether your side answers a partner that is after the same; no is never told, the time just ends: what comes back. */
export type DeconflictionConsentResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Tell a partner, by a handle alone, that both of you are after the same; not by whoever asked: what is given. */
export type DeconflictionContactInput = {
  /** The identifier of a record of this node. */
  readonly hit: string
  /** Your file number. */
  readonly caseRef: string
  /** Whom to talk to, and how. */
  readonly contact: string
  /** How long it is open; 7 if not given. */
  readonly days?: number
}
/** Tell a partner, by a handle alone, that both of you are after the same; not by whoever asked: what comes back. */
export type DeconflictionContactResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Where contacts of a case with partners stand, ours and theirs: what is given. */
export type DeconflictionContactsInput = {
  /** The case. */
  readonly caseId: string
  /** Where the last page ended: its `next`. */
  readonly after?: string
  /** At most so many items; 50 where nothing is said. */
  readonly limit?: number
}
/** Where contacts of a case with partners stand, ours and theirs: what comes back. */
export type DeconflictionContactsResult = {
  readonly items: readonly {
    /** The identifier of a record of this node. */
    readonly id: string
    /** The version of the record (its ETag). */
    readonly version: number
    /** opener: we asked. addressee: they asked us. */
    readonly side: 'opener' | 'addressee'
    /** An agency by its id in the directory. */
    readonly peer: string
    readonly item: string | null
    /** waiting: for the consent of the addressee. declined: by us; the partner learns it from the end of the time alone. committed: both have. met: each knows of the other. ended: over without. withheld: we have revealed, and they have not in time. */
    readonly state: 'waiting' | 'declined' | 'committed' | 'met' | 'ended' | 'withheld'
    /** An instant in UTC, as 2026-11-25T10:00:00Z. */
    readonly expiry: string
    readonly theirs: {
      /** Your file number. */
      readonly caseRef: string
      /** Whom to talk to, and how. */
      readonly contact: string
    } | null
  }[]
  readonly next: string | null
}

/** Comparisons of a case with partners, oldest first: what is given. */
export type DeconflictionListInput = {
  /** The case. */
  readonly caseId: string
  /** Where the last page ended: its `next`. */
  readonly after?: string
  /** At most so many items; 50 where nothing is said. */
  readonly limit?: number
}
/** Comparisons of a case with partners, oldest first: what comes back. */
export type DeconflictionListResult = {
  readonly items: readonly {
    /** The identifier of a record of this node. */
    readonly id: string
    /** An instant in UTC, as 2026-11-25T10:00:00Z. */
    readonly at: string
    /** A SHA-256 digest, in hexadecimal. */
    readonly caseCommit: string
    readonly peers: readonly string[]
  }[]
  readonly next: string | null
}

/** Which partners a case can be compared with now, and what is left of the budget at each today: what is given. */
export type DeconflictionPartnersInput = {
  /** The case. */
  readonly caseId: string
}
/** Which partners a case can be compared with now, and what is left of the budget at each today: what comes back. */
export type DeconflictionPartnersResult = {
  readonly elementsADay: number
  readonly batch: number
  /** Addresses that can be asked about at once. */
  readonly most: number
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly until: string
  readonly partners: readonly {
    /** An agency by its id in the directory. */
    readonly peer: string
    readonly used: number
    readonly left: number
  }[]
}

/** What a comparison with partners has come to so far: what is given. */
export type DeconflictionReadInput = {
  /** The identifier of a record of this node. */
  readonly id: string
}
/** What a comparison with partners has come to so far: what comes back. */
export type DeconflictionReadResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly at: string
  /** A SHA-256 digest, in hexadecimal. */
  readonly caseCommit: string
  readonly items: readonly string[]
  readonly answers: readonly {
    /** The identifier of a record of this node. */
    readonly id: string
    /** The version of the record (its ETag). */
    readonly version: number
    /** An agency by its id in the directory. */
    readonly peer: string
    /** asking: not all is answered yet. nothing or hit: what came of it. failed: what came cannot be relied on, or was refused. unanswered: no answer came in time. */
    readonly state: 'asking' | 'nothing' | 'hit' | 'failed' | 'unanswered'
    readonly done: number
    readonly of: number
    readonly code: string | null
    /** What both are after; nobody but your side knows, until somebody else of your side contacts the partner. */
    readonly hits: readonly {
      /** The identifier of a record of this node. */
      readonly id: string
      readonly item: string
    }[]
  }[]
}

/** Open, as the oversight, what stands at some places of a commitment that a partner was shown before it was asked: what is given. */
export type DeconflictionSampleOpenInput = {
  /** A SHA-256 digest, in hexadecimal. */
  readonly caseCommit: string
  readonly indexes: readonly number[]
}
/** Open, as the oversight, what stands at some places of a commitment that a partner was shown before it was asked: what comes back. */
export type DeconflictionSampleOpenResult = {
  /** A SHA-256 digest, in hexadecimal. */
  readonly caseCommit: string
  readonly size: number
  readonly samples: readonly {
    readonly index: number
    /** What went into the function, in hexadecimal. */
    readonly input: string
    readonly item: string | null
    readonly caseRef: string | null
    readonly salt: string
    readonly proof: readonly string[]
  }[]
}

/** Take an address back: with the next epoch no partner finds it any more, and nobody is answered about it from now on: what is given. */
export type DeconflictionUnwatchInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
}
/** Take an address back: with the next epoch no partner finds it any more, and nobody is answered about it from now on: what comes back. */
export type DeconflictionUnwatchResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Let partners find out that you are after these addresses, if they are after them too: what is given. */
export type DeconflictionWatchInput = {
  /** The case. */
  readonly caseId: string
  readonly items: readonly {
    /** A chain by its CAIP-2 id, as bip122:000000000019d6689c085ae165831e93. */
    readonly chain: string
    /** An address of the chain, as it was written. */
    readonly address: string
  }[]
  /** How an item may be used, and by whom. */
  readonly marking?: {
    /** Traffic Light Protocol 2.0 */
    readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
    readonly audience: readonly string[]
    readonly needToKnow: boolean
    readonly protectedPerson: boolean
    /** The sender allows use beyond the stated purpose. */
    readonly onwardUse: boolean
    /** A handling code of the sender, as H1. */
    readonly handling?: string
  }
}
/** Let partners find out that you are after these addresses, if they are after them too: what comes back. */
export type DeconflictionWatchResult = {
  readonly ids: readonly string[]
}

/** What of a case partners may find, as far as you may see it: what is given. */
export type DeconflictionWatchedInput = {
  /** The case. */
  readonly caseId: string
  /** Where the last page ended: its `next`. */
  readonly after?: string
  /** At most so many items; 50 where nothing is said. */
  readonly limit?: number
}
/** What of a case partners may find, as far as you may see it: what comes back. */
export type DeconflictionWatchedResult = {
  readonly items: readonly {
    /** The identifier of a record of this node. */
    readonly id: string
    /** The version of the record (its ETag). */
    readonly version: number
    /** The item as it is compared: chain and address. */
    readonly item: string
    /** An instant in UTC, as 2026-11-25T10:00:00Z. */
    readonly releasedAt: string
    readonly endedAt: string | null
    /** How an item may be used, and by whom. */
    readonly marking: {
      /** Traffic Light Protocol 2.0 */
      readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
      readonly audience: readonly string[]
      readonly needToKnow: boolean
      readonly protectedPerson: boolean
      /** The sender allows use beyond the stated purpose. */
      readonly onwardUse: boolean
      /** A handling code of the sender, as H1. */
      readonly handling?: string
    }
    /** The identifier of a record of this node. */
    readonly author: string
  }[]
  readonly next: string | null
}

/** Answer what the other side sees differently; what is agreed ends the dispute, and its words stay: what is given. */
export type DisputeAnswerInput = {
  /** The case. */
  readonly caseId?: string
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** What you say. */
  readonly outcome: 'agreed' | 'partly' | 'not-agreed' | 'escalated'
  /** In words. */
  readonly text: string
  /** Who decides, where it goes to a higher authority. */
  readonly to?: {
    /** The name of the authority. */
    readonly name: string
    /** Its country, by ISO 3166-1. */
    readonly country: string
  }
  /** What of the case is in dispute; each gets a caution, with the words of both sides. */
  readonly touches: readonly {
    /** What it is. */
    readonly kind: 'exhibit' | 'statement' | 'trace' | 'joint-object' | 'request'
    /** The identifier of a record of this node. */
    readonly id: string
  }[]
}
/** Answer what the other side sees differently; what is agreed ends the dispute, and its words stay: what comes back. */
export type DisputeAnswerResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Say that you see something of an exchange differently, and caution what of the case it touches: what is given. */
export type DisputeRaiseInput = {
  /** The case. */
  readonly caseId: string
  /** A SHA-256 digest, in hexadecimal. */
  readonly exchange: string
  /** A SHA-256 digest, in hexadecimal. */
  readonly about: string
  /** About what. */
  readonly kind: 'facts' | 'amount' | 'custody' | 'attribution' | 'competence' | 'use' | 'other'
  /** What is seen differently. */
  readonly text: string
  /** What you ask for. */
  readonly wanted: string
  /** What of the case is in dispute; each gets a caution, with the words of both sides. */
  readonly touches: readonly {
    /** What it is. */
    readonly kind: 'exhibit' | 'statement' | 'trace' | 'joint-object' | 'request'
    /** The identifier of a record of this node. */
    readonly id: string
  }[]
  /** How an item may be used, and by whom. */
  readonly marking?: {
    /** Traffic Light Protocol 2.0 */
    readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
    readonly audience: readonly string[]
    readonly needToKnow: boolean
    readonly protectedPerson: boolean
    /** The sender allows use beyond the stated purpose. */
    readonly onwardUse: boolean
    /** A handling code of the sender, as H1. */
    readonly handling?: string
  }
}
/** Say that you see something of an exchange differently, and caution what of the case it touches: what comes back. */
export type DisputeRaiseResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Who is on duty at the point of contact now, the roster, and what is wrong with it from here on: what is given. */
export type DutyNowInput = Record<string, never>
/** Who is on duty at the point of contact now, the roster, and what is wrong with it from here on: what comes back. */
export type DutyNowResult = {
  readonly version: number
  readonly point: {
    /** What it is called. */
    readonly name: string
    /** How it is reached beside the exchange, as a telephone. */
    readonly channel: string
    readonly languages: readonly string[]
    /** An IANA time zone, as Europe/Vienna. */
    readonly zone: string
    /** So many minutes a person has to take a call before it goes to the next. */
    readonly minutes: number
    /** A person of this node. */
    readonly lead: string
    /** Who is called for a test each month. */
    readonly partners: readonly string[]
  }
  readonly onDuty: readonly {
    readonly personId: string
    readonly name: string
    /** An instant in UTC, as 2026-11-25T10:00:00Z. */
    readonly until: string
    readonly zone: string
    readonly languages: readonly string[]
    readonly handOver: string | null
  }[]
  readonly findings: readonly {
    /** What is wrong. */
    readonly code: 'gap' | 'overlap' | 'twice' | 'backwards' | 'language'
    readonly place: string
    /** An instant in UTC, as 2026-11-25T10:00:00Z. */
    readonly from: string
    /** An instant in UTC, as 2026-11-25T10:00:00Z. */
    readonly until: string
    readonly message: string
  }[]
  readonly roster: {
    /** An instant in UTC, as 2026-11-25T10:00:00Z. */
    readonly from: string
    /** An instant in UTC, as 2026-11-25T10:00:00Z. */
    readonly until: string
    readonly shifts: readonly {
      /** A person of this node. */
      readonly personId: string
      /** An instant in UTC, as 2026-11-25T10:00:00Z. */
      readonly from: string
      /** An instant in UTC, as 2026-11-25T10:00:00Z. */
      readonly until: string
      /** An IANA time zone, as Europe/Vienna. */
      readonly zone: string
      readonly languages: readonly string[]
      readonly handOver: string | null
    }[]
  } | null
}

/** Set who is on duty when; gaps, overlaps and people twice are answered with their places: what is given. */
export type DutySetInput = {
  /** The version that you have read; 0 where there is none. */
  readonly version: number
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly from: string
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly until: string
  readonly shifts: readonly {
    /** A person of this node. */
    readonly personId: string
    /** An instant in UTC, as 2026-11-25T10:00:00Z. */
    readonly from: string
    /** An instant in UTC, as 2026-11-25T10:00:00Z. */
    readonly until: string
    /** An IANA time zone, as Europe/Vienna. */
    readonly zone: string
    readonly languages: readonly string[]
    readonly handOver: string | null
  }[]
  /** true: keep it although there are gaps; a person who stands twice is never kept. */
  readonly accept?: boolean
}
/** Set who is on duty when; gaps, overlaps and people twice are answered with their places: what comes back. */
export type DutySetResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
  readonly findings: readonly {
    /** What is wrong. */
    readonly code: 'gap' | 'overlap' | 'twice' | 'backwards' | 'language'
    readonly place: string
    /** An instant in UTC, as 2026-11-25T10:00:00Z. */
    readonly from: string
    /** An instant in UTC, as 2026-11-25T10:00:00Z. */
    readonly until: string
    readonly message: string
  }[]
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

/** Answer what another agency has asked to erase: erased by the procedure here, in part, or refused: what is given. */
export type EraseAnswerInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** What was done. */
  readonly outcome: 'erased' | 'partly' | 'refused-legal-hold' | 'refused-other'
  readonly kept: readonly string[]
}
/** Answer what another agency has asked to erase: erased by the procedure here, in part, or refused: what comes back. */
export type EraseAnswerResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Ask the other side of an exchange of a case to erase what was sent to it: what is given. */
export type EraseAskInput = {
  /** The case. */
  readonly caseId: string
  /** A SHA-256 digest, in hexadecimal. */
  readonly exchange: string
  /** What. */
  readonly extent: 'messages' | 'exchange' | 'attachments'
  /** Which messages of yours. */
  readonly messages: readonly string[]
  /** Which attachments, by the digests of their ciphers. */
  readonly attachments: readonly string[]
  /** On what ground. */
  readonly basis: 'RETENTION_ENDED' | 'UNLAWFUL' | 'CONDITION_OF_USE' | 'COURT_ORDER' | 'WRONG_RECIPIENT'
  /** In words, without naming persons. */
  readonly text: string
  readonly by: string | null
}
/** Ask the other side of an exchange of a case to erase what was sent to it: what comes back. */
export type EraseAskResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Approve the erasure of a case: what is given. */
export type ErasureApproveInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** A SHA-256 digest, in hexadecimal. */
  readonly digest: string
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly expiresAt: string
  /** The assertion of your authenticator, as WebAuthn gives it. */
  readonly credential: unknown
}
/** Approve the erasure of a case: what comes back. */
export type ErasureApproveResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Carry out an erasure that was ordered: destroys the key of the case: what is given. */
export type ErasureCarryOutInput = {
  /** The identifier of a record of this node. */
  readonly id: string
}
/** Carry out an erasure that was ordered: destroys the key of the case: what comes back. */
export type ErasureCarryOutResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** What your authenticator has to sign so that you approve exactly this erasure: what is given. */
export type ErasureChallengeInput = {
  /** The identifier of a record of this node. */
  readonly id: string
}
/** What your authenticator has to sign so that you approve exactly this erasure: what comes back. */
export type ErasureChallengeResult = {
  /** A SHA-256 digest, in hexadecimal. */
  readonly digest: string
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly expiresAt: string
  /** What your authenticator signs: SHA-256, base64url. */
  readonly challenge: string
}

/** Take back your approval of an erasure that is not ordered yet: what is given. */
export type ErasureDisapproveInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
}
/** Take back your approval of an erasure that is not ordered yet: what comes back. */
export type ErasureDisapproveResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** List the erasures of this node, ordered and carried out: what is given. */
export type ErasureListInput = {
  /** Where the last page ended: its `next`. */
  readonly after?: string
  /** At most so many items; 50 where nothing is said. */
  readonly limit?: number
}
/** List the erasures of this node, ordered and carried out: what comes back. */
export type ErasureListResult = {
  readonly items: readonly {
    /** The identifier of a record of this node. */
    readonly id: string
    /** The version of the record (its ETag). */
    readonly version: number
    readonly order: {
      /** The case. */
      readonly caseId: string
      /** Why the case is erased: its periods have ended, or an authority has ordered it. */
      readonly basis:
        | {
            readonly kind: 'period'
            readonly rules: readonly string[]
          }
        | {
            readonly kind: 'order'
            /** Authority, date and file number of the order. */
            readonly order: string
          }
      readonly extent: {
        /** The case. */
        readonly caseId: string
        readonly caseVersion: number
        readonly countByKind: {
          readonly [key: string]: number
        }
        /** A SHA-256 digest, in hexadecimal. */
        readonly keyIdDigest: string
      }
      /** A SHA-256 digest, in hexadecimal. */
      readonly digest: string
      readonly approvers: readonly string[]
      /** The identifier of a record of this node. */
      readonly proposedBy: string
      /** The identifier of a record of this node. */
      readonly orderedBy: string
      /** An instant in UTC, as 2026-11-25T10:00:00Z. */
      readonly orderedAt: string
      /** ordered: decided. destroyed: the key is gone. */
      readonly state: 'ordered' | 'destroyed'
      readonly destroyedAt: string | null
    }
  }[]
  readonly next: string | null
}

/** The proof that a case was erased: what, by whom, when, under which key; for those who took part, and auditors: what is given. */
export type ErasureProofInput = {
  /** The identifier of a record of this node. */
  readonly id: string
}
/** The proof that a case was erased: what, by whom, when, under which key; for those who took part, and auditors: what comes back. */
export type ErasureProofResult = {
  readonly format: 'comity-erasure/1'
  /** The identifier of a record of this node. */
  readonly erasureId: string
  /** The case. */
  readonly caseId: string
  /** Why the case is erased: its periods have ended, or an authority has ordered it. */
  readonly basis:
    | {
        readonly kind: 'period'
        readonly rules: readonly string[]
      }
    | {
        readonly kind: 'order'
        /** Authority, date and file number of the order. */
        readonly order: string
      }
  readonly extent: {
    /** The case. */
    readonly caseId: string
    readonly caseVersion: number
    readonly countByKind: {
      readonly [key: string]: number
    }
    /** A SHA-256 digest, in hexadecimal. */
    readonly keyIdDigest: string
  }
  /** A SHA-256 digest, in hexadecimal. */
  readonly approvedDigest: string
  readonly approvers: readonly string[]
  /** The identifier of a record of this node. */
  readonly proposedBy: string
  /** The identifier of a record of this node. */
  readonly orderedBy: string
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly orderedAt: string
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly destroyedAt: string
  /** A SHA-256 digest, in hexadecimal. */
  readonly digest: string
}

/** Propose to erase a closed case: its periods have ended, or an authority has ordered it: what is given. */
export type ErasureProposeInput = {
  /** The case. */
  readonly caseId: string
  /** Authority, date and file number of the order, where there is one. */
  readonly order?: string
}
/** Propose to erase a closed case: its periods have ended, or an authority has ordered it: what comes back. */
export type ErasureProposeResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
  readonly extent: {
    /** The case. */
    readonly caseId: string
    readonly caseVersion: number
    readonly countByKind: {
      readonly [key: string]: number
    }
    /** A SHA-256 digest, in hexadecimal. */
    readonly keyIdDigest: string
  }
  /** A SHA-256 digest, in hexadecimal. */
  readonly digest: string
}

/** Read the proposal to erase a case, and where its approvals stand: what is given. */
export type ErasureReadInput = {
  /** The identifier of a record of this node. */
  readonly id: string
}
/** Read the proposal to erase a case, and where its approvals stand: what comes back. */
export type ErasureReadResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
  /** The case. */
  readonly caseId: string
  /** Why the case is erased: its periods have ended, or an authority has ordered it. */
  readonly basis:
    | {
        readonly kind: 'period'
        readonly rules: readonly string[]
      }
    | {
        readonly kind: 'order'
        /** Authority, date and file number of the order. */
        readonly order: string
      }
  readonly extent: {
    /** The case. */
    readonly caseId: string
    readonly caseVersion: number
    readonly countByKind: {
      readonly [key: string]: number
    }
    /** A SHA-256 digest, in hexadecimal. */
    readonly keyIdDigest: string
  }
  /** Where it stands. */
  readonly state: 'proposed' | 'withdrawn' | 'ordered'
  /** How an item may be used, and by whom. */
  readonly marking: {
    /** Traffic Light Protocol 2.0 */
    readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
    readonly audience: readonly string[]
    readonly needToKnow: boolean
    readonly protectedPerson: boolean
    /** The sender allows use beyond the stated purpose. */
    readonly onwardUse: boolean
    /** A handling code of the sender, as H1. */
    readonly handling?: string
  }
  /** The identifier of a record of this node. */
  readonly author: string
  /** A SHA-256 digest, in hexadecimal. */
  readonly digest: string
  readonly counted: number
  readonly needed: number
  /** You have given an approval and not taken it back. */
  readonly approvedByYou: boolean
}

/** Withdraw the proposal to erase a case: what is given. */
export type ErasureWithdrawInput = {
  /** The case. */
  readonly caseId: string
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** Why it is to be kept. */
  readonly reason: string
}
/** Withdraw the proposal to erase a case: what comes back. */
export type ErasureWithdrawResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Add an event to a case: what is given. */
export type EventAddInput = {
  /** The case. */
  readonly caseId: string
  readonly content: {
    /** An instant in UTC, as 2026-11-25T10:00:00Z. */
    readonly at: string
    /** What happened. */
    readonly what: string
    /** Where. */
    readonly place?: string
    /** More of it. */
    readonly note?: string
  }
  /** A fact, or the assessment of somebody (LED art. 7(1)). */
  readonly basis: 'fact' | 'assessment'
  /** How an item may be used, and by whom. */
  readonly marking?: {
    /** Traffic Light Protocol 2.0 */
    readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
    readonly audience: readonly string[]
    readonly needToKnow: boolean
    readonly protectedPerson: boolean
    /** The sender allows use beyond the stated purpose. */
    readonly onwardUse: boolean
    /** A handling code of the sender, as H1. */
    readonly handling?: string
  }
}
/** Add an event to a case: what comes back. */
export type EventAddResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Every version of one event, oldest first: what is given. */
export type EventHistoryInput = {
  /** The identifier of a record of this node. */
  readonly id: string
}
/** Every version of one event, oldest first: what comes back. */
export type EventHistoryResult = readonly {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The case. */
  readonly caseId: string
  /** The version of the record (its ETag). */
  readonly version: number
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly at: string
  readonly content: {
    /** An instant in UTC, as 2026-11-25T10:00:00Z. */
    readonly at: string
    /** What happened. */
    readonly what: string
    /** Where. */
    readonly place?: string
    /** More of it. */
    readonly note?: string
  }
  /** A fact, or the assessment of somebody (LED art. 7(1)). */
  readonly basis: 'fact' | 'assessment'
  /** How an item may be used, and by whom. */
  readonly marking: {
    /** Traffic Light Protocol 2.0 */
    readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
    readonly audience: readonly string[]
    readonly needToKnow: boolean
    readonly protectedPerson: boolean
    /** The sender allows use beyond the stated purpose. */
    readonly onwardUse: boolean
    /** A handling code of the sender, as H1. */
    readonly handling?: string
  }
  /** The person who added it; "node" where the node did. */
  readonly author: string
  /** Who wrote this version. */
  readonly by: string
}[]

/** List the events of a case that you may see, oldest first: what is given. */
export type EventListInput = {
  /** The case. */
  readonly caseId: string
  /** Where the last page ended: its `next`. */
  readonly after?: string
  /** At most so many items; 50 where nothing is said. */
  readonly limit?: number
}
/** List the events of a case that you may see, oldest first: what comes back. */
export type EventListResult = {
  readonly items: readonly {
    /** The identifier of a record of this node. */
    readonly id: string
    /** The case. */
    readonly caseId: string
    /** The version of the record (its ETag). */
    readonly version: number
    /** An instant in UTC, as 2026-11-25T10:00:00Z. */
    readonly at: string
    readonly content: {
      /** An instant in UTC, as 2026-11-25T10:00:00Z. */
      readonly at: string
      /** What happened. */
      readonly what: string
      /** Where. */
      readonly place?: string
      /** More of it. */
      readonly note?: string
    }
    /** A fact, or the assessment of somebody (LED art. 7(1)). */
    readonly basis: 'fact' | 'assessment'
    /** How an item may be used, and by whom. */
    readonly marking: {
      /** Traffic Light Protocol 2.0 */
      readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
      readonly audience: readonly string[]
      readonly needToKnow: boolean
      readonly protectedPerson: boolean
      /** The sender allows use beyond the stated purpose. */
      readonly onwardUse: boolean
      /** A handling code of the sender, as H1. */
      readonly handling?: string
    }
    /** The person who added it; "node" where the node did. */
    readonly author: string
    /** Who wrote this version. */
    readonly by: string
  }[]
  readonly next: string | null
}

/** Read an event: what is given. */
export type EventReadInput = {
  /** The identifier of a record of this node. */
  readonly id: string
}
/** Read an event: what comes back. */
export type EventReadResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The case. */
  readonly caseId: string
  /** The version of the record (its ETag). */
  readonly version: number
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly at: string
  readonly content: {
    /** An instant in UTC, as 2026-11-25T10:00:00Z. */
    readonly at: string
    /** What happened. */
    readonly what: string
    /** Where. */
    readonly place?: string
    /** More of it. */
    readonly note?: string
  }
  /** A fact, or the assessment of somebody (LED art. 7(1)). */
  readonly basis: 'fact' | 'assessment'
  /** How an item may be used, and by whom. */
  readonly marking: {
    /** Traffic Light Protocol 2.0 */
    readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
    readonly audience: readonly string[]
    readonly needToKnow: boolean
    readonly protectedPerson: boolean
    /** The sender allows use beyond the stated purpose. */
    readonly onwardUse: boolean
    /** A handling code of the sender, as H1. */
    readonly handling?: string
  }
  /** The person who added it; "node" where the node did. */
  readonly author: string
  /** Who wrote this version. */
  readonly by: string
}

/** Change an event: what is given replaces what was there; the old version stays: what is given. */
export type EventUpdateInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  readonly content: {
    /** An instant in UTC, as 2026-11-25T10:00:00Z. */
    readonly at: string
    /** What happened. */
    readonly what: string
    /** Where. */
    readonly place?: string
    /** More of it. */
    readonly note?: string
  }
  /** A fact, or the assessment of somebody (LED art. 7(1)). */
  readonly basis: 'fact' | 'assessment'
  /** How an item may be used, and by whom. */
  readonly marking?: {
    /** Traffic Light Protocol 2.0 */
    readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
    readonly audience: readonly string[]
    readonly needToKnow: boolean
    readonly protectedPerson: boolean
    /** The sender allows use beyond the stated purpose. */
    readonly onwardUse: boolean
    /** A handling code of the sender, as H1. */
    readonly handling?: string
  }
}
/** Change an event: what is given replaces what was there; the old version stays: what comes back. */
export type EventUpdateResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Put an exhibit on record, with its hash, acquirer, authority and place; its custody begins: what is given. */
export type ExhibitAddInput = {
  /** The case. */
  readonly caseId: string
  readonly kind: 'file' | 'device' | 'key-control' | 'document' | 'trace-record' | 'chain-data'
  /** What it is, in a line. */
  readonly title: string
  /** What it is, in detail. */
  readonly description?: string
  /** The name of the file, as it came. */
  readonly fileName?: string
  readonly mediaType?: string
  /** How an item may be used, and by whom. */
  readonly marking: {
    /** Traffic Light Protocol 2.0 */
    readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
    readonly audience: readonly string[]
    readonly needToKnow: boolean
    readonly protectedPerson: boolean
    /** The sender allows use beyond the stated purpose. */
    readonly onwardUse: boolean
    /** A handling code of the sender, as H1. */
    readonly handling?: string
  }
  /** The finished upload that holds the bytes. */
  readonly uploadId?: string
  /** For a device whose image lies elsewhere. */
  readonly imageSha256?: string
  readonly device?: {
    /** Make. */
    readonly make: string
    /** Model. */
    readonly model: string
    readonly serial: string | null
    /** The number on the seal. */
    readonly sealNumber: string
  }
  readonly keyControl?:
    | {
        readonly form: 'shares'
        readonly threshold: number
        readonly shares: number
        /** As SLIP-39, or Shamir over GF(256). */
        readonly scheme: string
        /** Which shares the agency holds, and where each lies. */
        readonly held: string
      }
    | {
        readonly form: 'multisig'
        readonly threshold: number
        readonly keys: number
        /** The network. */
        readonly network: string
        /** The script, descriptor or contract. */
        readonly policy: string
        /** Which keys the agency holds. */
        readonly held: string
      }
    | {
        readonly form: 'exchange-account'
        /** The provider. */
        readonly provider: string
        /** The account, as the provider names it. */
        readonly account: string
        /** What the provider has done on whose order: frozen, credentials handed over. */
        readonly measure: string
      }
    | {
        readonly form: 'hardware-wallet'
        /** Make and model. */
        readonly make: string
        /** Serial number. */
        readonly serial?: string
        /** The exhibit of kind device. */
        readonly device?: string
        /** Which secrets are known, as PIN and seed; never the secrets themselves. */
        readonly secrets: string
      }
  readonly acquirer:
    | {
        /** A person of this node. */
        readonly personId: string
      }
    | {
        /** Somebody outside this node. */
        readonly outside: {
          /** The person. */
          readonly name: string
          /** For whom this person acts. */
          readonly agency: string
          /** In which office or rank. */
          readonly office?: string
        }
      }
  /** What makes the acquirer competent (ACPO principle 2). */
  readonly competence?: string
  /** By what right it was acquired: the order, warrant or provision. */
  readonly authority: string
  /** Where it was acquired. */
  readonly place: string
  /** When. UTC, with milliseconds. */
  readonly acquiredAt: string
  readonly tool?: {
    /** The name of the tool. */
    readonly name: string
    /** Its version, as it shows itself. */
    readonly version: string
    /** How it was set. */
    readonly settings?: string
  }
  /** How it was acquired. */
  readonly method?: string
  /** In what condition. */
  readonly condition?: string
  /** What else matters. */
  readonly remarks?: string
  /** A person of this node. */
  readonly witness?: string
}
/** Put an exhibit on record, with its hash, acquirer, authority and place; its custody begins: what comes back. */
export type ExhibitAddResult = {
  readonly exhibitId: string
  readonly number: number
  readonly sha256: string
  readonly digest: string
}

/** Get a ticket for one download of the bytes of an exhibit: what is given. */
export type ExhibitDownloadInput = {
  /** The exhibit. */
  readonly exhibitId: string
}
/** Get a ticket for one download of the bytes of an exhibit: what comes back. */
export type ExhibitDownloadResult = {
  readonly ticket: string
  readonly expiresAt: string
}

/** List the exhibits of a case that you may read: what is given. */
export type ExhibitListInput = {
  /** The case. */
  readonly caseId: string
  /** The `next` of the page before. */
  readonly after?: number
  readonly limit?: number
}
/** List the exhibits of a case that you may read: what comes back. */
export type ExhibitListResult = unknown

/** Look at a page of an exhibit that is a PDF; the picture is at /v1/exhibit/preview.png: what is given. */
export type ExhibitPreviewInput = {
  /** The exhibit. */
  readonly exhibitId: string
  /** The page, from 1. */
  readonly page: number
}
/** Look at a page of an exhibit that is a PDF; the picture is at /v1/exhibit/preview.png: what comes back. */
export type ExhibitPreviewResult = {
  readonly exhibitId: string
  readonly page: number
  readonly object: string
  readonly size: number
}

/** Read an exhibit: what it is, its hashes, where it stands and what can happen to it: what is given. */
export type ExhibitReadInput = {
  /** The exhibit. */
  readonly exhibitId: string
}
/** Read an exhibit: what it is, its hashes, where it stands and what can happen to it: what comes back. */
export type ExhibitReadResult = unknown

/** Give up an upload that is not finished; its bytes are removed: what is given. */
export type ExhibitUploadAbandonInput = {
  /** The case. */
  readonly caseId: string
  /** The upload. */
  readonly uploadId: string
}
/** Give up an upload that is not finished; its bytes are removed: what comes back. */
export type ExhibitUploadAbandonResult = {
  readonly uploadId: string
}

/** Declare an upload; its bytes are then sent to the address of its id: what is given. */
export type ExhibitUploadBeginInput = {
  /** The case. */
  readonly caseId: string
  /** Bytes of the whole file. */
  readonly size: number
}
/** Declare an upload; its bytes are then sent to the address of its id: what comes back. */
export type ExhibitUploadBeginResult = {
  readonly uploadId: string
}

/** Bind an upload that has arrived whole: its size, SHA-256 and SHA-512 stand from here on: what is given. */
export type ExhibitUploadFinishInput = {
  /** The case. */
  readonly caseId: string
  /** The upload. */
  readonly uploadId: string
  /** SHA-256 of the whole file. */
  readonly sha256?: string
}
/** Bind an upload that has arrived whole: its size, SHA-256 and SHA-512 stand from here on: what comes back. */
export type ExhibitUploadFinishResult = {
  readonly uploadId: string
  readonly size: number
  readonly sha256: string
  readonly sha512: string
}

/** Fetch a hand-out once more, as it was handed out; the files are at /v1/hand-out/bag.zip: what is given. */
export type HandOutFetchInput = {
  /** The identifier of a record of this node. */
  readonly caseId: string
  /** The identifier of a record of this node. */
  readonly id: string
}
/** Fetch a hand-out once more, as it was handed out; the files are at /v1/hand-out/bag.zip: what comes back. */
export type HandOutFetchResult = {
  /** The identifier of a record of this node. */
  readonly handOut: string
}

/** List what was handed out of a case: to whom, when, in which formats, which items and files: what is given. */
export type HandOutListInput = {
  /** The identifier of a record of this node. */
  readonly caseId: string
  /** Where the last page ended: its `next`. */
  readonly after?: string
  /** At most so many items; 50 where nothing is said. */
  readonly limit?: number
}
/** List what was handed out of a case: to whom, when, in which formats, which items and files: what comes back. */
export type HandOutListResult = {
  readonly items: readonly {
    /** The identifier of a record of this node. */
    readonly id: string
    readonly at: string
    readonly by: string
    /** For whom, for what, and how far. */
    readonly audience: {
      /** For whom it is. An empty audience is nobody. */
      readonly members: readonly string[]
      /** Where they may take it: named stays with them (TLP 2.0: amber), community and public go further. */
      readonly reach: 'named' | 'community' | 'public'
      /** What the work serves. Use for another purpose needs consent. */
      readonly purpose:
        | 'criminal-proceedings'
        | 'asset-recovery'
        | 'financial-intelligence'
        | 'administrative'
        | 'exercise'
      /** It was received from somebody else, and is passed on. */
      readonly onward: boolean
    }
    readonly formats: readonly ('package' | 'case' | 'stix' | 'misp' | 'followthemoney' | 'csv')[]
    readonly order: string | null
    readonly items: readonly {
      readonly kind: string
      /** The identifier of a record of this node. */
      readonly id: string
    }[]
    readonly files: readonly {
      readonly path: string
      readonly size: number
      readonly sha256: string
    }[]
    readonly exhibits: readonly {
      /** The identifier of a record of this node. */
      readonly exhibit: string
      readonly size: number
      readonly sha256: string
    }[]
  }[]
  readonly next: string | null
}

/** See what of a case would go to an audience, what would stay here and why, before anything leaves: what is given. */
export type HandOutPreviewInput = {
  /** The identifier of a record of this node. */
  readonly caseId: string
  /** For whom, for what, and how far. */
  readonly audience: {
    /** For whom it is. An empty audience is nobody. */
    readonly members: readonly string[]
    /** Where they may take it: named stays with them (TLP 2.0: amber), community and public go further. */
    readonly reach: 'named' | 'community' | 'public'
    /** What the work serves. Use for another purpose needs consent. */
    readonly purpose:
      | 'criminal-proceedings'
      | 'asset-recovery'
      | 'financial-intelligence'
      | 'administrative'
      | 'exercise'
    /** It was received from somebody else, and is passed on. */
    readonly onward: boolean
  }
  readonly formats: readonly ('package' | 'case' | 'stix' | 'misp' | 'followthemoney' | 'csv')[]
  /** With the bytes of the exhibits that lie in the vault. */
  readonly exhibits: boolean
  /** For a sealed case: the order that opens it to this audience. */
  readonly order?: string
}
/** See what of a case would go to an audience, what would stay here and why, before anything leaves: what comes back. */
export type HandOutPreviewResult = {
  readonly goes: readonly {
    readonly kind: string
    /** The identifier of a record of this node. */
    readonly id: string
    /** How people call it. */
    readonly title: string | null
  }[]
  readonly stays: readonly {
    readonly kind: string
    /** The identifier of a record of this node. */
    readonly id: string
    /** How people call it. */
    readonly title: string | null
    /** Why it stays here. */
    readonly why:
      | 'no-place'
      | 'named-people'
      | 'marking'
      | 'policy'
      | 'victim'
      | 'received'
      | 'onward'
      | 'purpose'
      | 'reach'
      | 'tells'
  }[]
  readonly files: readonly {
    readonly path: string
    readonly size: number
    readonly sha256: string
  }[]
  readonly exhibits: readonly {
    /** The identifier of a record of this node. */
    readonly exhibit: string
    readonly size: number
    readonly sha256: string
  }[]
  readonly changed: readonly {
    readonly path: string
    readonly to: string
    readonly how: string
  }[]
  readonly dropped: readonly {
    readonly path: string
    readonly why: string
  }[]
}

/** Lift a legal hold: the clocks go on from where they stood: what is given. */
export type HoldLiftInput = {
  /** The case. */
  readonly caseId: string
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** Why it is needed no more. */
  readonly reason: string
}
/** Lift a legal hold: the clocks go on from where they stood: what comes back. */
export type HoldLiftResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** List the legal holds of a case, those that were lifted among them: what is given. */
export type HoldListInput = {
  /** The case. */
  readonly caseId: string
  /** Where the last page ended: its `next`. */
  readonly after?: string
  /** At most so many items; 50 where nothing is said. */
  readonly limit?: number
}
/** List the legal holds of a case, those that were lifted among them: what comes back. */
export type HoldListResult = {
  readonly items: readonly {
    /** The identifier of a record of this node. */
    readonly id: string
    /** The version that you have read (the ETag). */
    readonly version: number
    readonly hold: {
      /** Who has ordered the hold. */
      readonly authority: string
      /** Why the case must be kept, as a pending remedy or a claim. */
      readonly reason: string
      /** An instant in UTC, as 2026-11-25T10:00:00Z. */
      readonly placedAt: string
      /** The identifier of a record of this node. */
      readonly placedBy: string
      readonly liftedAt: string | null
      readonly liftedBy: string | null
      readonly liftReason: string | null
      /** How an item may be used, and by whom. */
      readonly marking: {
        /** Traffic Light Protocol 2.0 */
        readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
        readonly audience: readonly string[]
        readonly needToKnow: boolean
        readonly protectedPerson: boolean
        /** The sender allows use beyond the stated purpose. */
        readonly onwardUse: boolean
        /** A handling code of the sender, as H1. */
        readonly handling?: string
      }
      /** The identifier of a record of this node. */
      readonly author: string
    }
  }[]
  readonly next: string | null
}

/** Place a legal hold: the case is kept, whatever its periods say: what is given. */
export type HoldPlaceInput = {
  /** The case. */
  readonly caseId: string
  /** Who has ordered the hold. */
  readonly authority: string
  /** Why the case must be kept, as a pending remedy or a claim. */
  readonly reason: string
}
/** Place a legal hold: the case is kept, whatever its periods say: what comes back. */
export type HoldPlaceResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Put a message of the inbox into a case: what is given. */
export type InboxFileInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The case. */
  readonly caseId: string
  /** How an item may be used, and by whom. */
  readonly marking?: {
    /** Traffic Light Protocol 2.0 */
    readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
    readonly audience: readonly string[]
    readonly needToKnow: boolean
    readonly protectedPerson: boolean
    /** The sender allows use beyond the stated purpose. */
    readonly onwardUse: boolean
    /** A handling code of the sender, as H1. */
    readonly handling?: string
  }
}
/** Put a message of the inbox into a case: what comes back. */
export type InboxFileResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** What has come from other agencies and belongs to no case yet: what is given. */
export type InboxListInput = {
  /** Only these; new where nothing is said. */
  readonly state?: 'new' | 'filed' | 'set-aside'
  /** Where the last page ended: its `next`. */
  readonly after?: string
  /** At most so many items; 50 where nothing is said. */
  readonly limit?: number
}
/** What has come from other agencies and belongs to no case yet: what comes back. */
export type InboxListResult = {
  readonly items: readonly {
    /** The identifier of a record of this node. */
    readonly id: string
    /** The version of the record (its ETag). */
    readonly version: number
    /** An instant in UTC, as 2026-11-25T10:00:00Z. */
    readonly at: string
    readonly message: {
      /** A member of the directory, by its id. */
      readonly from: string
      /** Its id, which its sender gave it. */
      readonly messageId: string
      /** A SHA-256 digest, in hexadecimal. */
      readonly exchange: string
      /** A SHA-256 digest, in hexadecimal. */
      readonly digest: string
      /** A type of the catalogue of messages, as freeze.request. */
      readonly type: string
      /** The major of the type. */
      readonly major: number
      readonly urgency: string | null
      /** The file number of the sender. */
      readonly reference: string
      readonly instrument: string | null
      /** Its marking. */
      readonly tlp: string
      readonly training: boolean
      /** An instant in UTC, as 2026-11-25T10:00:00Z. */
      readonly receivedAt: string
      /** filed: in a case. set-aside: it belongs to none. */
      readonly state: 'new' | 'filed' | 'set-aside'
      readonly filed: {
        /** The identifier of a record of this node. */
        readonly caseId: string
        /** The identifier of a record of this node. */
        readonly message: string
        /** The identifier of a record of this node. */
        readonly by: string
        /** An instant in UTC, as 2026-11-25T10:00:00Z. */
        readonly at: string
      } | null
      readonly reason: string | null
    }
  }[]
  readonly next: string | null
}

/** Set a message of the inbox aside: it belongs to no case, and why: what is given. */
export type InboxSetAsideInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** Why. */
  readonly reason: string
}
/** Set a message of the inbox aside: it belongs to no case, and why: what comes back. */
export type InboxSetAsideResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** One message of the inbox, with all that it says, and what shows that it is genuine: what is given. */
export type InboxShowInput = {
  /** The identifier of a record of this node. */
  readonly id: string
}
/** One message of the inbox, with all that it says, and what shows that it is genuine: what comes back. */
export type InboxShowResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly at: string
  readonly message: {
    /** A member of the directory, by its id. */
    readonly from: string
    /** Its id, which its sender gave it. */
    readonly messageId: string
    /** A SHA-256 digest, in hexadecimal. */
    readonly exchange: string
    /** A SHA-256 digest, in hexadecimal. */
    readonly digest: string
    /** A type of the catalogue of messages, as freeze.request. */
    readonly type: string
    /** The major of the type. */
    readonly major: number
    readonly urgency: string | null
    /** The file number of the sender. */
    readonly reference: string
    readonly instrument: string | null
    /** Its marking. */
    readonly tlp: string
    readonly training: boolean
    /** An instant in UTC, as 2026-11-25T10:00:00Z. */
    readonly receivedAt: string
    /** filed: in a case. set-aside: it belongs to none. */
    readonly state: 'new' | 'filed' | 'set-aside'
    readonly filed: {
      /** The identifier of a record of this node. */
      readonly caseId: string
      /** The identifier of a record of this node. */
      readonly message: string
      /** The identifier of a record of this node. */
      readonly by: string
      /** An instant in UTC, as 2026-11-25T10:00:00Z. */
      readonly at: string
    } | null
    readonly reason: string | null
  }
  readonly header: Record<string, never> | null
  readonly body: Record<string, never> | null
  readonly proof: {
    /** A SHA-256 digest, in hexadecimal. */
    readonly digest: string
    /** The ids of the keys whose signatures it bears; checked when it came. */
    readonly keys: readonly string[]
    /** Approvals inside the message, each checked now against what the authenticator signed. */
    readonly approvals: readonly {
      readonly name: string
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
      /** An instant in UTC, as 2026-11-25T10:00:00Z. */
      readonly at: string
      readonly void: string | null
    }[]
    readonly receipt: {
      /** What became of the message. */
      readonly kind: 'ACCEPTED' | 'REJECTED' | 'DELIVERED' | 'NON_DELIVERED' | 'RETRIEVED'
      /** An instant in UTC, as 2026-11-25T10:00:00Z. */
      readonly at: string
      readonly code: string | null
    } | null
  } | null
}

/** Take a request from the inbox: it is filed in a case, and put on record as a request of another authority: what is given. */
export type InboxTakeRequestInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The case. */
  readonly caseId?: string
  readonly newCase?: {
    /** What the case is called; for people. */
    readonly title: string
    readonly purposes: readonly (
      | 'criminal-proceedings'
      | 'asset-recovery'
      | 'financial-intelligence'
      | 'administrative'
      | 'exercise'
    )[]
  }
  /** The instrument under which it is treated, where the message names none. */
  readonly instrument?: string
  /** The type of request, where it does not follow from the message. */
  readonly requestType?: string
  /** What is asked for, where it does not follow from the message. */
  readonly measure?:
    | 'PRESERVE'
    | 'TRACE_INFO'
    | 'ACCOUNT_INFO'
    | 'TX_INFO'
    | 'TX_MONITOR'
    | 'HOLD_TX'
    | 'FREEZE_SPECIFIC'
    | 'FREEZE_VALUE'
    | 'SEIZE_CUSTODY'
    | 'CONFISCATE_SPECIFIC'
    | 'CONFISCATE_VALUE'
    | 'SALE'
    | 'RETURN'
    | 'SHARE'
    | 'DELETE'
  /** The facts, where the message states none. */
  readonly facts?: string
  /** What the sender is, where the directory does not say it. */
  readonly role?:
    | 'central-authority'
    | 'issuing-authority'
    | 'executing-authority'
    | 'judge'
    | 'court'
    | 'investigating-judge'
    | 'prosecutor'
    | 'police'
    | 'contact-24-7'
    | 'fiu'
    | 'asset-recovery-office'
    | 'asset-management-office'
    | 'interpol-ncb'
    | 'network-contact'
    | 'attorney-general'
    | 'service-provider'
    | 'obliged-entity'
    | 'state'
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly receivedByCompetentAt?: string
  /** How an item may be used, and by whom. */
  readonly marking?: {
    /** Traffic Light Protocol 2.0 */
    readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
    readonly audience: readonly string[]
    readonly needToKnow: boolean
    readonly protectedPerson: boolean
    /** The sender allows use beyond the stated purpose. */
    readonly onwardUse: boolean
    /** A handling code of the sender, as H1. */
    readonly handling?: string
  }
}
/** Take a request from the inbox: it is filed in a case, and put on record as a request of another authority: what comes back. */
export type InboxTakeRequestResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
  /** The identifier of a record of this node. */
  readonly caseId: string
  /** Whether it was sent twice, and who else is after its assets. */
  readonly findings: readonly {
    readonly code: string
    readonly message: string
    readonly with: readonly {
      readonly kind: string
      /** The identifier of a record of this node. */
      readonly id: string
    }[]
  }[]
  /** The identifier of a record of this node. */
  readonly message: string
  /** What stays in the message, since a request has no place for it. */
  readonly left: readonly string[]
}

/** Put on record that the supervisory authority was notified of a breach: its clock stops: what is given. */
export type IncidentNotifiedInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly at: string
  /** The authority, and its file number. */
  readonly reference: string
}
/** Put on record that the supervisory authority was notified of a breach: its clock stops: what comes back. */
export type IncidentNotifiedResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Tell other agencies of a breach of security here, and start the clock of its notification: what is given. */
export type IncidentReportInput = {
  /** The case. */
  readonly caseId: string
  /** Whom it concerns. */
  readonly peers: readonly string[]
  /** How grave. */
  readonly severity: 'low' | 'high' | 'critical'
  /** What happened. */
  readonly what: string
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly noticedAt: string
  readonly happenedAt: string | null
  readonly exchanges: readonly string[]
  /** Keys of yours that must not be trusted any more. */
  readonly keys: readonly string[]
  /** Which data of the receivers is concerned. */
  readonly dataSent: string
  /** Which harm it may do. */
  readonly harm: string
  /** What was done. */
  readonly measures: string
  /** How an item may be used, and by whom. */
  readonly marking?: {
    /** Traffic Light Protocol 2.0 */
    readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
    readonly audience: readonly string[]
    readonly needToKnow: boolean
    readonly protectedPerson: boolean
    /** The sender allows use beyond the stated purpose. */
    readonly onwardUse: boolean
    /** A handling code of the sender, as H1. */
    readonly handling?: string
  }
}
/** Tell other agencies of a breach of security here, and start the clock of its notification: what comes back. */
export type IncidentReportResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** List the cases of which indicators were handed out to you in STIX: what is given. */
export type IndicatorCollectionListInput = Record<string, never>
/** List the cases of which indicators were handed out to you in STIX: what comes back. */
export type IndicatorCollectionListResult = {
  readonly items: readonly {
    /** The identifier of a record of this node. */
    readonly caseId: string
    readonly since: string
  }[]
}

/** Read the indicators of a case that were handed out to you, as STIX 2.1 objects: what is given. */
export type IndicatorCollectionReadInput = {
  /** The identifier of a record of this node. */
  readonly caseId: string
}
/** Read the indicators of a case that were handed out to you, as STIX 2.1 objects: what comes back. */
export type IndicatorCollectionReadResult = {
  readonly objects: readonly {
    readonly addedAt: string
    /** A STIX object, as JSON. */
    readonly object: string
  }[]
}

/** List the files that were taken into a case, each with what came of it: what is given. */
export type IntakeListInput = {
  /** The identifier of a record of this node. */
  readonly caseId: string
  /** Where the last page ended: its `next`. */
  readonly after?: string
  /** At most so many items; 50 where nothing is said. */
  readonly limit?: number
}
/** List the files that were taken into a case, each with what came of it: what comes back. */
export type IntakeListResult = {
  readonly items: readonly {
    /** The identifier of a record of this node. */
    readonly id: string
    readonly at: string
    readonly by: string
    /** The identifier of a record of this node. */
    readonly exhibit: string
    readonly sha256: string
    /** In which format the file is. */
    readonly format: 'package' | 'case' | 'stix' | 'misp' | 'followthemoney'
    readonly made: readonly {
      readonly list: string
      readonly origin: string
      readonly kind: string
      /** The identifier of a record of this node. */
      readonly id: string
    }[]
    readonly manifest: unknown
  }[]
  readonly next: string | null
}

/** See what a file of others would add to a case, what would be changed, and what stays in the file: what is given. */
export type IntakePreviewInput = {
  /** The identifier of a record of this node. */
  readonly caseId: string
  /** The identifier of a record of this node. */
  readonly exhibitId: string
  /** In which format the file is. */
  readonly format: 'package' | 'case' | 'stix' | 'misp' | 'followthemoney'
  /** How an item may be used, and by whom. */
  readonly marking?: {
    /** Traffic Light Protocol 2.0 */
    readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
    readonly audience: readonly string[]
    readonly needToKnow: boolean
    readonly protectedPerson: boolean
    /** The sender allows use beyond the stated purpose. */
    readonly onwardUse: boolean
    /** A handling code of the sender, as H1. */
    readonly handling?: string
  }
}
/** See what a file of others would add to a case, what would be changed, and what stays in the file: what comes back. */
export type IntakePreviewResult = {
  readonly adds: readonly {
    readonly path: string
    readonly kind: string
    readonly tlp: string
    readonly content: unknown
  }[]
  readonly present: readonly {
    readonly path: string
    readonly kind: string
    /** The identifier of a record of this node. */
    readonly id: string
  }[]
  readonly manifest: unknown
  readonly formatManifest: unknown
  readonly defects: readonly {
    readonly code: string
    readonly message: string
    readonly place: string
  }[]
}

/** Take part in a joint case to which your agency was invited, with a case of your own: what is given. */
export type JointAcceptInput = {
  /** The case. */
  readonly caseId: string
  /** The identifier of a record of this node. */
  readonly invitation: string
  /** The provision of the own law on which it stands. */
  readonly legalBasis: string
  /** Who of yours answers for it. */
  readonly contact: string
}
/** Take part in a joint case to which your agency was invited, with a case of your own: what comes back. */
export type JointAcceptResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Approve the invitations to a joint case: what is given. */
export type JointApproveInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** A SHA-256 digest, in hexadecimal. */
  readonly digest: string
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly expiresAt: string
  /** The assertion of your authenticator, as WebAuthn gives it. */
  readonly credential: unknown
}
/** Approve the invitations to a joint case: what comes back. */
export type JointApproveResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** What your authenticator has to sign so that you approve exactly these invitations: what is given. */
export type JointChallengeInput = {
  /** The identifier of a record of this node. */
  readonly id: string
}
/** What your authenticator has to sign so that you approve exactly these invitations: what comes back. */
export type JointChallengeResult = {
  /** A SHA-256 digest, in hexadecimal. */
  readonly digest: string
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly expiresAt: string
  /** What your authenticator signs: SHA-256, base64url. */
  readonly challenge: string
}

/** Accept a change that another agency proposes of an object of yours, which is its next version, or refuse it: what is given. */
export type JointChangeDecideInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** The identifier of a record of this node. */
  readonly change: string
  /** What becomes of it. */
  readonly outcome: 'accepted' | 'refused'
  /** Why. */
  readonly reason?: string
}
/** Accept a change that another agency proposes of an object of yours, which is its next version, or refuse it: what comes back. */
export type JointChangeDecideResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
  /** The identifier of a record of this node. */
  readonly object: string
  readonly sentTo: readonly string[]
}

/** Propose to its owner how a shared object should read: what is given. */
export type JointChangeProposeInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** What is shared: whole in each version. */
  readonly content:
    | {
        /** What it is. */
        readonly kind: 'document'
        /** What it refers to. */
        readonly of: 'exhibit' | 'statement'
        /** What it is called. */
        readonly title: string
        /** The hash of the exhibit, or of the statement. */
        readonly sha256: string
        readonly says: string | null
      }
    | {
        /** What it is. */
        readonly kind: 'trace'
        /** The digest of the trace record. */
        readonly digest: string
        /** The rule of tracing. */
        readonly rule: string
        readonly record: string | null
      }
    | {
        /** What it is. */
        readonly kind: 'holding'
        /** An asset by its CAIP-19 id, as bip122:000000000019d6689c085ae165831e93/slip44:0; money of a State as iso4217:EUR, counted in the minor unit of ISO 4217. */
        readonly asset: string
        /** A whole number of base units (satoshi, wei, cent), digits only. */
        readonly amount: string
        /** What has become of it. */
        readonly state: 'traced' | 'preserved' | 'frozen' | 'seized' | 'confiscated' | 'returned'
        /** Where it lies. */
        readonly where: string
      }
    | {
        /** What it is. */
        readonly kind: 'request'
        /** The instrument on which it stands. */
        readonly instrument: string
        /** What is asked for. */
        readonly requestType: string
        /** Who was asked. */
        readonly to: string
        /** Where it stands. */
        readonly state: string
        readonly due: string | null
      }
    | {
        /** What it is. */
        readonly kind: 'task'
        /** What is to be done. */
        readonly what: string
        readonly about: string | null
        /** An agency by its id in the directory. */
        readonly assignee: string
        /** Who of that agency, by function. */
        readonly personRole: string
        readonly due: string | null
        /** An IANA time zone, as Europe/Vienna. */
        readonly zone: string
        readonly meeting: string | null
        /** Whether it is to be done no more. */
        readonly cancelled: boolean
      }
    | {
        /** What it is. */
        readonly kind: 'task-answer'
        /** The object, by the id that its owner gave it. */
        readonly task: string
        /** An agency by its id in the directory. */
        readonly taskOwner: string
        /** The version of the task that is answered. */
        readonly taskVersion: number
        /** What the assigned agency says of it. */
        readonly answer: 'accepted' | 'declined' | 'in-progress' | 'done'
        readonly note: string | null
      }
    | {
        /** What it is. */
        readonly kind: 'meeting'
        /** What it is about. */
        readonly title: string
        /** When it begins. */
        readonly start: string
        /** When it ends. */
        readonly end: string
        /** An IANA time zone, as Europe/Vienna. */
        readonly zone: string
        readonly place: string | null
        /** The agenda. */
        readonly agenda: readonly string[]
        /** Who takes part. */
        readonly participants: readonly {
          /** An agency by its id in the directory. */
          readonly agency: string
          /** The name. */
          readonly name: string
          /** The function. */
          readonly role: string
          readonly mail: string | null
        }[]
        /** What was decided. */
        readonly decisions: readonly string[]
        /** Whether it does not take place. */
        readonly cancelled: boolean
      }
  /** Why. */
  readonly reason: string
}
/** Propose to its owner how a shared object should read: what comes back. */
export type JointChangeProposeResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** The figures of a joint case, computed from what was released to it and you may see: what is given. */
export type JointDashboardInput = {
  /** The identifier of a record of this node. */
  readonly id: string
}
/** The figures of a joint case, computed from what was released to it and you may see: what comes back. */
export type JointDashboardResult = {
  readonly objects: readonly {
    readonly owner: string
    readonly kind: string
    readonly count: number
  }[]
  readonly holdings: readonly {
    readonly asset: string
    readonly state: string
    /** Base units, digits only. */
    readonly amount: string
  }[]
  readonly tasks: readonly {
    readonly assignee: string
    readonly open: number
    readonly overdue: number
    readonly done: number
    readonly declined: number
  }[]
  readonly requests: readonly {
    readonly owner: string
    readonly to: string
    readonly requestType: string
    readonly state: string
    readonly due: string | null
    readonly overdue: boolean
  }[]
  readonly nextMeeting: string | null
}

/** Say no to an invitation to a joint case: what is given. */
export type JointDeclineInput = {
  /** The identifier of a record of this node. */
  readonly invitation: string
  /** Why; it is told to the others. */
  readonly reason: string
}
/** Say no to an invitation to a joint case: what comes back. */
export type JointDeclineResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** End a joint case that you lead; what was shared stays with who has it, under its conditions: what is given. */
export type JointEndInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** Why; it is told to the others. */
  readonly reason: string
}
/** End a joint case that you lead; what was shared stays with who has it, under its conditions: what comes back. */
export type JointEndResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** The invitations of other agencies to joint cases, newest last: what is given. */
export type JointInvitationsInput = Record<string, never>
/** The invitations of other agencies to joint cases, newest last: what comes back. */
export type JointInvitationsResult = readonly {
  /** The identifier of a record of this node. */
  readonly id: string
  readonly version: number
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly at: string
  /** The identifier of a record of this node. */
  readonly joint: string
  /** An agency by its id in the directory. */
  readonly leader: string
  readonly terms: {
    /** A task force, or a joint investigation team. */
    readonly kind: 'task-force' | 'jit'
    /** What it is called. */
    readonly title: string
    /** For what. */
    readonly purpose: string
    /** What is to be shared. */
    readonly shares: readonly ('document' | 'trace' | 'holding' | 'request' | 'task' | 'task-answer' | 'meeting')[]
    /** A day, as 2026-11-25. */
    readonly from: string
    /** A day, as 2026-11-25. */
    readonly until: string
    readonly agreement: string | null
    /** How data is handled. */
    readonly dataRules: string
    /** How evidence may be used. */
    readonly evidenceUse: string
    /** The provision of the own law on which it stands. */
    readonly legalBasis: string
  }
  readonly list: {
    readonly version: number
    readonly parties: readonly {
      /** An agency by its id in the directory. */
      readonly agency: string
      /** What it does in the joint case. */
      readonly role: string
      /** For what it takes part. */
      readonly purpose: string
      /** Where it stands. Who has gone stays in the list. */
      readonly state: 'invited' | 'accepted' | 'declined' | 'left' | 'removed'
    }[]
    readonly endedAt: string | null
    readonly reason: string | null
  }
  /** What the work serves. Use for another purpose needs consent. */
  readonly purpose: 'criminal-proceedings' | 'asset-recovery' | 'financial-intelligence' | 'administrative' | 'exercise'
  /** Traffic Light Protocol 2.0 */
  readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
  /** What was said to it. */
  readonly state: 'open' | 'accepted' | 'declined'
}[]

/** Take part in a joint case no more; what was shared stays with who has it, under its conditions: what is given. */
export type JointLeaveInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** Why; it is told to the others. */
  readonly reason: string
}
/** Take part in a joint case no more; what was shared stays with who has it, under its conditions: what comes back. */
export type JointLeaveResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** The joint cases to which a case belongs: what is given. */
export type JointListInput = {
  /** The case. */
  readonly caseId: string
}
/** The joint cases to which a case belongs: what comes back. */
export type JointListResult = readonly {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The identifier of a record of this node. */
  readonly caseId: string
  readonly version: number
  /** The identifier of a record of this node. */
  readonly joint: string
  /** An agency by its id in the directory. */
  readonly leader: string
  readonly terms: {
    /** A task force, or a joint investigation team. */
    readonly kind: 'task-force' | 'jit'
    /** What it is called. */
    readonly title: string
    /** For what. */
    readonly purpose: string
    /** What is to be shared. */
    readonly shares: readonly ('document' | 'trace' | 'holding' | 'request' | 'task' | 'task-answer' | 'meeting')[]
    /** A day, as 2026-11-25. */
    readonly from: string
    /** A day, as 2026-11-25. */
    readonly until: string
    readonly agreement: string | null
    /** How data is handled. */
    readonly dataRules: string
    /** How evidence may be used. */
    readonly evidenceUse: string
    /** The provision of the own law on which it stands. */
    readonly legalBasis: string
  }
  /** Where it stands here. */
  readonly state: 'proposed' | 'active' | 'declined' | 'left' | 'ended' | 'withdrawn'
  readonly list: {
    readonly version: number
    readonly parties: readonly {
      /** An agency by its id in the directory. */
      readonly agency: string
      /** What it does in the joint case. */
      readonly role: string
      /** For what it takes part. */
      readonly purpose: string
      /** Where it stands. Who has gone stays in the list. */
      readonly state: 'invited' | 'accepted' | 'declined' | 'left' | 'removed'
    }[]
    readonly endedAt: string | null
    readonly reason: string | null
  }
  readonly drafted: readonly string[]
  readonly exchanges: {
    readonly [key: string]: string
  }
  readonly reasons: {
    readonly [key: string]: string
  }
  /** What is approved. */
  readonly digest: string
  readonly drafters: readonly string[]
  readonly approvals: readonly {
    /** The identifier of a record of this node. */
    readonly approverId: string
    readonly role: string
    /** An instant in UTC, as 2026-11-25T10:00:00Z. */
    readonly givenAt: string
    /** An instant in UTC, as 2026-11-25T10:00:00Z. */
    readonly expiresAt: string
    /** Of exactly this content, by somebody who may, and not lapsed. */
    readonly counts: boolean
  }[]
  readonly approval: {
    readonly needed: number
    readonly counted: number
    readonly enough: boolean
    /** The policies under which it is approved; part of the digest. */
    readonly policies: string
  }
  /** How an item may be used, and by whom. */
  readonly marking: {
    /** Traffic Light Protocol 2.0 */
    readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
    readonly audience: readonly string[]
    readonly needToKnow: boolean
    readonly protectedPerson: boolean
    /** The sender allows use beyond the stated purpose. */
    readonly onwardUse: boolean
    /** A handling code of the sender, as H1. */
    readonly handling?: string
  }
}[]

/** The meeting as a file for calendars (iCalendar): its invitation, its newest version, or that it was cancelled: what is given. */
export type JointMeetingCalendarInput = {
  /** The identifier of a record of this node. */
  readonly id: string
}
/** The meeting as a file for calendars (iCalendar): its invitation, its newest version, or that it was cancelled: what comes back. */
export type JointMeetingCalendarResult = {
  readonly name: string
  readonly mediaType: 'text/calendar; charset=utf-8'
  readonly text: string
}

/** What an invitation of a calendar (iCalendar) says, in the form of joint.meeting.set; nothing is kept: what is given. */
export type JointMeetingImportInput = {
  /** The file, as it is. */
  readonly text: string
}
/** What an invitation of a calendar (iCalendar) says, in the form of joint.meeting.set; nothing is kept: what comes back. */
export type JointMeetingImportResult = {
  readonly uid: string
  readonly method: string
  readonly sequence: number
  readonly title: string
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly start: string
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly end: string
  readonly zone: string
  readonly place: string | null
  readonly agenda: readonly string[]
  readonly participants: readonly {
    readonly name: string
    readonly mail: string | null
  }[]
}

/** Call a meeting of a joint case, change it, keep what was decided, or cancel it; its actions become tasks: what is given. */
export type JointMeetingSetInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The identifier of a record of this node. */
  readonly object?: string
  readonly meeting: {
    /** What it is about. */
    readonly title: string
    /** An instant in UTC, as 2026-11-25T10:00:00Z. */
    readonly start: string
    /** An instant in UTC, as 2026-11-25T10:00:00Z. */
    readonly end: string
    /** An IANA time zone, as Europe/Vienna. */
    readonly zone: string
    readonly place: string | null
    readonly agenda: readonly string[]
    readonly participants: readonly {
      /** An agency by its id in the directory. */
      readonly agency: string
      /** The name. */
      readonly name: string
      /** The function. */
      readonly role: string
      readonly mail: string | null
    }[]
    readonly decisions: readonly string[]
    readonly cancelled: boolean
  }
  /** What is to be done; each becomes a task. */
  readonly actions?: readonly {
    /** What is to be done. */
    readonly what: string
    readonly about: string | null
    /** An agency by its id in the directory. */
    readonly assignee: string
    /** Who of that agency, by function. */
    readonly personRole: string
    readonly due: string | null
    /** An IANA time zone, as Europe/Vienna. */
    readonly zone: string
  }[]
}
/** Call a meeting of a joint case, change it, keep what was decided, or cancel it; its actions become tasks: what comes back. */
export type JointMeetingSetResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
  /** The identifier of a record of this node. */
  readonly object: string
  readonly sentTo: readonly string[]
  readonly tasks: readonly string[]
}

/** Draft the invitation of another agency to a joint case that you lead; it is approved and sent like the first: what is given. */
export type JointMemberAddInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  readonly party: {
    /** An agency by its id in the directory. */
    readonly agency: string
    /** What it does in the joint case. */
    readonly role: string
    /** For what it takes part. */
    readonly purpose: string
  }
}
/** Draft the invitation of another agency to a joint case that you lead; it is approved and sent like the first: what comes back. */
export type JointMemberAddResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Take an agency out of a joint case that you lead; everybody is told: what is given. */
export type JointMemberRemoveInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** An agency by its id in the directory. */
  readonly agency: string
  /** Why; it is told to the others. */
  readonly reason: string
}
/** Take an agency out of a joint case that you lead; everybody is told: what comes back. */
export type JointMemberRemoveResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** What is shared in a joint case, by all who take part, as far as you may see it: what is given. */
export type JointObjectsInput = {
  /** The identifier of a record of this node. */
  readonly id: string
}
/** What is shared in a joint case, by all who take part, as far as you may see it: what comes back. */
export type JointObjectsResult = readonly {
  /** The identifier of a record of this node. */
  readonly id: string
  readonly version: number
  /** An agency by its id in the directory. */
  readonly owner: string
  /** The identifier of a record of this node. */
  readonly object: string
  readonly said: {
    readonly version: number
    /** An instant in UTC, as 2026-11-25T10:00:00Z. */
    readonly at: string
    readonly content: unknown | null
    readonly withdrawn: string | null
    /** The owner has said two things under one version. */
    readonly contradicted: boolean
  }
  readonly answered: string | null
  readonly proposals: readonly {
    /** The identifier of a record of this node. */
    readonly change: string
    /** An agency by its id in the directory. */
    readonly from: string
    readonly seen: number
    readonly content: unknown
    readonly reason: string
    readonly state: string
    readonly answer: string | null
  }[]
  readonly sentTo: {
    readonly [key: string]: number
  }
  readonly releasedBy: string | null
  readonly source: {
    readonly kind: string
    /** The identifier of a record of this node. */
    readonly id: string
  } | null
  /** What whoever has it may do with it. */
  readonly use: {
    readonly conditions: readonly {
      readonly code: string
      readonly until: string | null
      readonly text: string | null
    }[]
    /** Whether others may pass it on; forbidden where nothing is said. */
    readonly onward: 'forbidden' | 'with-consent' | 'allowed'
  }
  readonly origin: unknown | null
  /** How an item may be used, and by whom. */
  readonly marking: {
    /** Traffic Light Protocol 2.0 */
    readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
    readonly audience: readonly string[]
    readonly needToKnow: boolean
    readonly protectedPerson: boolean
    /** The sender allows use beyond the stated purpose. */
    readonly onwardUse: boolean
    /** A handling code of the sender, as H1. */
    readonly handling?: string
  }
}[]

/** Draft a joint case with other agencies; nothing is sent before it is approved: what is given. */
export type JointProposeInput = {
  /** The case. */
  readonly caseId: string
  readonly terms: {
    /** A task force, or a joint investigation team. */
    readonly kind: 'task-force' | 'jit'
    /** What it is called. */
    readonly title: string
    /** For what. */
    readonly purpose: string
    /** What is to be shared. */
    readonly shares: readonly ('document' | 'trace' | 'holding' | 'request' | 'task' | 'task-answer' | 'meeting')[]
    /** A day, as 2026-11-25. */
    readonly from: string
    /** A day, as 2026-11-25. */
    readonly until: string
    readonly agreement: string | null
    /** How data is handled. */
    readonly dataRules: string
    /** How evidence may be used. */
    readonly evidenceUse: string
    /** The provision of the own law on which it stands. */
    readonly legalBasis: string
  }
  /** What your agency does in it. */
  readonly own: {
    /** What it does in the joint case. */
    readonly role: string
    /** For what it takes part. */
    readonly purpose: string
  }
  /** Who is to be invited. */
  readonly parties: readonly {
    /** An agency by its id in the directory. */
    readonly agency: string
    /** What it does in the joint case. */
    readonly role: string
    /** For what it takes part. */
    readonly purpose: string
  }[]
  /** How an item may be used, and by whom. */
  readonly marking?: {
    /** Traffic Light Protocol 2.0 */
    readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
    readonly audience: readonly string[]
    readonly needToKnow: boolean
    readonly protectedPerson: boolean
    /** The sender allows use beyond the stated purpose. */
    readonly onwardUse: boolean
    /** A handling code of the sender, as H1. */
    readonly handling?: string
  }
}
/** Draft a joint case with other agencies; nothing is sent before it is approved: what comes back. */
export type JointProposeResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Read a joint case: its terms, who takes part, and what waits to be approved: what is given. */
export type JointReadInput = {
  /** The identifier of a record of this node. */
  readonly id: string
}
/** Read a joint case: its terms, who takes part, and what waits to be approved: what comes back. */
export type JointReadResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The identifier of a record of this node. */
  readonly caseId: string
  readonly version: number
  /** The identifier of a record of this node. */
  readonly joint: string
  /** An agency by its id in the directory. */
  readonly leader: string
  readonly terms: {
    /** A task force, or a joint investigation team. */
    readonly kind: 'task-force' | 'jit'
    /** What it is called. */
    readonly title: string
    /** For what. */
    readonly purpose: string
    /** What is to be shared. */
    readonly shares: readonly ('document' | 'trace' | 'holding' | 'request' | 'task' | 'task-answer' | 'meeting')[]
    /** A day, as 2026-11-25. */
    readonly from: string
    /** A day, as 2026-11-25. */
    readonly until: string
    readonly agreement: string | null
    /** How data is handled. */
    readonly dataRules: string
    /** How evidence may be used. */
    readonly evidenceUse: string
    /** The provision of the own law on which it stands. */
    readonly legalBasis: string
  }
  /** Where it stands here. */
  readonly state: 'proposed' | 'active' | 'declined' | 'left' | 'ended' | 'withdrawn'
  readonly list: {
    readonly version: number
    readonly parties: readonly {
      /** An agency by its id in the directory. */
      readonly agency: string
      /** What it does in the joint case. */
      readonly role: string
      /** For what it takes part. */
      readonly purpose: string
      /** Where it stands. Who has gone stays in the list. */
      readonly state: 'invited' | 'accepted' | 'declined' | 'left' | 'removed'
    }[]
    readonly endedAt: string | null
    readonly reason: string | null
  }
  readonly drafted: readonly string[]
  readonly exchanges: {
    readonly [key: string]: string
  }
  readonly reasons: {
    readonly [key: string]: string
  }
  /** What is approved. */
  readonly digest: string
  readonly drafters: readonly string[]
  readonly approvals: readonly {
    /** The identifier of a record of this node. */
    readonly approverId: string
    readonly role: string
    /** An instant in UTC, as 2026-11-25T10:00:00Z. */
    readonly givenAt: string
    /** An instant in UTC, as 2026-11-25T10:00:00Z. */
    readonly expiresAt: string
    /** Of exactly this content, by somebody who may, and not lapsed. */
    readonly counts: boolean
  }[]
  readonly approval: {
    readonly needed: number
    readonly counted: number
    readonly enough: boolean
    /** The policies under which it is approved; part of the digest. */
    readonly policies: string
  }
  /** How an item may be used, and by whom. */
  readonly marking: {
    /** Traffic Light Protocol 2.0 */
    readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
    readonly audience: readonly string[]
    readonly needToKnow: boolean
    readonly protectedPerson: boolean
    /** The sender allows use beyond the stated purpose. */
    readonly onwardUse: boolean
    /** A handling code of the sender, as H1. */
    readonly handling?: string
  }
}

/** Release something of a case to everybody who takes part in a joint case; again for its next version: what is given. */
export type JointReleaseInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** What is released. */
  readonly item:
    | {
        readonly kind: 'holding'
        /** An asset by its CAIP-19 id, or money of a State as iso4217:EUR. */
        readonly asset: string
        /** Base units, digits only. */
        readonly amount: string
        /** What has become of it. */
        readonly state: 'traced' | 'preserved' | 'frozen' | 'seized' | 'confiscated' | 'returned'
        /** Where it lies. */
        readonly where: string
        /** The identifier of a record of this node. */
        readonly object?: string
      }
    | {
        readonly kind: 'exhibit'
        /** The identifier of a record of this node. */
        readonly id: string
        /** What is said of it. */
        readonly says?: string
      }
    | {
        /** What it is. */
        readonly kind: 'statement' | 'trace' | 'request'
        /** The identifier of a record of this node. */
        readonly id: string
      }
  readonly conditions?: readonly {
    /** What the others may do with it. */
    readonly code:
      | 'INTEL_ONLY'
      | 'CONFIDENTIAL'
      | 'ONLY_STATED_PROCEEDING'
      | 'NO_THIRD_PARTY'
      | 'CONSENT_FOR_EVIDENCE'
      | 'EXCULPATORY_EXCEPTION'
      | 'REPORT_USE'
      | 'DELETE_BY'
      | 'SHOW_SUPPORT_INFO_NOT_TO_PROVIDER'
    readonly until: string | null
    readonly text: string | null
  }[]
  /** Whether others may pass it on; forbidden where nothing is said. */
  readonly onward?: 'forbidden' | 'with-consent' | 'allowed'
}
/** Release something of a case to everybody who takes part in a joint case; again for its next version: what comes back. */
export type JointReleaseResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
  /** The identifier of a record of this node. */
  readonly object: string
  readonly sentTo: readonly string[]
}

/** Release an object of yours, as it is, to those who take part now and have not had it: what is given. */
export type JointResendInput = {
  /** The identifier of a record of this node. */
  readonly id: string
}
/** Release an object of yours, as it is, to those who take part now and have not had it: what comes back. */
export type JointResendResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
  /** The identifier of a record of this node. */
  readonly object: string
  readonly sentTo: readonly string[]
}

/** Send the invitations that enough people have approved: what is given. */
export type JointSendInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** A SHA-256 digest, in hexadecimal. */
  readonly digest: string
}
/** Send the invitations that enough people have approved: what comes back. */
export type JointSendResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Accept or decline a task that was given to your agency, or say that it is done: what is given. */
export type JointTaskAnswerInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** What you say of it. */
  readonly answer: 'accepted' | 'declined' | 'in-progress' | 'done'
  readonly note: string | null
}
/** Accept or decline a task that was given to your agency, or say that it is done: what comes back. */
export type JointTaskAnswerResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
  /** The identifier of a record of this node. */
  readonly object: string
  readonly sentTo: readonly string[]
}

/** Give a task of a joint case to an agency that takes part, change it, or cancel it: what is given. */
export type JointTaskSetInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The identifier of a record of this node. */
  readonly object?: string
  readonly task: {
    /** What is to be done. */
    readonly what: string
    readonly about: string | null
    /** An agency by its id in the directory. */
    readonly assignee: string
    /** Who of that agency, by function. */
    readonly personRole: string
    readonly due: string | null
    /** An IANA time zone, as Europe/Vienna. */
    readonly zone: string
  }
  readonly cancelled?: boolean
}
/** Give a task of a joint case to an agency that takes part, change it, or cancel it: what comes back. */
export type JointTaskSetResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
  /** The identifier of a record of this node. */
  readonly object: string
  readonly sentTo: readonly string[]
}

/** Share an object of yours no more; the others are told, and what they have stays under its conditions: what is given. */
export type JointWithdrawInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** Why; it is told to the others. */
  readonly reason: string
}
/** Share an object of yours no more; the others are told, and what they have stays under its conditions: what comes back. */
export type JointWithdrawResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
  /** The identifier of a record of this node. */
  readonly object: string
  readonly sentTo: readonly string[]
}

/** List the events of the audit vocabulary, each with what it says: what is given. */
export type JournalEventsInput = Record<string, never>
/** List the events of the audit vocabulary, each with what it says: what comes back. */
export type JournalEventsResult = {
  readonly items: readonly {
    readonly name: string
    readonly meaning: string
  }[]
}

/** Read the journal as an auditor: every act, who did it and in which case, without its contents: what is given. */
export type JournalReadInput = {
  /** The last index that was read. */
  readonly after?: number
  /** Newest first, from before this index. */
  readonly before?: number
  readonly limit?: number
  /** UTC, as 2026-11-25T10:00:00Z. */
  readonly from?: string
  /** UTC, as 2026-11-25T10:00:00Z. */
  readonly to?: string
  /** An event, or a family of them. */
  readonly event?: string
  readonly caseId?: string
  /** The person or machine who acted. */
  readonly by?: string
}
/** Read the journal as an auditor: every act, who did it and in which case, without its contents: what comes back. */
export type JournalReadResult = {
  readonly items: readonly {
    readonly index: number | null
    readonly id: string
    readonly at: string
    readonly event: string
    readonly of: string
    readonly by: string | null
    readonly role: string | null
    readonly caseId: string | null
    readonly about: string | null
  }[]
  readonly next: number | null
}

/** Confirm, as the second person who was present, an act on keys: what is given. */
export type KeyControlConfirmInput = {
  /** The case. */
  readonly caseId: string
  /** The proposal. */
  readonly proposalId: string
}
/** Confirm, as the second person who was present, an act on keys: what comes back. */
export type KeyControlConfirmResult = {
  readonly exhibitId: string
  readonly seq: number
  readonly act: string
  readonly state: string
  readonly digest: string
}

/** List the acts on keys that wait for their witness, so that the witness reads what is to be confirmed: what is given. */
export type KeyControlListInput = {
  /** The case. */
  readonly caseId: string
}
/** List the acts on keys that wait for their witness, so that the witness reads what is to be confirmed: what comes back. */
export type KeyControlListResult = readonly {
  readonly proposalId: string
  /** The exhibit. */
  readonly exhibitId: string
  readonly act: 'control-key' | 'move-coins'
  /** A person of this node. */
  readonly proposedBy: string
  readonly proposedAt: string
  /** A person of this node. */
  readonly witness: string
  readonly authority: string
  readonly place: string
  readonly began: string
  readonly ended: string
  readonly method: string
  readonly remarks: string | null
  readonly condition: string | null
  readonly chainTx: {
    /** The network. */
    readonly network: string
    /** The transaction. */
    readonly txid: string
    readonly from: readonly string[]
    readonly to: readonly string[]
    /** In the smallest unit of the asset; never a fiat value. */
    readonly amountBaseUnits: string
    /** Null while unconfirmed. */
    readonly blockHeight: number | null
    readonly confirmations: number
  } | null
}[]

/** Propose an act on keys, for the second person who is present to confirm: what is given. */
export type KeyControlProposeInput = Record<string, never>
/** Propose an act on keys, for the second person who is present to confirm: what comes back. */
export type KeyControlProposeResult = {
  readonly proposalId: string
  readonly version: number
}

/** List the API keys of the node: what is given. */
export type KeyListInput = {
  readonly after?: string
  readonly limit?: number
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
  /** Why; kept in the journal. */
  readonly reason?: string
}
/** Revoke an API key, at once: what comes back. */
export type KeyRevokeResult = {
  readonly id: string
  readonly version: number
}

/** What the ledger beside the node has of an address, for a case: movements, tags, red flag indicators: what is given. */
export type LedgerAddressInput = {
  /** The identifier of a record of this node. */
  readonly caseId: string
  /** A chain by its CAIP-2 id. */
  readonly chain: string
  /** As people write it; checked before it is looked up. */
  readonly address: string
}
/** What the ledger beside the node has of an address, for a case: movements, tags, red flag indicators: what comes back. */
export type LedgerAddressResult = {
  /** A chain by its CAIP-2 id. */
  readonly chain: string
  readonly address: string
  readonly balances: readonly {
    readonly asset: string
    /** Base units of the asset, in digits. */
    readonly amount: string
  }[]
  readonly movements: readonly {
    readonly txid: string
    /** Of outputs: the number of the output or input. Of accounts: the place in the transaction. */
    readonly place: string
    readonly direction: 'in' | 'out'
    readonly asset: string
    /** Base units of the asset, in digits. */
    readonly amount: string
    readonly other: string | null
    readonly height: number
    readonly time: number | null
  }[]
  /** There are older movements than are shown. */
  readonly isCut: boolean
  /** The ledger holds every block up to its tip, and every movement was read. */
  readonly whole: boolean
  readonly tags: readonly {
    readonly label: string
    readonly source: string
    readonly category: string | null
    readonly confidence: string | null
  }[]
  readonly indicators: {
    readonly notice: string
    readonly fired: readonly {
      readonly id: string
      readonly page: number | null
      readonly text: string
      readonly verified: string
      readonly says: string
      readonly txids: readonly string[]
      readonly questions: readonly {
        readonly question: string
        readonly answer: string
      }[]
    }[]
    readonly notFired: readonly {
      readonly id: string
      readonly page: number | null
      readonly text: string
      readonly verified: string
      readonly why: string
    }[]
    readonly notChecked: readonly {
      readonly id: string
      readonly page: number | null
      readonly text: string
      readonly verified: string
      readonly why: string
    }[]
  }
}

/** What the ledger beside the node holds, and by which rules it traces: what is given. */
export type LedgerReadInput = Record<string, never>
/** What the ledger beside the node holds, and by which rules it traces: what comes back. */
export type LedgerReadResult = {
  /** false: no ledger is beside this node, and traces come by their files. */
  readonly present: boolean
  readonly chains: readonly {
    /** A chain by its CAIP-2 id. */
    readonly chain: string
    readonly family: 'utxo' | 'account'
    readonly tip: {
      readonly height: number
      readonly time: number | null
    } | null
    readonly transactions: number
    readonly complete: readonly {
      readonly from: number
      readonly to: number
    }[]
  }[]
  readonly rules: {
    readonly utxo: readonly string[]
    readonly account: readonly string[]
  }
}

/** Trace value in the ledger beside the node, for a case: the record, which the case does not keep yet: what is given. */
export type LedgerTraceInput = {
  /** The identifier of a record of this node. */
  readonly caseId: string
  /** A chain by its CAIP-2 id. */
  readonly chain: string
  /** The id of a rule, as ledger.read lists it. */
  readonly rule: string
  /** Where traced value starts: TXID:VOUT[=AMOUNT][@LABEL]; on chains of accounts ADDRESS[=AMOUNT][@LABEL] or TXID#PLACE[=AMOUNT][@LABEL]. */
  readonly from: readonly string[]
  /** To where the value came from. */
  readonly backward?: boolean
  /** Stop at addresses that carry the tag of a service. */
  readonly stopAtTags?: boolean
  /** Stop before CoinJoins, as the default rules find them. */
  readonly stopAtCoinJoin?: boolean
  /** Follow at most so many transactions in a row. */
  readonly maxHops?: number
  /** Walk at most so many transactions; absent: 100,000. */
  readonly maxTransactions?: number
  /** Chains of accounts: in which asset it starts, as CAIP-19; absent: all. */
  readonly asset?: string
}
/** Trace value in the ledger beside the node, for a case: the record, which the case does not keep yet: what comes back. */
export type LedgerTraceResult = {
  /** The trace record, as the file that the trace wrote. */
  readonly record: string
}

/** Whether a request would be admissible, before it is sent: what stops it and what a person must decide: what is given. */
export type LegalCheckInput = {
  /** The instrument, by its id in the packs. */
  readonly instrument: string
  /** The type of request, by its id in the pack, as FREEZE.REQUEST. */
  readonly requestType: string
  /** A country by its ISO 3166-1 code. */
  readonly from: string
  /** A country by its ISO 3166-1 code. */
  readonly to: string
  /** The offence by its code in the packs, as ransomware. */
  readonly offence: string
  /** The ground of urgency, as IMMINENT_DISSIPATION. */
  readonly urgency?: string
  /** The role of an authority. */
  readonly issuer:
    | 'central-authority'
    | 'issuing-authority'
    | 'executing-authority'
    | 'judge'
    | 'court'
    | 'investigating-judge'
    | 'prosecutor'
    | 'police'
    | 'contact-24-7'
    | 'fiu'
    | 'asset-recovery-office'
    | 'asset-management-office'
    | 'interpol-ncb'
    | 'network-contact'
    | 'attorney-general'
    | 'service-provider'
    | 'obliged-entity'
    | 'state'
  /** The role of an authority. */
  readonly validator?:
    | 'central-authority'
    | 'issuing-authority'
    | 'executing-authority'
    | 'judge'
    | 'court'
    | 'investigating-judge'
    | 'prosecutor'
    | 'police'
    | 'contact-24-7'
    | 'fiu'
    | 'asset-recovery-office'
    | 'asset-management-office'
    | 'interpol-ncb'
    | 'network-contact'
    | 'attorney-general'
    | 'service-provider'
    | 'obliged-entity'
    | 'state'
  /** Maximum penalty in the country that asks, in months. */
  readonly maxPenaltyMonths?: number
  readonly use: {
    /** In other proceedings than those stated. */
    readonly otherProceedings: boolean
    /** To be passed on to others. */
    readonly passOn: boolean
    /** As evidence in court. */
    readonly asEvidence: boolean
    /** The other State has consented to that use. */
    readonly consent: boolean
  }
  /** The fields of the form of the instrument, each under its path, as persons[0].natural.surname. */
  readonly data: {
    readonly [key: string]: string | boolean | number
  }
  /** The day for which the law is asked. */
  readonly on?: string
}
/** Whether a request would be admissible, before it is sent: what stops it and what a person must decide: what comes back. */
export type LegalCheckResult = {
  /** Nothing stops it. Whether it is granted is for the other State. */
  readonly admissible: boolean
  readonly instrument: {
    readonly id: string
    readonly short: string
    readonly version: string
    /** How well it was read: in the text (verified), in a secondary source, or from memory (unverified). */
    readonly verified: 'verified' | 'secondary' | 'unverified'
  }
  readonly flaws: readonly {
    readonly code: string
    /** stops: it must not be sent so. warns: a person decides. */
    readonly weight: 'stops' | 'warns'
    readonly path: string
    readonly message: string
    readonly fix: string
    readonly article: string
    /** How well it was read: in the text (verified), in a secondary source, or from memory (unverified). */
    readonly verified: 'verified' | 'secondary' | 'unverified'
  }[]
}

/** Name the codes of the packs in a language: measures, urgencies, grounds, conditions of use, each with its article: what is given. */
export type LegalCodesInput = {
  /** The language of names; en where nothing is said. */
  readonly language?: 'en' | 'fr' | 'es' | 'de' | 'ar' | 'zh'
}
/** Name the codes of the packs in a language: measures, urgencies, grounds, conditions of use, each with its article: what comes back. */
export type LegalCodesResult = readonly {
  readonly group: string
  readonly label: string
  readonly codes: readonly {
    readonly code: string
    readonly label: string
    readonly article: string
    /** How well it was read: in the text (verified), in a secondary source, or from memory (unverified). */
    readonly verified: 'verified' | 'secondary' | 'unverified'
    readonly need: string | null
  }[]
}[]

/** Compute when a period of an instrument has run out, step by step; only a verified rule gives a date: what is given. */
export type LegalDeadlineInput = {
  /** The deadline by its id in the packs, as R1805-9-3a. */
  readonly rule: string
  /** When the event happened. */
  readonly trigger: string
  /** What happened then; the event from which the rule runs, where nothing is said. */
  readonly event?:
    | 'receivedByNodeAt'
    | 'receivedByCompetentAt'
    | 'forwardedAt'
    | 'orderedAt'
    | 'decidedAt'
    | 'executedAt'
    | 'preservedAt'
    | 'servedAt'
    | 'notifiedAt'
    | 'reportedAt'
    | 'suspendedAt'
    | 'seizedAt'
    | 'awareAt'
    | 'appliedAt'
    | 'adoptedAt'
    | 'depositedAt'
    | 'eventAt'
  /** A country by its ISO 3166-1 code. */
  readonly country: string
  /** The time zone of the authority that must act; the first of its country, where nothing is said. */
  readonly zone?: string
  /** Whose duty it is; ours where nothing is said. */
  readonly side?: 'ours' | 'theirs'
  /** The ground of urgency, as IMMINENT_DISSIPATION. */
  readonly urgency?: string
  /** When the period was extended. */
  readonly extendedAt?: string
  readonly suspended?: readonly {
    /** Since when it stood still. */
    readonly from: string
    /** Until when. */
    readonly to: string
  }[]
  /** The day for which the law is asked. */
  readonly on?: string
}
/** Compute when a period of an instrument has run out, step by step; only a verified rule gives a date: what comes back. */
export type LegalDeadlineResult = {
  readonly rule: string
  readonly article: string
  /** How well it was read: in the text (verified), in a secondary source, or from memory (unverified). */
  readonly verified: 'verified' | 'secondary' | 'unverified'
  readonly kind: string
  /** Only a date is one; the others remind. */
  readonly nature: 'date' | 'reminder' | 'target'
  readonly binding: boolean
  readonly due: string | null
  readonly dueLocal: {
    readonly text: string
    readonly zone: string
  } | null
  readonly readings: {
    readonly earliest: string
    readonly latest: string
  } | null
  readonly steps: readonly {
    readonly text: string
    readonly article: string
    /** How well it was read: in the text (verified), in a secondary source, or from memory (unverified). */
    readonly verified: 'verified' | 'secondary' | 'unverified'
  }[]
  readonly onExpiry: {
    readonly effect: string
    readonly text: string
    readonly article: string
    /** How well it was read: in the text (verified), in a secondary source, or from memory (unverified). */
    readonly verified: 'verified' | 'secondary' | 'unverified'
  }
  readonly extension: {
    readonly text: string
    readonly article: string
    /** How well it was read: in the text (verified), in a secondary source, or from memory (unverified). */
    readonly verified: 'verified' | 'secondary' | 'unverified'
    /** Whether the date moves by it; otherwise it is kept, and reminds. */
    readonly moves: boolean
  } | null
  readonly suspension: {
    readonly text: string
    readonly article: string
    /** How well it was read: in the text (verified), in a secondary source, or from memory (unverified). */
    readonly verified: 'verified' | 'secondary' | 'unverified'
    /** Whether the date moves by it; otherwise it is kept, and reminds. */
    readonly moves: boolean
  } | null
  readonly reminders: readonly {
    readonly at: string
    readonly why: string
  }[]
  readonly caveats: readonly string[]
  readonly calendar: {
    readonly jurisdiction: string
    readonly version: string
  } | null
  readonly instrument: {
    readonly id: string
    readonly short: string
    readonly version: string
  }
}

/** Whether both countries must punish the conduct for a request, and what shows that they do: what is given. */
export type LegalDualCriminalityInput = {
  /** The instrument, by its id in the packs. */
  readonly instrument: string
  /** The type of request, by its id in the pack, as FREEZE.REQUEST. */
  readonly requestType: string
  /** A country by its ISO 3166-1 code. */
  readonly from: string
  /** A country by its ISO 3166-1 code. */
  readonly to: string
  /** The offence by its code in the packs, as ransomware. */
  readonly offence: string
  /** Maximum penalty in the country that asks, in months. */
  readonly maxPenaltyMonths?: number
  /** The day for which the law is asked. */
  readonly on?: string
}
/** Whether both countries must punish the conduct for a request, and what shows that they do: what comes back. */
export type LegalDualCriminalityResult = {
  /** to-test: a lawyer must compare the conduct. */
  readonly answer: 'not-asked' | 'met' | 'to-test'
  readonly mayRefuse: boolean
  readonly conduct: string
  readonly elements: readonly string[]
  readonly reasons: readonly {
    readonly text: string
    readonly article: string
    /** How well it was read: in the text (verified), in a secondary source, or from memory (unverified). */
    readonly verified: 'verified' | 'secondary' | 'unverified'
  }[]
  readonly instrument: {
    readonly id: string
    readonly short: string
    readonly version: string
  }
  readonly requestType: string
  /** How well it was read: in the text (verified), in a secondary source, or from memory (unverified). */
  readonly verified: 'verified' | 'secondary' | 'unverified'
}

/** Read the form of a request: its sections and fields, with their names in a language and their articles: what is given. */
export type LegalFormInput = {
  /** The instrument, by its id in the packs. */
  readonly instrument: string
  /** The type of request, by its id in the pack, as FREEZE.REQUEST. */
  readonly requestType: string
  /** The language of names; en where nothing is said. */
  readonly language?: 'en' | 'fr' | 'es' | 'de' | 'ar' | 'zh'
  /** The day for which the law is asked. */
  readonly on?: string
}
/** Read the form of a request: its sections and fields, with their names in a language and their articles: what comes back. */
export type LegalFormResult = {
  readonly instrument: string
  readonly version: string
  readonly requestType: string
  readonly form: string
  readonly label: string
  readonly article: string
  /** How well it was read: in the text (verified), in a secondary source, or from memory (unverified). */
  readonly verified: 'verified' | 'secondary' | 'unverified'
  readonly sections: readonly {
    readonly id: string
    readonly label: string
    readonly fields: readonly {
      readonly path: string
      readonly label: string
      readonly kind: string
      readonly required: boolean
      readonly article: string
      readonly codes:
        | readonly {
            readonly code: string
            readonly label: string
          }[]
        | null
      readonly when: {
        readonly path: string
        readonly is: readonly (string | boolean)[]
      } | null
      readonly entryNeeded: boolean
    }[]
  }[]
}

/** List the red flag indicators by their ids and pages; each is an assessment and never a fact: what is given. */
export type LegalIndicatorsInput = Record<string, never>
/** List the red flag indicators by their ids and pages; each is an assessment and never a fact: what comes back. */
export type LegalIndicatorsResult = readonly {
  readonly id: string
  readonly version: string
  /** How well it was read: in the text (verified), in a secondary source, or from memory (unverified). */
  readonly verified: 'verified' | 'secondary' | 'unverified'
  readonly source: readonly {
    readonly address: string
    readonly read: string
    readonly what?: string
  }[]
  readonly note: string | null
  readonly warning: string
  readonly sections: readonly {
    readonly id: string
    readonly title: string
    readonly page: number | null
    readonly verified: 'verified' | 'secondary' | 'unverified'
  }[]
  readonly indicators: readonly {
    readonly id: string
    readonly section: string
    readonly page: number | null
    readonly text: string
    readonly verified: 'verified' | 'secondary' | 'unverified'
  }[]
}[]

/** List the instruments of the packs, with their requests, their deadlines and how well each was read: what is given. */
export type LegalInstrumentsInput = {
  /** The day for which the law is asked. */
  readonly on?: string
  /** The language of names; en where nothing is said. */
  readonly language?: 'en' | 'fr' | 'es' | 'de' | 'ar' | 'zh'
}
/** List the instruments of the packs, with their requests, their deadlines and how well each was read: what comes back. */
export type LegalInstrumentsResult = readonly {
  readonly id: string
  readonly version: string
  /** How well it was read: in the text (verified), in a secondary source, or from memory (unverified). */
  readonly verified: 'verified' | 'secondary' | 'unverified'
  readonly source: readonly {
    readonly address: string
    readonly read: string
    readonly what?: string
  }[]
  readonly note: string | null
  readonly short: string
  readonly title: string
  readonly force: string
  readonly status: {
    readonly state: 'in-force' | 'not-in-force' | 'unknown'
    readonly since: string | null
    readonly text: string
    readonly article: string
    readonly verified: 'verified' | 'secondary' | 'unverified'
  }
  readonly effective: {
    readonly from: string
    readonly to: string | null
  }
  readonly requestTypes: readonly {
    readonly id: string
    readonly title: string
    readonly article: string
    /** How well it was read: in the text (verified), in a secondary source, or from memory (unverified). */
    readonly verified: 'verified' | 'secondary' | 'unverified'
    readonly needs: readonly string[]
    readonly form: string | null
    readonly coercive: boolean
    readonly yields: string
    readonly issuers: readonly string[]
    readonly receiver: string
    readonly urgency: readonly string[]
  }[]
  readonly deadlines: readonly {
    readonly id: string
    readonly requestTypes: readonly string[]
    readonly duty: string
    readonly trigger: string
    readonly article: string
    /** How well it was read: in the text (verified), in a secondary source, or from memory (unverified). */
    readonly verified: 'verified' | 'secondary' | 'unverified'
    /** Only a verified rule may give a date that binds. */
    readonly binding: boolean
  }[]
  readonly provisions: readonly {
    readonly topic: string
    readonly code: string | null
    readonly text: string
    readonly article: string
    /** How well it was read: in the text (verified), in a secondary source, or from memory (unverified). */
    readonly verified: 'verified' | 'secondary' | 'unverified'
  }[]
  readonly grounds: readonly {
    readonly code: string
    readonly label: string
    readonly kind: string
    readonly article: string
    /** How well it was read: in the text (verified), in a secondary source, or from memory (unverified). */
    readonly verified: 'verified' | 'secondary' | 'unverified'
    readonly text: string | null
    /** mandatory, optional, or excluded: no ground under it. */
    readonly strength: string
    /** None: of every request under it. */
    readonly requestTypes: readonly string[]
  }[]
}[]

/** List the countries of the packs: authorities, treaties, languages, zones, and which calendar counts: what is given. */
export type LegalJurisdictionsInput = {
  /** The language of names; en where nothing is said. */
  readonly language?: 'en' | 'fr' | 'es' | 'de' | 'ar' | 'zh'
}
/** List the countries of the packs: authorities, treaties, languages, zones, and which calendar counts: what comes back. */
export type LegalJurisdictionsResult = readonly {
  readonly id: string
  readonly version: string
  /** How well it was read: in the text (verified), in a secondary source, or from memory (unverified). */
  readonly verified: 'verified' | 'secondary' | 'unverified'
  readonly source: readonly {
    readonly address: string
    readonly read: string
    readonly what?: string
  }[]
  readonly note: string | null
  readonly code: string
  readonly title: string
  readonly zones: readonly string[]
  readonly weekend: readonly number[]
  readonly calendar: {
    readonly version: string
    /** How well it was read: in the text (verified), in a secondary source, or from memory (unverified). */
    readonly verified: 'verified' | 'secondary' | 'unverified'
  } | null
  readonly languages: readonly {
    readonly language: string
    readonly text: string
    readonly verified: 'verified' | 'secondary' | 'unverified'
  }[]
  readonly authorities: readonly {
    readonly role:
      | 'central-authority'
      | 'issuing-authority'
      | 'executing-authority'
      | 'judge'
      | 'court'
      | 'investigating-judge'
      | 'prosecutor'
      | 'police'
      | 'contact-24-7'
      | 'fiu'
      | 'asset-recovery-office'
      | 'asset-management-office'
      | 'interpol-ncb'
      | 'network-contact'
      | 'attorney-general'
      | 'service-provider'
      | 'obliged-entity'
      | 'state'
    readonly name: string
    readonly text?: string
    readonly verified: 'verified' | 'secondary' | 'unverified'
  }[]
  readonly parties: readonly {
    readonly instrument: string
    readonly state: 'party' | 'signatory' | 'not-party' | 'unknown'
    readonly text?: string
    readonly verified: 'verified' | 'secondary' | 'unverified'
  }[]
  readonly tracing: readonly {
    readonly rule: string
    readonly authority: string
    readonly text: string
    readonly verified: 'verified' | 'secondary' | 'unverified'
  }[]
  readonly evidence: readonly {
    readonly text: string
    readonly authority: string
    readonly verified: 'verified' | 'secondary' | 'unverified'
  }[]
  readonly retention: readonly {
    readonly what: string
    readonly text: string
    readonly years: number | null
    readonly article: string
    readonly verified: 'verified' | 'secondary' | 'unverified'
  }[]
}[]

/** List the offences of the packs by conduct, and where treaties list them: what is given. */
export type LegalOffencesInput = {
  /** The language of names; en where nothing is said. */
  readonly language?: 'en' | 'fr' | 'es' | 'de' | 'ar' | 'zh'
}
/** List the offences of the packs by conduct, and where treaties list them: what comes back. */
export type LegalOffencesResult = readonly {
  readonly id: string
  readonly version: string
  /** How well it was read: in the text (verified), in a secondary source, or from memory (unverified). */
  readonly verified: 'verified' | 'secondary' | 'unverified'
  readonly source: readonly {
    readonly address: string
    readonly read: string
    readonly what?: string
  }[]
  readonly note: string | null
  readonly lists: readonly {
    readonly id: string
    readonly name: string
    readonly criminalises: string | null
    readonly article: string
    readonly verified: 'verified' | 'secondary' | 'unverified'
    readonly entries: readonly {
      readonly id: string
      readonly text: string
      readonly verified: 'verified' | 'secondary' | 'unverified'
    }[]
  }[]
  readonly offences: readonly {
    readonly code: string
    readonly title: string
    readonly conduct: string
    readonly elements: readonly string[]
    readonly maps: readonly {
      readonly list: string
      readonly entries: readonly string[]
      readonly text?: string
      readonly verified: 'verified' | 'secondary' | 'unverified'
    }[]
  }[]
}[]

/** Who may ask whom under which instrument, the best way first, each with its reasons and articles: what is given. */
export type LegalRoutesInput = {
  /** A country by its ISO 3166-1 code. */
  readonly from: string
  /** A country by its ISO 3166-1 code. */
  readonly to: string
  /** What is needed, as freeze; or a measure code, as FREEZE_SPECIFIC. */
  readonly need: string
  /** The offence by its code in the packs, as ransomware. */
  readonly offence: string
  /** The ground of urgency, as IMMINENT_DISSIPATION. */
  readonly urgency?: string
  /** Maximum penalty in the country that asks, in months. */
  readonly maxPenaltyMonths?: number
  /** The role of an authority. */
  readonly issuer?:
    | 'central-authority'
    | 'issuing-authority'
    | 'executing-authority'
    | 'judge'
    | 'court'
    | 'investigating-judge'
    | 'prosecutor'
    | 'police'
    | 'contact-24-7'
    | 'fiu'
    | 'asset-recovery-office'
    | 'asset-management-office'
    | 'interpol-ncb'
    | 'network-contact'
    | 'attorney-general'
    | 'service-provider'
    | 'obliged-entity'
    | 'state'
  /** The day for which the law is asked. */
  readonly on?: string
}
/** Who may ask whom under which instrument, the best way first, each with its reasons and articles: what comes back. */
export type LegalRoutesResult = {
  readonly from: string
  readonly to: string
  readonly need: string
  readonly offence: string
  readonly routes: readonly {
    readonly instrument: {
      readonly id: string
      readonly short: string
      readonly version: string
    }
    readonly requestType: string
    readonly article: string
    /** How well it was read: in the text (verified), in a secondary source, or from memory (unverified). */
    readonly verified: 'verified' | 'secondary' | 'unverified'
    readonly yields: string
    readonly coercive: boolean
    readonly issuers: readonly string[]
    readonly validators: readonly string[]
    readonly receiver: {
      readonly role: string
      readonly names: readonly string[]
    }
    readonly form: string | null
    readonly deadlines: readonly {
      readonly id: string
      readonly article: string
      readonly binding: boolean
      readonly text: string
    }[]
    readonly useConditions: readonly {
      readonly text: string
      readonly article: string
      /** How well it was read: in the text (verified), in a secondary source, or from memory (unverified). */
      readonly verified: 'verified' | 'secondary' | 'unverified'
    }[]
    readonly dualCriminality: {
      /** to-test: a lawyer must compare the conduct. */
      readonly answer: 'not-asked' | 'met' | 'to-test'
      readonly mayRefuse: boolean
      readonly conduct: string
      readonly elements: readonly string[]
      readonly reasons: readonly {
        readonly text: string
        readonly article: string
        /** How well it was read: in the text (verified), in a secondary source, or from memory (unverified). */
        readonly verified: 'verified' | 'secondary' | 'unverified'
      }[]
    }
    readonly reasons: readonly {
      readonly text: string
      readonly article: string
      /** How well it was read: in the text (verified), in a secondary source, or from memory (unverified). */
      readonly verified: 'verified' | 'secondary' | 'unverified'
    }[]
    readonly obstacles: readonly {
      readonly code: string
      readonly text: string
      readonly article: string
      /** How well it was read: in the text (verified), in a secondary source, or from memory (unverified). */
      readonly verified: 'verified' | 'secondary' | 'unverified'
    }[]
    readonly open: readonly string[]
  }[]
  readonly meanwhile: readonly {
    readonly instrument: {
      readonly id: string
      readonly short: string
      readonly version: string
    }
    readonly requestType: string
    readonly article: string
    /** How well it was read: in the text (verified), in a secondary source, or from memory (unverified). */
    readonly verified: 'verified' | 'secondary' | 'unverified'
    readonly yields: string
    readonly coercive: boolean
    readonly issuers: readonly string[]
    readonly validators: readonly string[]
    readonly receiver: {
      readonly role: string
      readonly names: readonly string[]
    }
    readonly form: string | null
    readonly deadlines: readonly {
      readonly id: string
      readonly article: string
      readonly binding: boolean
      readonly text: string
    }[]
    readonly useConditions: readonly {
      readonly text: string
      readonly article: string
      /** How well it was read: in the text (verified), in a secondary source, or from memory (unverified). */
      readonly verified: 'verified' | 'secondary' | 'unverified'
    }[]
    readonly dualCriminality: {
      /** to-test: a lawyer must compare the conduct. */
      readonly answer: 'not-asked' | 'met' | 'to-test'
      readonly mayRefuse: boolean
      readonly conduct: string
      readonly elements: readonly string[]
      readonly reasons: readonly {
        readonly text: string
        readonly article: string
        /** How well it was read: in the text (verified), in a secondary source, or from memory (unverified). */
        readonly verified: 'verified' | 'secondary' | 'unverified'
      }[]
    }
    readonly reasons: readonly {
      readonly text: string
      readonly article: string
      /** How well it was read: in the text (verified), in a secondary source, or from memory (unverified). */
      readonly verified: 'verified' | 'secondary' | 'unverified'
    }[]
    readonly obstacles: readonly {
      readonly code: string
      readonly text: string
      readonly article: string
      /** How well it was read: in the text (verified), in a secondary source, or from memory (unverified). */
      readonly verified: 'verified' | 'secondary' | 'unverified'
    }[]
    readonly open: readonly string[]
  }[]
  readonly closed: readonly {
    readonly instrument: {
      readonly id: string
      readonly short: string
      readonly version: string
    }
    readonly requestType: string
    readonly article: string
    /** How well it was read: in the text (verified), in a secondary source, or from memory (unverified). */
    readonly verified: 'verified' | 'secondary' | 'unverified'
    readonly yields: string
    readonly coercive: boolean
    readonly issuers: readonly string[]
    readonly validators: readonly string[]
    readonly receiver: {
      readonly role: string
      readonly names: readonly string[]
    }
    readonly form: string | null
    readonly deadlines: readonly {
      readonly id: string
      readonly article: string
      readonly binding: boolean
      readonly text: string
    }[]
    readonly useConditions: readonly {
      readonly text: string
      readonly article: string
      /** How well it was read: in the text (verified), in a secondary source, or from memory (unverified). */
      readonly verified: 'verified' | 'secondary' | 'unverified'
    }[]
    readonly dualCriminality: {
      /** to-test: a lawyer must compare the conduct. */
      readonly answer: 'not-asked' | 'met' | 'to-test'
      readonly mayRefuse: boolean
      readonly conduct: string
      readonly elements: readonly string[]
      readonly reasons: readonly {
        readonly text: string
        readonly article: string
        /** How well it was read: in the text (verified), in a secondary source, or from memory (unverified). */
        readonly verified: 'verified' | 'secondary' | 'unverified'
      }[]
    }
    readonly reasons: readonly {
      readonly text: string
      readonly article: string
      /** How well it was read: in the text (verified), in a secondary source, or from memory (unverified). */
      readonly verified: 'verified' | 'secondary' | 'unverified'
    }[]
    readonly obstacles: readonly {
      readonly code: string
      readonly text: string
      readonly article: string
      /** How well it was read: in the text (verified), in a secondary source, or from memory (unverified). */
      readonly verified: 'verified' | 'secondary' | 'unverified'
    }[]
    readonly open: readonly string[]
  }[]
}

/** Take back that a link between chains was rejected, with the reason; the rejection stays on record: what is given. */
export type LinkReadmitInput = {
  /** The id of the link, as records of traces name it. */
  readonly link: string
  /** Why. */
  readonly reason: string
}
/** Take back that a link between chains was rejected, with the reason; the rejection stays on record: what comes back. */
export type LinkReadmitResult = {
  /** The rejections that were taken back. */
  readonly ids: readonly string[]
}

/** Reject a link between chains, with the reason: every trace that goes over it says so, in whatever case: what is given. */
export type LinkRejectInput = {
  /** The id of the link, as records of traces name it. */
  readonly link: string
  /** Why. */
  readonly reason: string
}
/** Reject a link between chains, with the reason: every trace that goes over it says so, in whatever case: what comes back. */
export type LinkRejectResult = {
  /** The identifier of a record of this node. */
  readonly id: string
}

/** The journals of members that told two stories, each with its proof: what is given. */
export type MemberForksInput = Record<string, never>
/** The journals of members that told two stories, each with its proof: what comes back. */
export type MemberForksResult = {
  readonly forks: readonly {
    /** A SHA-256 digest, in hexadecimal. */
    readonly id: string
    /** A member of the directory, by its id. */
    readonly agency: string
    /** An instant in UTC, as 2026-11-25T10:00:00Z. */
    readonly at: string
    /** The signed statement with both checkpoints, base64. */
    readonly statement: string
  }[]
}

/** The members of the directory, and with whom a new exchange may begin now: what is given. */
export type MemberListInput = Record<string, never>
/** The members of the directory, and with whom a new exchange may begin now: what comes back. */
export type MemberListResult = {
  readonly me: string | null
  readonly members: readonly {
    /** A member of the directory, by its id. */
    readonly id: string
    readonly name: string
    readonly country: string
    readonly kind:
      | 'prosecutor'
      | 'fiu'
      | 'police'
      | 'court'
      | 'aro'
      | 'central-authority'
      | 'vasp'
      | 'analytics'
      | 'auditor'
      | 'other'
    readonly roles: readonly string[]
    /** active or suspended */
    readonly status: string
    readonly contact: {
      readonly hours: string
      readonly languages: readonly string[]
      readonly dutyLine: string
    }
    readonly scopes: readonly {
      /** A family of messages, as freeze.*. */
      readonly messages: string
      readonly send: boolean
      readonly receive: boolean
    }[]
    readonly keys: readonly {
      /** The id of a key. */
      readonly id: string
      /** An instant in UTC, as 2026-11-25T10:00:00Z. */
      readonly from: string
      readonly until: string | null
    }[]
    /** Whether a new exchange may begin with it now. */
    readonly mayOpen: boolean
    readonly because: string | null
  }[]
}

/** Approve a message; the approval goes with it, and its receiver can check it: what is given. */
export type MessageApproveInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** A SHA-256 digest, in hexadecimal. */
  readonly digest: string
  /** The assertion of your authenticator, as WebAuthn gives it. */
  readonly credential: unknown
}
/** Approve a message; the approval goes with it, and its receiver can check it: what comes back. */
export type MessageApproveResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Attach an exhibit of the case to a message that was not sent yet, sealed for its receiver; approvals must be given anew: what is given. */
export type MessageAttachInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** The identifier of a record of this node. */
  readonly exhibitId: string
  /** The name of the file, without a path and without control characters. */
  readonly name: string
  /** The media type, as application/pdf. */
  readonly mime: string
  /** What it is. */
  readonly class: 'evidence' | 'order' | 'certificate' | 'translation' | 'trace-record' | 'bundle' | 'other'
}
/** Attach an exhibit of the case to a message that was not sent yet, sealed for its receiver; approvals must be given anew: what comes back. */
export type MessageAttachResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** What your authenticator has to sign so that you approve exactly this message: what is given. */
export type MessageChallengeInput = {
  /** The identifier of a record of this node. */
  readonly id: string
}
/** What your authenticator has to sign so that you approve exactly this message: what comes back. */
export type MessageChallengeResult = {
  /** A SHA-256 digest, in hexadecimal. */
  readonly digest: string
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly expiresAt: string
  /** What your authenticator signs: SHA-256, base64url. */
  readonly challenge: string
}

/** Change what a message says that was not sent; who had approved it approves it anew: what is given. */
export type MessageChangeInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** What the message says, as the schema of its type asks (docs/spec/exchange); at most 32 levels deep. */
  readonly body: Record<string, never>
}
/** Change what a message says that was not sent; who had approved it approves it anew: what comes back. */
export type MessageChangeResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Give up a message that was not sent: what is given. */
export type MessageDiscardInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
}
/** Give up a message that was not sent: what comes back. */
export type MessageDiscardResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** The messages of a case as they were signed, with their receipts: for whoever checks both sides: what is given. */
export type MessageDossierInput = {
  /** The case. */
  readonly caseId: string
  /** Where the last page ended: its `next`. */
  readonly after?: string
  /** At most so many items; 50 where nothing is said. */
  readonly limit?: number
}
/** The messages of a case as they were signed, with their receipts: for whoever checks both sides: what comes back. */
export type MessageDossierResult = {
  readonly agency: string
  /** The case. */
  readonly caseId: string
  readonly items: readonly {
    readonly direction: 'in' | 'out'
    /** The message as it was signed: a DSSE envelope, base64. */
    readonly envelope: string
    readonly receipt: string | null
  }[]
  /** Messages of this page that you may see and may not hand out. */
  readonly left: number
  readonly next: string | null
}

/** Write a message to another agency, of any type of the catalogue; nothing is sent yet: what is given. */
export type MessageDraftInput = {
  /** The case that it belongs to. */
  readonly caseId: string
  /** A member of the directory, by its id. */
  readonly to: string
  /** A type of the catalogue of messages, as freeze.request. */
  readonly type: string
  /** The major of the type. */
  readonly major?: number
  /** A SHA-256 digest, in hexadecimal. */
  readonly exchange?: string
  /** What the work serves. Use for another purpose needs consent. */
  readonly purpose: 'criminal-proceedings' | 'asset-recovery' | 'financial-intelligence' | 'administrative' | 'exercise'
  readonly header?: {
    readonly legalBasis?: string | null
    readonly instrument?: {
      /** The instrument by its id in the packs. */
      readonly id: string
      /** The article. */
      readonly article: string
      /** The version of the pack that the sender used. */
      readonly packVersion: string
    } | null
    readonly urgency?: {
      /** Why it cannot wait. */
      readonly code:
        | 'IMMINENT_DISSIPATION'
        | 'INVESTIGATIVE_NEED'
        | 'DATE_OR_COORDINATION'
        | 'LIFE_SAFETY'
        | 'DATA_LOSS'
        | 'CRIMINAL_STOP_PAYMENT'
      /** The provision that allows it to be urgent. */
      readonly ground: string
      /** The facts that make it urgent. */
      readonly text: string
    } | null
    /** What must not become known. */
    readonly confidentiality?: {
      /** Whether the existence of the request itself is to be kept secret (Budapest Convention art. 27(8)). */
      readonly secret: boolean
      /** Whether a service may tell its customer. */
      readonly providerNotice: 'allowed' | 'delayed' | 'forbidden'
      readonly until: string | null
    }
    /** Conditions of use; UNCAC art. 46(19), Budapest Convention art. 28. */
    readonly useConditions?: readonly {
      /** What the receiver may do with it; codes of packs/grounds.yaml. */
      readonly code:
        | 'INTEL_ONLY'
        | 'CONFIDENTIAL'
        | 'ONLY_STATED_PROCEEDING'
        | 'NO_THIRD_PARTY'
        | 'CONSENT_FOR_EVIDENCE'
        | 'EXCULPATORY_EXCEPTION'
        | 'REPORT_USE'
        | 'DELETE_BY'
        | 'SHOW_SUPPORT_INFO_NOT_TO_PROVIDER'
      readonly until: string | null
      readonly text: string | null
    }[]
    /** Personal data in the message and its attachments. */
    readonly dataProtection?: {
      /** Whose personal data is in it; empty where there is none. */
      readonly categories: readonly (
        | 'SUSPECT'
        | 'CONVICTED'
        | 'VICTIM'
        | 'WITNESS'
        | 'CONTACT'
        | 'ASSOCIATE'
        | 'OTHER'
      )[]
      /** Whether it states facts or personal assessments (Directive 2016/680 art. 7(1)). */
      readonly factOrAssessment: 'facts' | 'assessments' | 'both'
      readonly retentionUntil: string | null
      /** To other agencies or countries. */
      readonly onwardTransfer: 'forbidden' | 'with-consent' | 'allowed'
    }
    readonly unit?: string | null
    /** Other messages that it is about, of this exchange or another. */
    readonly relatesTo?: readonly string[]
    /** In which languages it is. */
    readonly languages?: {
      /** A language by its BCP 47 tag, as fr or zh-Hans. */
      readonly original: string
      /** Translations that come with it. */
      readonly translations: readonly {
        /** A language by its BCP 47 tag, as fr or zh-Hans. */
        readonly language: string
        /** The name of the file, without a path and without control characters. */
        readonly attachment: string
      }[]
    }
  }
  /** What the message says, as the schema of its type asks (docs/spec/exchange); at most 32 levels deep. */
  readonly body: Record<string, never>
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly deadline?: string
  readonly theirs?: readonly string[]
  /** How an item may be used, and by whom. */
  readonly marking?: {
    /** Traffic Light Protocol 2.0 */
    readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
    readonly audience: readonly string[]
    readonly needToKnow: boolean
    readonly protectedPerson: boolean
    /** The sender allows use beyond the stated purpose. */
    readonly onwardUse: boolean
    /** A handling code of the sender, as H1. */
    readonly handling?: string
  }
}
/** Write a message to another agency, of any type of the catalogue; nothing is sent yet: what comes back. */
export type MessageDraftResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** The files that a message names, and how much of each has arrived: what is given. */
export type MessageFilesInput = {
  /** The identifier of a record of this node. */
  readonly id: string
}
/** The files that a message names, and how much of each has arrived: what comes back. */
export type MessageFilesResult = {
  readonly files: readonly {
    readonly index: number
    readonly name: string
    readonly mime: string
    readonly class: string
    readonly size: number
    readonly state: 'awaited' | 'arriving' | 'held' | null
    readonly received: number | null
  }[]
}

/** Messages of a case, to and from other agencies: what is given. */
export type MessageListInput = {
  /** The case. */
  readonly caseId: string
  /** Where the last page ended: its `next`. */
  readonly after?: string
  /** At most so many items; 50 where nothing is said. */
  readonly limit?: number
}
/** Messages of a case, to and from other agencies: what comes back. */
export type MessageListResult = {
  readonly items: readonly {
    /** The identifier of a record of this node. */
    readonly id: string
    /** The identifier of a record of this node. */
    readonly caseId: string
    /** The version of the record (its ETag). */
    readonly version: number
    /** An instant in UTC, as 2026-11-25T10:00:00Z. */
    readonly at: string
    readonly message: {
      /** out: of ours. in: of theirs. */
      readonly direction: 'out' | 'in'
      /** A member of the directory, by its id. */
      readonly peer: string
      /** A type of the catalogue of messages, as freeze.request. */
      readonly type: string
      /** The major of the type. */
      readonly major: number
      /** The header of a message. */
      readonly header: {
        /** Other messages that it is about, of this exchange or another. */
        readonly relatesTo: readonly string[]
        /** Members without which it must not be acted upon. */
        readonly critical: readonly string[]
        /** Whether it is an exercise: nothing in it is real, and nothing real may be done on it. */
        readonly training: boolean
        /** How the message may be used. */
        readonly marking: {
          /** Traffic Light Protocol 2.0 */
          readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
          readonly handling: string | null
          /** Whether the sender allows use beyond the stated purpose. */
          readonly onwardUse: boolean
          /** What the work serves. Use for another purpose needs consent. */
          readonly purpose:
            | 'criminal-proceedings'
            | 'asset-recovery'
            | 'financial-intelligence'
            | 'administrative'
            | 'exercise'
          /** Whether the receiver must name everybody who may see it. */
          readonly needToKnow: boolean
        }
        /** The files that the message belongs to. */
        readonly caseRef: {
          /** The file number of the sender. */
          readonly mine: string
          /** File numbers of the receiver that are known. */
          readonly theirs: readonly string[]
        }
        readonly instrument: {
          /** The instrument by its id in the packs. */
          readonly id: string
          /** The article. */
          readonly article: string
          /** The version of the pack that the sender used. */
          readonly packVersion: string
        } | null
        readonly legalBasis: string | null
        readonly urgency: {
          /** Why it cannot wait. */
          readonly code:
            | 'IMMINENT_DISSIPATION'
            | 'INVESTIGATIVE_NEED'
            | 'DATE_OR_COORDINATION'
            | 'LIFE_SAFETY'
            | 'DATA_LOSS'
            | 'CRIMINAL_STOP_PAYMENT'
          /** The provision that allows it to be urgent. */
          readonly ground: string
          /** The facts that make it urgent. */
          readonly text: string
        } | null
        /** What must not become known. */
        readonly confidentiality: {
          /** Whether the existence of the request itself is to be kept secret (Budapest Convention art. 27(8)). */
          readonly secret: boolean
          /** Whether a service may tell its customer. */
          readonly providerNotice: 'allowed' | 'delayed' | 'forbidden'
          readonly until: string | null
        }
        /** Conditions of use; UNCAC art. 46(19), Budapest Convention art. 28. */
        readonly useConditions: readonly {
          /** What the receiver may do with it; codes of packs/grounds.yaml. */
          readonly code:
            | 'INTEL_ONLY'
            | 'CONFIDENTIAL'
            | 'ONLY_STATED_PROCEEDING'
            | 'NO_THIRD_PARTY'
            | 'CONSENT_FOR_EVIDENCE'
            | 'EXCULPATORY_EXCEPTION'
            | 'REPORT_USE'
            | 'DELETE_BY'
            | 'SHOW_SUPPORT_INFO_NOT_TO_PROVIDER'
          readonly until: string | null
          readonly text: string | null
        }[]
        /** In which languages it is. */
        readonly languages: {
          /** A language by its BCP 47 tag, as fr or zh-Hans. */
          readonly original: string
          /** Translations that come with it. */
          readonly translations: readonly {
            /** A language by its BCP 47 tag, as fr or zh-Hans. */
            readonly language: string
            /** The name of the file, without a path and without control characters. */
            readonly attachment: string
          }[]
        }
        /** Personal data in the message and its attachments. */
        readonly dataProtection: {
          /** Whose personal data is in it; empty where there is none. */
          readonly categories: readonly (
            | 'SUSPECT'
            | 'CONVICTED'
            | 'VICTIM'
            | 'WITNESS'
            | 'CONTACT'
            | 'ASSOCIATE'
            | 'OTHER'
          )[]
          /** Whether it states facts or personal assessments (Directive 2016/680 art. 7(1)). */
          readonly factOrAssessment: 'facts' | 'assessments' | 'both'
          readonly retentionUntil: string | null
          /** To other agencies or countries. */
          readonly onwardTransfer: 'forbidden' | 'with-consent' | 'allowed'
        }
        readonly unit: string | null
        readonly officer: {
          /** The name. */
          readonly name: string
          /** The function, in the words of the sender. */
          readonly role: string
        } | null
        /** Who passed it on, in order. */
        readonly via: readonly {
          readonly agency: string | null
          /** The authority or network that passed it on. */
          readonly name: string
          readonly country: string | null
          /** As what. */
          readonly channel:
            | 'central-authority'
            | 'contact-24-7'
            | 'aro'
            | 'fiu'
            | 'carin'
            | 'interpol'
            | 'europol'
            | 'e-codex'
            | 'diplomatic'
          /** When. */
          readonly at: string
        }[]
        /** Who approved that it is sent. */
        readonly approvals: readonly {
          /** Who approved; the sender answers for name and role. */
          readonly approver: {
            /** The person, by an id that the sender gives to one person only. */
            readonly id: string
            /** The name. */
            readonly name: string
            /** The role in which it was approved. */
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
          /** When. */
          readonly givenAt: string
          /** Until when it holds: a day at most. */
          readonly expiresAt: string
          /** The assertion of the authenticator (WebAuthn level 3). */
          readonly proof: {
            /** The public key of the authenticator (RFC 7517). */
            readonly publicKey:
              | {
                  readonly kty: 'EC'
                  readonly crv: 'P-256'
                  /** x */
                  readonly x: string
                  /** y */
                  readonly y: string
                }
              | {
                  readonly kty: 'OKP'
                  readonly crv: 'Ed25519'
                  /** x */
                  readonly x: string
                }
              | {
                  readonly kty: 'RSA'
                  /** The modulus. */
                  readonly n: string
                  /** The exponent. */
                  readonly e: string
                }
            /** The host for which the key was made. */
            readonly rpId: string
            /** The origin of the page on which it was used. */
            readonly origin: string
            /** What the authenticator says of itself. */
            readonly authenticatorData: string
            /** What the browser says of the page. */
            readonly clientDataJSON: string
            /** The signature. */
            readonly signature: string
          }
        }[]
        /** The policies of the sender’s house under which it was released. */
        readonly policyVersion: string
        /** Files that belong to it. */
        readonly attachments: readonly {
          /** The name of the file, without a path and without control characters. */
          readonly name: string
          /** The media type, as application/pdf. */
          readonly mime: string
          /** Bytes of the file. */
          readonly size: number
          /** HMAC-SHA-256 under a salt, which travels inside the cipher only, of the SHA-256 of the file. */
          readonly commitment: string
          /** SHA-256 of the cipher. */
          readonly cipherDigest: string
          /** Bytes of the cipher. */
          readonly cipherSize: number
          /** Chunks of the cipher. */
          readonly chunks: number
          /** The encapsulated key of HPKE (X25519), 32 bytes in base64. */
          readonly encapsulatedKey: string
          /** A key by the SHA-256 of its SubjectPublicKeyInfo (DER). */
          readonly recipientKeyId: string
          /** What it is. */
          readonly class: 'evidence' | 'order' | 'certificate' | 'translation' | 'trace-record' | 'bundle' | 'other'
        }[]
      }
      readonly fixed: {
        /** Its id. */
        readonly id: string
        /** An instant in UTC, as 2026-11-25T10:00:00Z. */
        readonly created: string
        readonly deadline: string | null
      }
      /** What the message says, as the schema of its type asks (docs/spec/exchange); at most 32 levels deep. */
      readonly body: Record<string, never>
      /** What has become of it. */
      readonly state:
        | 'draft'
        | 'discarded'
        | 'queued'
        | 'accepted'
        | 'rejected'
        | 'non-delivered'
        | 'quarantined'
        | 'conflict'
        | 'new'
        | 'done'
      readonly exchange: string | null
      readonly digest: string | null
      readonly request: string | null
      /** A SHA-256 digest, in hexadecimal. */
      readonly requestDigest?: string
      readonly drafters: readonly string[]
      readonly code: string | null
      readonly note: string | null
      readonly evidence: string | null
      /** An instant in UTC, as 2026-11-25T10:00:00Z. */
      readonly at: string
      readonly due: {
        /** What must be looked at. */
        readonly matter: 'message-unseen' | 'message-undelivered'
        /** An instant in UTC, as 2026-11-25T10:00:00Z. */
        readonly from: string
        /** An instant in UTC, as 2026-11-25T10:00:00Z. */
        readonly due: string
        readonly urgent: boolean
      } | null
      /** How an item may be used, and by whom. */
      readonly marking: {
        /** Traffic Light Protocol 2.0 */
        readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
        readonly audience: readonly string[]
        readonly needToKnow: boolean
        readonly protectedPerson: boolean
        /** The sender allows use beyond the stated purpose. */
        readonly onwardUse: boolean
        /** A handling code of the sender, as H1. */
        readonly handling?: string
      }
      readonly author: string
    }
  }[]
  readonly next: string | null
}

/** Record that somebody has seen to a message that came in, or to one of ours that did not get through: what is given. */
export type MessageSeeToInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** What was done about it. */
  readonly note: string
}
/** Record that somebody has seen to a message that came in, or to one of ours that did not get through: what comes back. */
export type MessageSeeToResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Send a message: it is queued in this transaction, and tried until a receipt comes or its deadline has passed; a request that it carries is released: what is given. */
export type MessageSendInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
}
/** Send a message: it is queued in this transaction, and tried until a receipt comes or its deadline has passed; a request that it carries is released: what comes back. */
export type MessageSendResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
  /** A SHA-256 digest, in hexadecimal. */
  readonly exchange: string
  /** A SHA-256 digest, in hexadecimal. */
  readonly digest: string
}

/** One message of a case, where its approvals stand, and what shows that it is genuine: what is given. */
export type MessageShowInput = {
  /** The identifier of a record of this node. */
  readonly id: string
}
/** One message of a case, where its approvals stand, and what shows that it is genuine: what comes back. */
export type MessageShowResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The identifier of a record of this node. */
  readonly caseId: string
  /** The version of the record (its ETag). */
  readonly version: number
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly at: string
  readonly message: {
    /** out: of ours. in: of theirs. */
    readonly direction: 'out' | 'in'
    /** A member of the directory, by its id. */
    readonly peer: string
    /** A type of the catalogue of messages, as freeze.request. */
    readonly type: string
    /** The major of the type. */
    readonly major: number
    /** The header of a message. */
    readonly header: {
      /** Other messages that it is about, of this exchange or another. */
      readonly relatesTo: readonly string[]
      /** Members without which it must not be acted upon. */
      readonly critical: readonly string[]
      /** Whether it is an exercise: nothing in it is real, and nothing real may be done on it. */
      readonly training: boolean
      /** How the message may be used. */
      readonly marking: {
        /** Traffic Light Protocol 2.0 */
        readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
        readonly handling: string | null
        /** Whether the sender allows use beyond the stated purpose. */
        readonly onwardUse: boolean
        /** What the work serves. Use for another purpose needs consent. */
        readonly purpose:
          | 'criminal-proceedings'
          | 'asset-recovery'
          | 'financial-intelligence'
          | 'administrative'
          | 'exercise'
        /** Whether the receiver must name everybody who may see it. */
        readonly needToKnow: boolean
      }
      /** The files that the message belongs to. */
      readonly caseRef: {
        /** The file number of the sender. */
        readonly mine: string
        /** File numbers of the receiver that are known. */
        readonly theirs: readonly string[]
      }
      readonly instrument: {
        /** The instrument by its id in the packs. */
        readonly id: string
        /** The article. */
        readonly article: string
        /** The version of the pack that the sender used. */
        readonly packVersion: string
      } | null
      readonly legalBasis: string | null
      readonly urgency: {
        /** Why it cannot wait. */
        readonly code:
          | 'IMMINENT_DISSIPATION'
          | 'INVESTIGATIVE_NEED'
          | 'DATE_OR_COORDINATION'
          | 'LIFE_SAFETY'
          | 'DATA_LOSS'
          | 'CRIMINAL_STOP_PAYMENT'
        /** The provision that allows it to be urgent. */
        readonly ground: string
        /** The facts that make it urgent. */
        readonly text: string
      } | null
      /** What must not become known. */
      readonly confidentiality: {
        /** Whether the existence of the request itself is to be kept secret (Budapest Convention art. 27(8)). */
        readonly secret: boolean
        /** Whether a service may tell its customer. */
        readonly providerNotice: 'allowed' | 'delayed' | 'forbidden'
        readonly until: string | null
      }
      /** Conditions of use; UNCAC art. 46(19), Budapest Convention art. 28. */
      readonly useConditions: readonly {
        /** What the receiver may do with it; codes of packs/grounds.yaml. */
        readonly code:
          | 'INTEL_ONLY'
          | 'CONFIDENTIAL'
          | 'ONLY_STATED_PROCEEDING'
          | 'NO_THIRD_PARTY'
          | 'CONSENT_FOR_EVIDENCE'
          | 'EXCULPATORY_EXCEPTION'
          | 'REPORT_USE'
          | 'DELETE_BY'
          | 'SHOW_SUPPORT_INFO_NOT_TO_PROVIDER'
        readonly until: string | null
        readonly text: string | null
      }[]
      /** In which languages it is. */
      readonly languages: {
        /** A language by its BCP 47 tag, as fr or zh-Hans. */
        readonly original: string
        /** Translations that come with it. */
        readonly translations: readonly {
          /** A language by its BCP 47 tag, as fr or zh-Hans. */
          readonly language: string
          /** The name of the file, without a path and without control characters. */
          readonly attachment: string
        }[]
      }
      /** Personal data in the message and its attachments. */
      readonly dataProtection: {
        /** Whose personal data is in it; empty where there is none. */
        readonly categories: readonly (
          | 'SUSPECT'
          | 'CONVICTED'
          | 'VICTIM'
          | 'WITNESS'
          | 'CONTACT'
          | 'ASSOCIATE'
          | 'OTHER'
        )[]
        /** Whether it states facts or personal assessments (Directive 2016/680 art. 7(1)). */
        readonly factOrAssessment: 'facts' | 'assessments' | 'both'
        readonly retentionUntil: string | null
        /** To other agencies or countries. */
        readonly onwardTransfer: 'forbidden' | 'with-consent' | 'allowed'
      }
      readonly unit: string | null
      readonly officer: {
        /** The name. */
        readonly name: string
        /** The function, in the words of the sender. */
        readonly role: string
      } | null
      /** Who passed it on, in order. */
      readonly via: readonly {
        readonly agency: string | null
        /** The authority or network that passed it on. */
        readonly name: string
        readonly country: string | null
        /** As what. */
        readonly channel:
          | 'central-authority'
          | 'contact-24-7'
          | 'aro'
          | 'fiu'
          | 'carin'
          | 'interpol'
          | 'europol'
          | 'e-codex'
          | 'diplomatic'
        /** When. */
        readonly at: string
      }[]
      /** Who approved that it is sent. */
      readonly approvals: readonly {
        /** Who approved; the sender answers for name and role. */
        readonly approver: {
          /** The person, by an id that the sender gives to one person only. */
          readonly id: string
          /** The name. */
          readonly name: string
          /** The role in which it was approved. */
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
        /** When. */
        readonly givenAt: string
        /** Until when it holds: a day at most. */
        readonly expiresAt: string
        /** The assertion of the authenticator (WebAuthn level 3). */
        readonly proof: {
          /** The public key of the authenticator (RFC 7517). */
          readonly publicKey:
            | {
                readonly kty: 'EC'
                readonly crv: 'P-256'
                /** x */
                readonly x: string
                /** y */
                readonly y: string
              }
            | {
                readonly kty: 'OKP'
                readonly crv: 'Ed25519'
                /** x */
                readonly x: string
              }
            | {
                readonly kty: 'RSA'
                /** The modulus. */
                readonly n: string
                /** The exponent. */
                readonly e: string
              }
          /** The host for which the key was made. */
          readonly rpId: string
          /** The origin of the page on which it was used. */
          readonly origin: string
          /** What the authenticator says of itself. */
          readonly authenticatorData: string
          /** What the browser says of the page. */
          readonly clientDataJSON: string
          /** The signature. */
          readonly signature: string
        }
      }[]
      /** The policies of the sender’s house under which it was released. */
      readonly policyVersion: string
      /** Files that belong to it. */
      readonly attachments: readonly {
        /** The name of the file, without a path and without control characters. */
        readonly name: string
        /** The media type, as application/pdf. */
        readonly mime: string
        /** Bytes of the file. */
        readonly size: number
        /** HMAC-SHA-256 under a salt, which travels inside the cipher only, of the SHA-256 of the file. */
        readonly commitment: string
        /** SHA-256 of the cipher. */
        readonly cipherDigest: string
        /** Bytes of the cipher. */
        readonly cipherSize: number
        /** Chunks of the cipher. */
        readonly chunks: number
        /** The encapsulated key of HPKE (X25519), 32 bytes in base64. */
        readonly encapsulatedKey: string
        /** A key by the SHA-256 of its SubjectPublicKeyInfo (DER). */
        readonly recipientKeyId: string
        /** What it is. */
        readonly class: 'evidence' | 'order' | 'certificate' | 'translation' | 'trace-record' | 'bundle' | 'other'
      }[]
    }
    readonly fixed: {
      /** Its id. */
      readonly id: string
      /** An instant in UTC, as 2026-11-25T10:00:00Z. */
      readonly created: string
      readonly deadline: string | null
    }
    /** What the message says, as the schema of its type asks (docs/spec/exchange); at most 32 levels deep. */
    readonly body: Record<string, never>
    /** What has become of it. */
    readonly state:
      | 'draft'
      | 'discarded'
      | 'queued'
      | 'accepted'
      | 'rejected'
      | 'non-delivered'
      | 'quarantined'
      | 'conflict'
      | 'new'
      | 'done'
    readonly exchange: string | null
    readonly digest: string | null
    readonly request: string | null
    /** A SHA-256 digest, in hexadecimal. */
    readonly requestDigest?: string
    readonly drafters: readonly string[]
    readonly code: string | null
    readonly note: string | null
    readonly evidence: string | null
    /** An instant in UTC, as 2026-11-25T10:00:00Z. */
    readonly at: string
    readonly due: {
      /** What must be looked at. */
      readonly matter: 'message-unseen' | 'message-undelivered'
      /** An instant in UTC, as 2026-11-25T10:00:00Z. */
      readonly from: string
      /** An instant in UTC, as 2026-11-25T10:00:00Z. */
      readonly due: string
      readonly urgent: boolean
    } | null
    /** How an item may be used, and by whom. */
    readonly marking: {
      /** Traffic Light Protocol 2.0 */
      readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
      readonly audience: readonly string[]
      readonly needToKnow: boolean
      readonly protectedPerson: boolean
      /** The sender allows use beyond the stated purpose. */
      readonly onwardUse: boolean
      /** A handling code of the sender, as H1. */
      readonly handling?: string
    }
    readonly author: string
  }
  readonly approvals: {
    readonly needed: number
    readonly counted: number
    readonly missing: readonly {
      readonly roles: readonly string[]
      readonly count: number
    }[]
    readonly void: readonly string[]
  } | null
  readonly proof: {
    /** A SHA-256 digest, in hexadecimal. */
    readonly digest: string
    /** The ids of the keys whose signatures it bears; checked when it came. */
    readonly keys: readonly string[]
    /** Approvals inside the message, each checked now against what the authenticator signed. */
    readonly approvals: readonly {
      readonly name: string
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
      /** An instant in UTC, as 2026-11-25T10:00:00Z. */
      readonly at: string
      readonly void: string | null
    }[]
    readonly receipt: {
      /** What became of the message. */
      readonly kind: 'ACCEPTED' | 'REJECTED' | 'DELIVERED' | 'NON_DELIVERED' | 'RETRIEVED'
      /** An instant in UTC, as 2026-11-25T10:00:00Z. */
      readonly at: string
      readonly code: string | null
    } | null
  } | null
}

/** Open a file that came with a message into the vault of the case; exhibit.add then puts it on record by its upload: what is given. */
export type MessageTakeFileInput = {
  /** The case. */
  readonly caseId: string
  /** The identifier of a record of this node. */
  readonly id: string
  /** Its place. */
  readonly index: number
}
/** Open a file that came with a message into the vault of the case; exhibit.add then puts it on record by its upload: what comes back. */
export type MessageTakeFileResult = {
  /** The identifier of a record of this node. */
  readonly uploadId: string
  readonly size: number
  /** A SHA-256 digest, in hexadecimal. */
  readonly sha256: string
}

/** Read what this node is, who runs it, and the key of its journal: what is given. */
export type NodeReadInput = Record<string, never>
/** Read what this node is, who runs it, and the key of its journal: what comes back. */
export type NodeReadResult = {
  readonly name: string
  readonly agency: {
    readonly name: string
    readonly country: string
    readonly kind: string
    readonly timeZone: string
  }
  readonly journalKey: string
  readonly policies: string
  readonly approvalsRequired: number
}

/** Add a note to a case: what is given. */
export type NoteAddInput = {
  /** The case. */
  readonly caseId: string
  readonly content: {
    /** The note. */
    readonly text: string
  }
  /** A fact, or the assessment of somebody (LED art. 7(1)). */
  readonly basis: 'fact' | 'assessment'
  /** How an item may be used, and by whom. */
  readonly marking?: {
    /** Traffic Light Protocol 2.0 */
    readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
    readonly audience: readonly string[]
    readonly needToKnow: boolean
    readonly protectedPerson: boolean
    /** The sender allows use beyond the stated purpose. */
    readonly onwardUse: boolean
    /** A handling code of the sender, as H1. */
    readonly handling?: string
  }
}
/** Add a note to a case: what comes back. */
export type NoteAddResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Every version of one note, oldest first: what is given. */
export type NoteHistoryInput = {
  /** The identifier of a record of this node. */
  readonly id: string
}
/** Every version of one note, oldest first: what comes back. */
export type NoteHistoryResult = readonly {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The case. */
  readonly caseId: string
  /** The version of the record (its ETag). */
  readonly version: number
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly at: string
  readonly content: {
    /** The note. */
    readonly text: string
  }
  /** A fact, or the assessment of somebody (LED art. 7(1)). */
  readonly basis: 'fact' | 'assessment'
  /** How an item may be used, and by whom. */
  readonly marking: {
    /** Traffic Light Protocol 2.0 */
    readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
    readonly audience: readonly string[]
    readonly needToKnow: boolean
    readonly protectedPerson: boolean
    /** The sender allows use beyond the stated purpose. */
    readonly onwardUse: boolean
    /** A handling code of the sender, as H1. */
    readonly handling?: string
  }
  /** The person who added it; "node" where the node did. */
  readonly author: string
  /** Who wrote this version. */
  readonly by: string
}[]

/** List the notes of a case that you may see, oldest first: what is given. */
export type NoteListInput = {
  /** The case. */
  readonly caseId: string
  /** Where the last page ended: its `next`. */
  readonly after?: string
  /** At most so many items; 50 where nothing is said. */
  readonly limit?: number
}
/** List the notes of a case that you may see, oldest first: what comes back. */
export type NoteListResult = {
  readonly items: readonly {
    /** The identifier of a record of this node. */
    readonly id: string
    /** The case. */
    readonly caseId: string
    /** The version of the record (its ETag). */
    readonly version: number
    /** An instant in UTC, as 2026-11-25T10:00:00Z. */
    readonly at: string
    readonly content: {
      /** The note. */
      readonly text: string
    }
    /** A fact, or the assessment of somebody (LED art. 7(1)). */
    readonly basis: 'fact' | 'assessment'
    /** How an item may be used, and by whom. */
    readonly marking: {
      /** Traffic Light Protocol 2.0 */
      readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
      readonly audience: readonly string[]
      readonly needToKnow: boolean
      readonly protectedPerson: boolean
      /** The sender allows use beyond the stated purpose. */
      readonly onwardUse: boolean
      /** A handling code of the sender, as H1. */
      readonly handling?: string
    }
    /** The person who added it; "node" where the node did. */
    readonly author: string
    /** Who wrote this version. */
    readonly by: string
  }[]
  readonly next: string | null
}

/** Read a note: what is given. */
export type NoteReadInput = {
  /** The identifier of a record of this node. */
  readonly id: string
}
/** Read a note: what comes back. */
export type NoteReadResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The case. */
  readonly caseId: string
  /** The version of the record (its ETag). */
  readonly version: number
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly at: string
  readonly content: {
    /** The note. */
    readonly text: string
  }
  /** A fact, or the assessment of somebody (LED art. 7(1)). */
  readonly basis: 'fact' | 'assessment'
  /** How an item may be used, and by whom. */
  readonly marking: {
    /** Traffic Light Protocol 2.0 */
    readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
    readonly audience: readonly string[]
    readonly needToKnow: boolean
    readonly protectedPerson: boolean
    /** The sender allows use beyond the stated purpose. */
    readonly onwardUse: boolean
    /** A handling code of the sender, as H1. */
    readonly handling?: string
  }
  /** The person who added it; "node" where the node did. */
  readonly author: string
  /** Who wrote this version. */
  readonly by: string
}

/** Change a note: what is given replaces what was there; the old version stays: what is given. */
export type NoteUpdateInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  readonly content: {
    /** The note. */
    readonly text: string
  }
  /** A fact, or the assessment of somebody (LED art. 7(1)). */
  readonly basis: 'fact' | 'assessment'
  /** How an item may be used, and by whom. */
  readonly marking?: {
    /** Traffic Light Protocol 2.0 */
    readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
    readonly audience: readonly string[]
    readonly needToKnow: boolean
    readonly protectedPerson: boolean
    /** The sender allows use beyond the stated purpose. */
    readonly onwardUse: boolean
    /** A handling code of the sender, as H1. */
    readonly handling?: string
  }
}
/** Change a note: what is given replaces what was there; the old version stays: what comes back. */
export type NoteUpdateResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** This description: what is given. */
export type OpenapiReadInput = Record<string, never>
/** This description: what comes back. */
export type OpenapiReadResult = {
  readonly [key: string]: unknown
}

/** Add an order about assets to a case: what is given. */
export type OrderAddInput = {
  /** The case. */
  readonly caseId: string
  readonly content: {
    /** What is ordered. */
    readonly measure:
      | 'PRESERVE'
      | 'TRACE_INFO'
      | 'ACCOUNT_INFO'
      | 'TX_INFO'
      | 'TX_MONITOR'
      | 'HOLD_TX'
      | 'FREEZE_SPECIFIC'
      | 'FREEZE_VALUE'
      | 'SEIZE_CUSTODY'
      | 'CONFISCATE_SPECIFIC'
      | 'CONFISCATE_VALUE'
      | 'SALE'
      | 'RETURN'
      | 'SHARE'
      | 'DELETE'
    /** Who ordered it. */
    readonly authority: string
    /** File number of the order. */
    readonly reference?: string
    /** A day, as 2026-11-25. */
    readonly on: string
    readonly until: string | null
    readonly liftedAt: string | null
    /** Whom it binds, as a service that holds the asset. */
    readonly addressee?: string
    /** What it is about: address and amount each. */
    readonly assets: readonly {
      /** A chain by its CAIP-2 id, as bip122:000000000019d6689c085ae165831e93. */
      readonly chain: string
      /** An address of the chain, as it was written. */
      readonly address: string
      readonly asset: string | null
      readonly amount: string | null
      readonly value: string | null
      /** What else is known of it. */
      readonly note?: string
    }[]
  }
  /** A fact, or the assessment of somebody (LED art. 7(1)). */
  readonly basis: 'fact' | 'assessment'
  /** How an item may be used, and by whom. */
  readonly marking?: {
    /** Traffic Light Protocol 2.0 */
    readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
    readonly audience: readonly string[]
    readonly needToKnow: boolean
    readonly protectedPerson: boolean
    /** The sender allows use beyond the stated purpose. */
    readonly onwardUse: boolean
    /** A handling code of the sender, as H1. */
    readonly handling?: string
  }
}
/** Add an order about assets to a case: what comes back. */
export type OrderAddResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
  readonly findings: readonly {
    readonly code: string
    readonly message: string
    readonly with: readonly {
      readonly kind: string
      /** The identifier of a record of this node. */
      readonly id: string
    }[]
  }[]
}

/** Every version of one order, oldest first: what is given. */
export type OrderHistoryInput = {
  /** The identifier of a record of this node. */
  readonly id: string
}
/** Every version of one order, oldest first: what comes back. */
export type OrderHistoryResult = readonly {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The case. */
  readonly caseId: string
  /** The version of the record (its ETag). */
  readonly version: number
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly at: string
  readonly content: {
    /** What is ordered. */
    readonly measure:
      | 'PRESERVE'
      | 'TRACE_INFO'
      | 'ACCOUNT_INFO'
      | 'TX_INFO'
      | 'TX_MONITOR'
      | 'HOLD_TX'
      | 'FREEZE_SPECIFIC'
      | 'FREEZE_VALUE'
      | 'SEIZE_CUSTODY'
      | 'CONFISCATE_SPECIFIC'
      | 'CONFISCATE_VALUE'
      | 'SALE'
      | 'RETURN'
      | 'SHARE'
      | 'DELETE'
    /** Who ordered it. */
    readonly authority: string
    /** File number of the order. */
    readonly reference?: string
    /** A day, as 2026-11-25. */
    readonly on: string
    readonly until: string | null
    readonly liftedAt: string | null
    /** Whom it binds, as a service that holds the asset. */
    readonly addressee?: string
    /** What it is about: address and amount each. */
    readonly assets: readonly {
      /** A chain by its CAIP-2 id, as bip122:000000000019d6689c085ae165831e93. */
      readonly chain: string
      /** An address of the chain, as it was written. */
      readonly address: string
      readonly asset: string | null
      readonly amount: string | null
      readonly value: string | null
      /** What else is known of it. */
      readonly note?: string
    }[]
  }
  /** A fact, or the assessment of somebody (LED art. 7(1)). */
  readonly basis: 'fact' | 'assessment'
  /** How an item may be used, and by whom. */
  readonly marking: {
    /** Traffic Light Protocol 2.0 */
    readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
    readonly audience: readonly string[]
    readonly needToKnow: boolean
    readonly protectedPerson: boolean
    /** The sender allows use beyond the stated purpose. */
    readonly onwardUse: boolean
    /** A handling code of the sender, as H1. */
    readonly handling?: string
  }
  /** The person who added it; "node" where the node did. */
  readonly author: string
  /** Who wrote this version. */
  readonly by: string
}[]

/** List the orders of a case that you may see, oldest first: what is given. */
export type OrderListInput = {
  /** The case. */
  readonly caseId: string
  /** Where the last page ended: its `next`. */
  readonly after?: string
  /** At most so many items; 50 where nothing is said. */
  readonly limit?: number
}
/** List the orders of a case that you may see, oldest first: what comes back. */
export type OrderListResult = {
  readonly items: readonly {
    /** The identifier of a record of this node. */
    readonly id: string
    /** The case. */
    readonly caseId: string
    /** The version of the record (its ETag). */
    readonly version: number
    /** An instant in UTC, as 2026-11-25T10:00:00Z. */
    readonly at: string
    readonly content: {
      /** What is ordered. */
      readonly measure:
        | 'PRESERVE'
        | 'TRACE_INFO'
        | 'ACCOUNT_INFO'
        | 'TX_INFO'
        | 'TX_MONITOR'
        | 'HOLD_TX'
        | 'FREEZE_SPECIFIC'
        | 'FREEZE_VALUE'
        | 'SEIZE_CUSTODY'
        | 'CONFISCATE_SPECIFIC'
        | 'CONFISCATE_VALUE'
        | 'SALE'
        | 'RETURN'
        | 'SHARE'
        | 'DELETE'
      /** Who ordered it. */
      readonly authority: string
      /** File number of the order. */
      readonly reference?: string
      /** A day, as 2026-11-25. */
      readonly on: string
      readonly until: string | null
      readonly liftedAt: string | null
      /** Whom it binds, as a service that holds the asset. */
      readonly addressee?: string
      /** What it is about: address and amount each. */
      readonly assets: readonly {
        /** A chain by its CAIP-2 id, as bip122:000000000019d6689c085ae165831e93. */
        readonly chain: string
        /** An address of the chain, as it was written. */
        readonly address: string
        readonly asset: string | null
        readonly amount: string | null
        readonly value: string | null
        /** What else is known of it. */
        readonly note?: string
      }[]
    }
    /** A fact, or the assessment of somebody (LED art. 7(1)). */
    readonly basis: 'fact' | 'assessment'
    /** How an item may be used, and by whom. */
    readonly marking: {
      /** Traffic Light Protocol 2.0 */
      readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
      readonly audience: readonly string[]
      readonly needToKnow: boolean
      readonly protectedPerson: boolean
      /** The sender allows use beyond the stated purpose. */
      readonly onwardUse: boolean
      /** A handling code of the sender, as H1. */
      readonly handling?: string
    }
    /** The person who added it; "node" where the node did. */
    readonly author: string
    /** Who wrote this version. */
    readonly by: string
  }[]
  readonly next: string | null
}

/** Read an order about assets: what is given. */
export type OrderReadInput = {
  /** The identifier of a record of this node. */
  readonly id: string
}
/** Read an order about assets: what comes back. */
export type OrderReadResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The case. */
  readonly caseId: string
  /** The version of the record (its ETag). */
  readonly version: number
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly at: string
  readonly content: {
    /** What is ordered. */
    readonly measure:
      | 'PRESERVE'
      | 'TRACE_INFO'
      | 'ACCOUNT_INFO'
      | 'TX_INFO'
      | 'TX_MONITOR'
      | 'HOLD_TX'
      | 'FREEZE_SPECIFIC'
      | 'FREEZE_VALUE'
      | 'SEIZE_CUSTODY'
      | 'CONFISCATE_SPECIFIC'
      | 'CONFISCATE_VALUE'
      | 'SALE'
      | 'RETURN'
      | 'SHARE'
      | 'DELETE'
    /** Who ordered it. */
    readonly authority: string
    /** File number of the order. */
    readonly reference?: string
    /** A day, as 2026-11-25. */
    readonly on: string
    readonly until: string | null
    readonly liftedAt: string | null
    /** Whom it binds, as a service that holds the asset. */
    readonly addressee?: string
    /** What it is about: address and amount each. */
    readonly assets: readonly {
      /** A chain by its CAIP-2 id, as bip122:000000000019d6689c085ae165831e93. */
      readonly chain: string
      /** An address of the chain, as it was written. */
      readonly address: string
      readonly asset: string | null
      readonly amount: string | null
      readonly value: string | null
      /** What else is known of it. */
      readonly note?: string
    }[]
  }
  /** A fact, or the assessment of somebody (LED art. 7(1)). */
  readonly basis: 'fact' | 'assessment'
  /** How an item may be used, and by whom. */
  readonly marking: {
    /** Traffic Light Protocol 2.0 */
    readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
    readonly audience: readonly string[]
    readonly needToKnow: boolean
    readonly protectedPerson: boolean
    /** The sender allows use beyond the stated purpose. */
    readonly onwardUse: boolean
    /** A handling code of the sender, as H1. */
    readonly handling?: string
  }
  /** The person who added it; "node" where the node did. */
  readonly author: string
  /** Who wrote this version. */
  readonly by: string
}

/** Change an order about assets: what is given replaces what was there; the old version stays: what is given. */
export type OrderUpdateInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  readonly content: {
    /** What is ordered. */
    readonly measure:
      | 'PRESERVE'
      | 'TRACE_INFO'
      | 'ACCOUNT_INFO'
      | 'TX_INFO'
      | 'TX_MONITOR'
      | 'HOLD_TX'
      | 'FREEZE_SPECIFIC'
      | 'FREEZE_VALUE'
      | 'SEIZE_CUSTODY'
      | 'CONFISCATE_SPECIFIC'
      | 'CONFISCATE_VALUE'
      | 'SALE'
      | 'RETURN'
      | 'SHARE'
      | 'DELETE'
    /** Who ordered it. */
    readonly authority: string
    /** File number of the order. */
    readonly reference?: string
    /** A day, as 2026-11-25. */
    readonly on: string
    readonly until: string | null
    readonly liftedAt: string | null
    /** Whom it binds, as a service that holds the asset. */
    readonly addressee?: string
    /** What it is about: address and amount each. */
    readonly assets: readonly {
      /** A chain by its CAIP-2 id, as bip122:000000000019d6689c085ae165831e93. */
      readonly chain: string
      /** An address of the chain, as it was written. */
      readonly address: string
      readonly asset: string | null
      readonly amount: string | null
      readonly value: string | null
      /** What else is known of it. */
      readonly note?: string
    }[]
  }
  /** A fact, or the assessment of somebody (LED art. 7(1)). */
  readonly basis: 'fact' | 'assessment'
  /** How an item may be used, and by whom. */
  readonly marking?: {
    /** Traffic Light Protocol 2.0 */
    readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
    readonly audience: readonly string[]
    readonly needToKnow: boolean
    readonly protectedPerson: boolean
    /** The sender allows use beyond the stated purpose. */
    readonly onwardUse: boolean
    /** A handling code of the sender, as H1. */
    readonly handling?: string
  }
}
/** Change an order about assets: what is given replaces what was there; the old version stays: what comes back. */
export type OrderUpdateResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
  readonly findings: readonly {
    readonly code: string
    readonly message: string
    readonly with: readonly {
      readonly kind: string
      /** The identifier of a record of this node. */
      readonly id: string
    }[]
  }[]
}

/** Add a person of interest to a case: what is given. */
export type PersonOfInterestAddInput = {
  /** The case. */
  readonly caseId: string
  readonly content: {
    /** A human being, or a body with rights of its own. */
    readonly kind: 'natural' | 'legal'
    /** Surname, or the name of the body. */
    readonly name: string
    /** First names. */
    readonly firstNames?: string
    readonly otherNames?: readonly string[]
    /** A day, as 2026-11-25. */
    readonly born?: string
    readonly nationalities?: readonly string[]
    readonly identifiers?: readonly {
      /** As passport, register number. */
      readonly kind: string
      /** The number. */
      readonly value: string
    }[]
    /** Where the person lives or the body has its seat. */
    readonly address?: string
    readonly languages?: readonly string[]
    /** Category of data subject (LED art. 6). Not the position. */
    readonly ledCategory: 'SUSPECT' | 'CONVICTED' | 'VICTIM' | 'WITNESS' | 'CONTACT' | 'ASSOCIATE' | 'OTHER'
    readonly position: 'ORDER_TARGET' | 'OWNER' | 'THIRD_PARTY' | null
    /** What else is to be known. */
    readonly note?: string
  }
  /** A fact, or the assessment of somebody (LED art. 7(1)). */
  readonly basis: 'fact' | 'assessment'
  /** How an item may be used, and by whom. */
  readonly marking?: {
    /** Traffic Light Protocol 2.0 */
    readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
    readonly audience: readonly string[]
    readonly needToKnow: boolean
    readonly protectedPerson: boolean
    /** The sender allows use beyond the stated purpose. */
    readonly onwardUse: boolean
    /** A handling code of the sender, as H1. */
    readonly handling?: string
  }
}
/** Add a person of interest to a case: what comes back. */
export type PersonOfInterestAddResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Every version of one person of interest, oldest first: what is given. */
export type PersonOfInterestHistoryInput = {
  /** The identifier of a record of this node. */
  readonly id: string
}
/** Every version of one person of interest, oldest first: what comes back. */
export type PersonOfInterestHistoryResult = readonly {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The case. */
  readonly caseId: string
  /** The version of the record (its ETag). */
  readonly version: number
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly at: string
  readonly content: {
    /** A human being, or a body with rights of its own. */
    readonly kind: 'natural' | 'legal'
    /** Surname, or the name of the body. */
    readonly name: string
    /** First names. */
    readonly firstNames?: string
    readonly otherNames?: readonly string[]
    /** A day, as 2026-11-25. */
    readonly born?: string
    readonly nationalities?: readonly string[]
    readonly identifiers?: readonly {
      /** As passport, register number. */
      readonly kind: string
      /** The number. */
      readonly value: string
    }[]
    /** Where the person lives or the body has its seat. */
    readonly address?: string
    readonly languages?: readonly string[]
    /** Category of data subject (LED art. 6). Not the position. */
    readonly ledCategory: 'SUSPECT' | 'CONVICTED' | 'VICTIM' | 'WITNESS' | 'CONTACT' | 'ASSOCIATE' | 'OTHER'
    readonly position: 'ORDER_TARGET' | 'OWNER' | 'THIRD_PARTY' | null
    /** What else is to be known. */
    readonly note?: string
  }
  /** A fact, or the assessment of somebody (LED art. 7(1)). */
  readonly basis: 'fact' | 'assessment'
  /** How an item may be used, and by whom. */
  readonly marking: {
    /** Traffic Light Protocol 2.0 */
    readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
    readonly audience: readonly string[]
    readonly needToKnow: boolean
    readonly protectedPerson: boolean
    /** The sender allows use beyond the stated purpose. */
    readonly onwardUse: boolean
    /** A handling code of the sender, as H1. */
    readonly handling?: string
  }
  /** The person who added it; "node" where the node did. */
  readonly author: string
  /** Who wrote this version. */
  readonly by: string
}[]

/** List the persons of interest of a case that you may see, oldest first: what is given. */
export type PersonOfInterestListInput = {
  /** The case. */
  readonly caseId: string
  /** Where the last page ended: its `next`. */
  readonly after?: string
  /** At most so many items; 50 where nothing is said. */
  readonly limit?: number
}
/** List the persons of interest of a case that you may see, oldest first: what comes back. */
export type PersonOfInterestListResult = {
  readonly items: readonly {
    /** The identifier of a record of this node. */
    readonly id: string
    /** The case. */
    readonly caseId: string
    /** The version of the record (its ETag). */
    readonly version: number
    /** An instant in UTC, as 2026-11-25T10:00:00Z. */
    readonly at: string
    readonly content: {
      /** A human being, or a body with rights of its own. */
      readonly kind: 'natural' | 'legal'
      /** Surname, or the name of the body. */
      readonly name: string
      /** First names. */
      readonly firstNames?: string
      readonly otherNames?: readonly string[]
      /** A day, as 2026-11-25. */
      readonly born?: string
      readonly nationalities?: readonly string[]
      readonly identifiers?: readonly {
        /** As passport, register number. */
        readonly kind: string
        /** The number. */
        readonly value: string
      }[]
      /** Where the person lives or the body has its seat. */
      readonly address?: string
      readonly languages?: readonly string[]
      /** Category of data subject (LED art. 6). Not the position. */
      readonly ledCategory: 'SUSPECT' | 'CONVICTED' | 'VICTIM' | 'WITNESS' | 'CONTACT' | 'ASSOCIATE' | 'OTHER'
      readonly position: 'ORDER_TARGET' | 'OWNER' | 'THIRD_PARTY' | null
      /** What else is to be known. */
      readonly note?: string
    }
    /** A fact, or the assessment of somebody (LED art. 7(1)). */
    readonly basis: 'fact' | 'assessment'
    /** How an item may be used, and by whom. */
    readonly marking: {
      /** Traffic Light Protocol 2.0 */
      readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
      readonly audience: readonly string[]
      readonly needToKnow: boolean
      readonly protectedPerson: boolean
      /** The sender allows use beyond the stated purpose. */
      readonly onwardUse: boolean
      /** A handling code of the sender, as H1. */
      readonly handling?: string
    }
    /** The person who added it; "node" where the node did. */
    readonly author: string
    /** Who wrote this version. */
    readonly by: string
  }[]
  readonly next: string | null
}

/** Read a person of interest: what is given. */
export type PersonOfInterestReadInput = {
  /** The identifier of a record of this node. */
  readonly id: string
}
/** Read a person of interest: what comes back. */
export type PersonOfInterestReadResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The case. */
  readonly caseId: string
  /** The version of the record (its ETag). */
  readonly version: number
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly at: string
  readonly content: {
    /** A human being, or a body with rights of its own. */
    readonly kind: 'natural' | 'legal'
    /** Surname, or the name of the body. */
    readonly name: string
    /** First names. */
    readonly firstNames?: string
    readonly otherNames?: readonly string[]
    /** A day, as 2026-11-25. */
    readonly born?: string
    readonly nationalities?: readonly string[]
    readonly identifiers?: readonly {
      /** As passport, register number. */
      readonly kind: string
      /** The number. */
      readonly value: string
    }[]
    /** Where the person lives or the body has its seat. */
    readonly address?: string
    readonly languages?: readonly string[]
    /** Category of data subject (LED art. 6). Not the position. */
    readonly ledCategory: 'SUSPECT' | 'CONVICTED' | 'VICTIM' | 'WITNESS' | 'CONTACT' | 'ASSOCIATE' | 'OTHER'
    readonly position: 'ORDER_TARGET' | 'OWNER' | 'THIRD_PARTY' | null
    /** What else is to be known. */
    readonly note?: string
  }
  /** A fact, or the assessment of somebody (LED art. 7(1)). */
  readonly basis: 'fact' | 'assessment'
  /** How an item may be used, and by whom. */
  readonly marking: {
    /** Traffic Light Protocol 2.0 */
    readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
    readonly audience: readonly string[]
    readonly needToKnow: boolean
    readonly protectedPerson: boolean
    /** The sender allows use beyond the stated purpose. */
    readonly onwardUse: boolean
    /** A handling code of the sender, as H1. */
    readonly handling?: string
  }
  /** The person who added it; "node" where the node did. */
  readonly author: string
  /** Who wrote this version. */
  readonly by: string
}

/** Change a person of interest: what is given replaces what was there; the old version stays: what is given. */
export type PersonOfInterestUpdateInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  readonly content: {
    /** A human being, or a body with rights of its own. */
    readonly kind: 'natural' | 'legal'
    /** Surname, or the name of the body. */
    readonly name: string
    /** First names. */
    readonly firstNames?: string
    readonly otherNames?: readonly string[]
    /** A day, as 2026-11-25. */
    readonly born?: string
    readonly nationalities?: readonly string[]
    readonly identifiers?: readonly {
      /** As passport, register number. */
      readonly kind: string
      /** The number. */
      readonly value: string
    }[]
    /** Where the person lives or the body has its seat. */
    readonly address?: string
    readonly languages?: readonly string[]
    /** Category of data subject (LED art. 6). Not the position. */
    readonly ledCategory: 'SUSPECT' | 'CONVICTED' | 'VICTIM' | 'WITNESS' | 'CONTACT' | 'ASSOCIATE' | 'OTHER'
    readonly position: 'ORDER_TARGET' | 'OWNER' | 'THIRD_PARTY' | null
    /** What else is to be known. */
    readonly note?: string
  }
  /** A fact, or the assessment of somebody (LED art. 7(1)). */
  readonly basis: 'fact' | 'assessment'
  /** How an item may be used, and by whom. */
  readonly marking?: {
    /** Traffic Light Protocol 2.0 */
    readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
    readonly audience: readonly string[]
    readonly needToKnow: boolean
    readonly protectedPerson: boolean
    /** The sender allows use beyond the stated purpose. */
    readonly onwardUse: boolean
    /** A handling code of the sender, as H1. */
    readonly handling?: string
  }
}
/** Change a person of interest: what is given replaces what was there; the old version stays: what comes back. */
export type PersonOfInterestUpdateResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
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
  /** Why; kept in the journal. */
  readonly reason?: string
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
  /** Why; kept in the journal. */
  readonly reason?: string
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
  /** Why; kept in the journal. */
  readonly reason?: string
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

/** Read what this node says of itself to everybody: its name, its agency, its address, how people sign in: what is given. */
export type PublicReadInput = Record<string, never>
/** Read what this node says of itself to everybody: its name, its agency, its address, how people sign in: what comes back. */
export type PublicReadResult = {
  /** The name of its journal. */
  readonly node: string
  readonly agency: string
  /** ISO 3166-1 alpha-2. */
  readonly country: string
  /** The origin on which security keys work. */
  readonly publicUrl: string
  /** Whether people may also sign in through an identity provider. */
  readonly hasProvider: boolean
}

/** Say what became of something that another agency has recalled: removed, sealed off, kept under law, used: what is given. */
export type RecallConfirmInput = {
  /** The case. */
  readonly caseId?: string
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** What became of it. */
  readonly outcome: 'removed' | 'restricted' | 'kept-under-law' | 'used-already' | 'not-found'
  /** What was done, or why it is kept; it is told to the sender. */
  readonly text: string
  readonly passedOn: readonly string[]
}
/** Say what became of something that another agency has recalled: removed, sealed off, kept under law, used: what comes back. */
export type RecallConfirmResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Take back messages of a case that were sent: each receiver is asked, and what it answers is kept: what is given. */
export type RecallSendInput = {
  /** The case. */
  readonly caseId: string
  /** Messages of yours, to whomever, by their digests. */
  readonly messages: readonly string[]
  /** Why. */
  readonly reason: 'WRONG_RECIPIENT' | 'WRONG_CONTENT' | 'WITHDRAWN_ORDER' | 'WRONG_MARKING' | 'SECURITY'
  /** In words; it is told to the receivers. */
  readonly text: string
  /** A SHA-256 digest, in hexadecimal. */
  readonly replacedBy?: string
  /** Ask to whom it was passed on. */
  readonly passedOn?: boolean
  /** How an item may be used, and by whom. */
  readonly marking?: {
    /** Traffic Light Protocol 2.0 */
    readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
    readonly audience: readonly string[]
    readonly needToKnow: boolean
    readonly protectedPerson: boolean
    /** The sender allows use beyond the stated purpose. */
    readonly onwardUse: boolean
    /** A handling code of the sender, as H1. */
    readonly handling?: string
  }
}
/** Take back messages of a case that were sent: each receiver is asked, and what it answers is kept: what comes back. */
export type RecallSendResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Of a recall: who has received it, who has said what became of it, and who has not: what is given. */
export type RecallStatusInput = {
  /** The identifier of a record of this node. */
  readonly id: string
}
/** Of a recall: who has received it, who has said what became of it, and who has not: what comes back. */
export type RecallStatusResult = {
  readonly reason: string
  readonly text: string
  readonly parts: readonly {
    readonly peer: string
    readonly messages: readonly string[]
    /** queued, accepted, rejected, non-delivered …: what is known of the recall itself. */
    readonly delivery: string
    readonly answer: {
      /** What became of it. */
      readonly outcome: 'removed' | 'restricted' | 'kept-under-law' | 'used-already' | 'not-found'
      /** An instant in UTC, as 2026-11-25T10:00:00Z. */
      readonly at: string
      readonly passedOn: readonly string[]
      readonly text: string | null
    } | null
  }[]
  readonly unconfirmed: readonly string[]
}

/** Take note of a reminder: it is kept that you have seen it, and the date stays as it is: what is given. */
export type ReminderAcknowledgeInput = {
  /** What the reminder is about. */
  readonly kind:
    | 'request'
    | 'task'
    | 'decision'
    | 'order'
    | 'message'
    | 'joint-object'
    | 'incident'
    | 'order-conflict'
    | 'partner-contact'
  /** The identifier of a record of this node. */
  readonly id: string
  /** The reminder. */
  readonly reminder: string
  /** The version that you have read (the ETag). */
  readonly seen: number
}
/** Take note of a reminder: it is kept that you have seen it, and the date stays as it is: what comes back. */
export type ReminderAcknowledgeResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** What is due in the cases that you may see, soonest first, with the time left: what is given. */
export type ReminderListInput = {
  /** Only what is due by then. */
  readonly until?: string
  /** true: only reminders of which you have not taken note yet. */
  readonly open?: boolean
  /** At most so many items; 50 where nothing is said. */
  readonly limit?: number
}
/** What is due in the cases that you may see, soonest first, with the time left: what comes back. */
export type ReminderListResult = {
  readonly items: readonly {
    /** The case. */
    readonly caseId: string
    /** What it is about. */
    readonly kind:
      | 'request'
      | 'task'
      | 'decision'
      | 'order'
      | 'message'
      | 'joint-object'
      | 'incident'
      | 'order-conflict'
      | 'partner-contact'
    /** The identifier of a record of this node. */
    readonly id: string
    /** What is due. */
    readonly matter:
      | 'request-deadline'
      | 'measure-end'
      | 'approval-expiry'
      | 'task-due'
      | 'decision-final'
      | 'incident-notice'
      | 'message-unseen'
      | 'message-undelivered'
      | 'conflict-step'
      | 'contact-consent'
    readonly rule: string | null
    readonly article: string | null
    /** A date of the law; else it only reminds, and is never to be shown as one. */
    readonly binding: boolean
    readonly urgent: boolean
    readonly due: string | null
    /** An instant in UTC, as 2026-11-25T10:00:00Z. */
    readonly at: string
    /** Below zero where it has passed. */
    readonly secondsLeft: number
    readonly assignee: string | null
    readonly reminder: {
      /** The identifier of a record of this node. */
      readonly id: string
      /** The version of the record (its ETag). */
      readonly version: number
      readonly threshold: string
      /** An instant in UTC, as 2026-11-25T10:00:00Z. */
      readonly at: string
      readonly why: string
      readonly mine: boolean
    } | null
  }[]
  /** There is more than is shown. */
  readonly more: boolean
}

/** Recognise a request of others: it will be carried out: what is given. */
export type RequestAcceptInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** Why, in words that may be shown to a court. */
  readonly reason: string
}
/** Recognise a request of others: it will be carried out: what comes back. */
export type RequestAcceptResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Record that we have acknowledged a request of others, and when those who are competent had it: what is given. */
export type RequestAcknowledgeInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** What they or we have written, an exhibit. */
  readonly exhibit?: string
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly receivedByNodeAt?: string
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly receivedByCompetentAt?: string
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly forwardedAt?: string
}
/** Record that we have acknowledged a request of others, and when those who are competent had it: what comes back. */
export type RequestAcknowledgeResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Record that the request was received: by their node, and by the authority that is competent: what is given. */
export type RequestAcknowledgedInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly receivedByNodeAt?: string
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly receivedByCompetentAt?: string
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly forwardedAt?: string
}
/** Record that the request was received: by their node, and by the authority that is competent: what comes back. */
export type RequestAcknowledgedResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Ask the other authority for more: which fields of its request, and why they are needed: what is given. */
export type RequestAskMoreInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** Fields that are missing or unclear. */
  readonly fields: readonly string[]
  /** Why, in words that may be shown to a court. */
  readonly reason: string
}
/** Ask the other authority for more: which fields of its request, and why they are needed: what comes back. */
export type RequestAskMoreResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Record that they ask for more: what is given. */
export type RequestAskedBackInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** Why, in words that may be shown to a court. */
  readonly reason: string
}
/** Record that they ask for more: what comes back. */
export type RequestAskedBackResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** What is missing or wrong in a request, field by field, and who else is after its assets: what is given. */
export type RequestCheckInput = {
  /** The identifier of a record of this node. */
  readonly id: string
}
/** What is missing or wrong in a request, field by field, and who else is after its assets: what comes back. */
export type RequestCheckResult = {
  readonly problems: readonly {
    readonly code: string
    readonly path: string
    readonly message: string
    readonly fix: string
    readonly article: string
  }[]
  readonly findings: readonly {
    readonly code: string
    readonly message: string
    readonly with: readonly {
      readonly kind: string
      /** The identifier of a record of this node. */
      readonly id: string
    }[]
  }[]
}

/** Write a submitted request as the message that carries it to a member of the directory: what is given. */
export type RequestComposeInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** A member of the directory, by its id. */
  readonly to: string
  /** What the work serves. Use for another purpose needs consent. */
  readonly purpose: 'criminal-proceedings' | 'asset-recovery' | 'financial-intelligence' | 'administrative' | 'exercise'
  readonly header?: {
    readonly legalBasis?: string | null
    readonly instrument?: {
      /** The instrument by its id in the packs. */
      readonly id: string
      /** The article. */
      readonly article: string
      /** The version of the pack that the sender used. */
      readonly packVersion: string
    } | null
    readonly urgency?: {
      /** Why it cannot wait. */
      readonly code:
        | 'IMMINENT_DISSIPATION'
        | 'INVESTIGATIVE_NEED'
        | 'DATE_OR_COORDINATION'
        | 'LIFE_SAFETY'
        | 'DATA_LOSS'
        | 'CRIMINAL_STOP_PAYMENT'
      /** The provision that allows it to be urgent. */
      readonly ground: string
      /** The facts that make it urgent. */
      readonly text: string
    } | null
    /** What must not become known. */
    readonly confidentiality?: {
      /** Whether the existence of the request itself is to be kept secret (Budapest Convention art. 27(8)). */
      readonly secret: boolean
      /** Whether a service may tell its customer. */
      readonly providerNotice: 'allowed' | 'delayed' | 'forbidden'
      readonly until: string | null
    }
    /** Conditions of use; UNCAC art. 46(19), Budapest Convention art. 28. */
    readonly useConditions?: readonly {
      /** What the receiver may do with it; codes of packs/grounds.yaml. */
      readonly code:
        | 'INTEL_ONLY'
        | 'CONFIDENTIAL'
        | 'ONLY_STATED_PROCEEDING'
        | 'NO_THIRD_PARTY'
        | 'CONSENT_FOR_EVIDENCE'
        | 'EXCULPATORY_EXCEPTION'
        | 'REPORT_USE'
        | 'DELETE_BY'
        | 'SHOW_SUPPORT_INFO_NOT_TO_PROVIDER'
      readonly until: string | null
      readonly text: string | null
    }[]
    /** Personal data in the message and its attachments. */
    readonly dataProtection?: {
      /** Whose personal data is in it; empty where there is none. */
      readonly categories: readonly (
        | 'SUSPECT'
        | 'CONVICTED'
        | 'VICTIM'
        | 'WITNESS'
        | 'CONTACT'
        | 'ASSOCIATE'
        | 'OTHER'
      )[]
      /** Whether it states facts or personal assessments (Directive 2016/680 art. 7(1)). */
      readonly factOrAssessment: 'facts' | 'assessments' | 'both'
      readonly retentionUntil: string | null
      /** To other agencies or countries. */
      readonly onwardTransfer: 'forbidden' | 'with-consent' | 'allowed'
    }
    readonly unit?: string | null
    /** Other messages that it is about, of this exchange or another. */
    readonly relatesTo?: readonly string[]
    /** In which languages it is. */
    readonly languages?: {
      /** A language by its BCP 47 tag, as fr or zh-Hans. */
      readonly original: string
      /** Translations that come with it. */
      readonly translations: readonly {
        /** A language by its BCP 47 tag, as fr or zh-Hans. */
        readonly language: string
        /** The name of the file, without a path and without control characters. */
        readonly attachment: string
      }[]
    }
  }
  /** Members of the message that the request itself does not say; others are taken from it. */
  readonly body?: Record<string, never>
}
/** Write a submitted request as the message that carries it to a member of the directory: what comes back. */
export type RequestComposeResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Draft a request of a case to another authority: what is given. */
export type RequestDraftInput = {
  /** The case. */
  readonly caseId: string
  readonly content: {
    /** The instrument, by its id in the packs. */
    readonly instrument: string
    /** The type of request, by its id in the pack. */
    readonly requestType: string
    /** What is asked for. */
    readonly measure:
      | 'PRESERVE'
      | 'TRACE_INFO'
      | 'ACCOUNT_INFO'
      | 'TX_INFO'
      | 'TX_MONITOR'
      | 'HOLD_TX'
      | 'FREEZE_SPECIFIC'
      | 'FREEZE_VALUE'
      | 'SEIZE_CUSTODY'
      | 'CONFISCATE_SPECIFIC'
      | 'CONFISCATE_VALUE'
      | 'SALE'
      | 'RETURN'
      | 'SHARE'
      | 'DELETE'
    /** The fields of the form of the instrument, each under its path, as persons[0].natural.surname. */
    readonly data: {
      readonly [key: string]: string | boolean | number
    }
    readonly languages: {
      /** A language by its BCP 47 tag, as fr or zh-Hans. */
      readonly original: string
      readonly theirs: readonly string[]
    }
    readonly recipients: readonly {
      /** The authority or service that is asked. */
      readonly authority: string
      /** A country by its ISO 3166-1 code. */
      readonly country: string
      /** to: asked; via: passes it on, as a central authority; copy: is informed. */
      readonly role: 'to' | 'via' | 'copy'
      /** Where it is reached. */
      readonly address?: string
    }[]
    readonly clock: {
      /** A country by its ISO 3166-1 code. */
      readonly country: string
      /** An IANA time zone, as Europe/Vienna. */
      readonly zone: string
    }
    readonly urgency: {
      /** Why it cannot wait. */
      readonly code:
        | 'IMMINENT_DISSIPATION'
        | 'INVESTIGATIVE_NEED'
        | 'DATE_OR_COORDINATION'
        | 'LIFE_SAFETY'
        | 'DATA_LOSS'
        | 'CRIMINAL_STOP_PAYMENT'
      /** The facts of the urgency. */
      readonly ground: string
    } | null
    /** The facts of the case, as far as they are needed. */
    readonly facts: string
    /** What it is about: address and amount each. */
    readonly assets: readonly {
      /** A chain by its CAIP-2 id, as bip122:000000000019d6689c085ae165831e93. */
      readonly chain: string
      /** An address of the chain, as it was written. */
      readonly address: string
      readonly asset: string | null
      readonly amount: string | null
      readonly value: string | null
      /** What else is known of it. */
      readonly note?: string
    }[]
    readonly trace: {
      /** A SHA-256 digest, in hexadecimal. */
      readonly recordDigest: string
      /** A SHA-256 digest, in hexadecimal. */
      readonly resultDigest: string
      readonly rule: {
        /** The rule of tracing. */
        readonly id: string
        readonly version: number
        /** The rule as the law calls it. */
        readonly legalName: string
      }
      readonly asOf: {
        readonly height: number
        readonly hash: string | null
      }
      /** service: held by a service. unspent: not moved on. */
      readonly endpoint: 'service' | 'unspent'
      /** A whole number of base units (satoshi, wei), digits only. */
      readonly root: string
      /** A whole number of base units (satoshi, wei), digits only. */
      readonly reached: string
      /** A whole number of base units (satoshi, wei), digits only. */
      readonly notFollowed: string
      readonly shares: readonly {
        /** The seeds of one label: whose money it is. */
        readonly source: string
        /** A whole number of base units (satoshi, wei), digits only. */
        readonly amount: string
      }[]
    } | null
    readonly useConditions: readonly {
      /** What the receiver may do with it. */
      readonly code:
        | 'INTEL_ONLY'
        | 'CONFIDENTIAL'
        | 'ONLY_STATED_PROCEEDING'
        | 'NO_THIRD_PARTY'
        | 'CONSENT_FOR_EVIDENCE'
        | 'EXCULPATORY_EXCEPTION'
        | 'REPORT_USE'
        | 'DELETE_BY'
        | 'SHOW_SUPPORT_INFO_NOT_TO_PROVIDER'
      /** A day, as 2026-11-25. */
      readonly until?: string
      /** In words. */
      readonly text?: string
    }[]
  }
  /** How an item may be used, and by whom. */
  readonly marking?: {
    /** Traffic Light Protocol 2.0 */
    readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
    readonly audience: readonly string[]
    readonly needToKnow: boolean
    readonly protectedPerson: boolean
    /** The sender allows use beyond the stated purpose. */
    readonly onwardUse: boolean
    /** A handling code of the sender, as H1. */
    readonly handling?: string
  }
}
/** Draft a request of a case to another authority: what comes back. */
export type RequestDraftResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
  /** Who else here is after the same assets, as far as you may know. */
  readonly findings: readonly {
    readonly code: string
    readonly message: string
    readonly with: readonly {
      readonly kind: string
      /** The identifier of a record of this node. */
      readonly id: string
    }[]
  }[]
}

/** Record that a request of others was carried out, and what was secured: what is given. */
export type RequestExecuteInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** Why, in words that may be shown to a court. */
  readonly reason: string
  /** What was secured, where they have said so. */
  readonly secured: readonly {
    /** A chain by its CAIP-2 id, as bip122:000000000019d6689c085ae165831e93. */
    readonly chain: string
    /** An address of the chain, as it was written. */
    readonly address: string
    /** A whole number of base units (satoshi, wei), digits only. */
    readonly amount: string
  }[]
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly until?: string
}
/** Record that a request of others was carried out, and what was secured: what comes back. */
export type RequestExecuteResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Record that a request of others was carried out in part, and what was secured: what is given. */
export type RequestExecutePartiallyInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** Why, in words that may be shown to a court. */
  readonly reason: string
  /** What was secured, where they have said so. */
  readonly secured: readonly {
    /** A chain by its CAIP-2 id, as bip122:000000000019d6689c085ae165831e93. */
    readonly chain: string
    /** An address of the chain, as it was written. */
    readonly address: string
    /** A whole number of base units (satoshi, wei), digits only. */
    readonly amount: string
  }[]
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly until?: string
}
/** Record that a request of others was carried out in part, and what was secured: what comes back. */
export type RequestExecutePartiallyResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Record that the request was carried out: what is given. */
export type RequestExecutedInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** Why, in words that may be shown to a court. */
  readonly reason: string
  /** What was secured, where they have said so. */
  readonly secured: readonly {
    /** A chain by its CAIP-2 id, as bip122:000000000019d6689c085ae165831e93. */
    readonly chain: string
    /** An address of the chain, as it was written. */
    readonly address: string
    /** A whole number of base units (satoshi, wei), digits only. */
    readonly amount: string
  }[]
}
/** Record that the request was carried out: what comes back. */
export type RequestExecutedResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Ask that a measure that was carried out go on: what is given. */
export type RequestExtendInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly until: string
  /** Why, in words that may be shown to a court. */
  readonly reason: string
}
/** Ask that a measure that was carried out go on: what comes back. */
export type RequestExtendResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Find that a request of others cannot be carried out for now, and why (Reg. 2018/1805 art. 13): what is given. */
export type RequestFindImpossibleInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** Why, in words that may be shown to a court. */
  readonly reason: string
  /** The ground, by its code. */
  readonly code:
    | 'ALREADY_CONFISCATED'
    | 'DISAPPEARED'
    | 'DESTROYED'
    | 'NOT_FOUND'
    | 'LOCATION_IMPRECISE'
    | 'NO_CONTROL_OF_KEY'
    | 'VASP_NOT_IN_JURISDICTION'
    | 'SWEPT_ON_CHAIN'
    | 'TOKEN_CONTRACT_BLOCK_ONLY'
}
/** Find that a request of others cannot be carried out for now, and why (Reg. 2018/1805 art. 13): what comes back. */
export type RequestFindImpossibleResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Hand a request back to the other authority: nothing of it stays in force here: what is given. */
export type RequestHandBackInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** Why, in words that may be shown to a court. */
  readonly reason: string
}
/** Hand a request back to the other authority: nothing of it stays in force here: what comes back. */
export type RequestHandBackResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Every version of a request, oldest first: what is given. */
export type RequestHistoryInput = {
  /** The identifier of a record of this node. */
  readonly id: string
}
/** Every version of a request, oldest first: what comes back. */
export type RequestHistoryResult = readonly {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The identifier of a record of this node. */
  readonly caseId: string
  /** The version of the record (its ETag). */
  readonly version: number
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly at: string
  readonly request: {
    readonly content: {
      /** The instrument, by its id in the packs. */
      readonly instrument: string
      /** The type of request, by its id in the pack. */
      readonly requestType: string
      /** What is asked for. */
      readonly measure:
        | 'PRESERVE'
        | 'TRACE_INFO'
        | 'ACCOUNT_INFO'
        | 'TX_INFO'
        | 'TX_MONITOR'
        | 'HOLD_TX'
        | 'FREEZE_SPECIFIC'
        | 'FREEZE_VALUE'
        | 'SEIZE_CUSTODY'
        | 'CONFISCATE_SPECIFIC'
        | 'CONFISCATE_VALUE'
        | 'SALE'
        | 'RETURN'
        | 'SHARE'
        | 'DELETE'
      /** The fields of the form of the instrument, each under its path, as persons[0].natural.surname. */
      readonly data: {
        readonly [key: string]: string | boolean | number
      }
      readonly languages: {
        /** A language by its BCP 47 tag, as fr or zh-Hans. */
        readonly original: string
        readonly theirs: readonly string[]
      }
      readonly recipients: readonly {
        /** The authority or service that is asked. */
        readonly authority: string
        /** A country by its ISO 3166-1 code. */
        readonly country: string
        /** to: asked; via: passes it on, as a central authority; copy: is informed. */
        readonly role: 'to' | 'via' | 'copy'
        /** Where it is reached. */
        readonly address?: string
      }[]
      readonly clock: {
        /** A country by its ISO 3166-1 code. */
        readonly country: string
        /** An IANA time zone, as Europe/Vienna. */
        readonly zone: string
      }
      readonly urgency: {
        /** Why it cannot wait. */
        readonly code:
          | 'IMMINENT_DISSIPATION'
          | 'INVESTIGATIVE_NEED'
          | 'DATE_OR_COORDINATION'
          | 'LIFE_SAFETY'
          | 'DATA_LOSS'
          | 'CRIMINAL_STOP_PAYMENT'
        /** The facts of the urgency. */
        readonly ground: string
      } | null
      /** The facts of the case, as far as they are needed. */
      readonly facts: string
      /** What it is about: address and amount each. */
      readonly assets: readonly {
        /** A chain by its CAIP-2 id, as bip122:000000000019d6689c085ae165831e93. */
        readonly chain: string
        /** An address of the chain, as it was written. */
        readonly address: string
        readonly asset: string | null
        readonly amount: string | null
        readonly value: string | null
        /** What else is known of it. */
        readonly note?: string
      }[]
      readonly trace: {
        /** A SHA-256 digest, in hexadecimal. */
        readonly recordDigest: string
        /** A SHA-256 digest, in hexadecimal. */
        readonly resultDigest: string
        readonly rule: {
          /** The rule of tracing. */
          readonly id: string
          readonly version: number
          /** The rule as the law calls it. */
          readonly legalName: string
        }
        readonly asOf: {
          readonly height: number
          readonly hash: string | null
        }
        /** service: held by a service. unspent: not moved on. */
        readonly endpoint: 'service' | 'unspent'
        /** A whole number of base units (satoshi, wei), digits only. */
        readonly root: string
        /** A whole number of base units (satoshi, wei), digits only. */
        readonly reached: string
        /** A whole number of base units (satoshi, wei), digits only. */
        readonly notFollowed: string
        readonly shares: readonly {
          /** The seeds of one label: whose money it is. */
          readonly source: string
          /** A whole number of base units (satoshi, wei), digits only. */
          readonly amount: string
        }[]
      } | null
      readonly useConditions: readonly {
        /** What the receiver may do with it. */
        readonly code:
          | 'INTEL_ONLY'
          | 'CONFIDENTIAL'
          | 'ONLY_STATED_PROCEEDING'
          | 'NO_THIRD_PARTY'
          | 'CONSENT_FOR_EVIDENCE'
          | 'EXCULPATORY_EXCEPTION'
          | 'REPORT_USE'
          | 'DELETE_BY'
          | 'SHOW_SUPPORT_INFO_NOT_TO_PROVIDER'
        /** A day, as 2026-11-25. */
        readonly until?: string
        /** In words. */
        readonly text?: string
      }[]
    }
    readonly incoming?: {
      readonly sender: {
        /** The authority that asks. */
        readonly authority: string
        /** A country by its ISO 3166-1 code. */
        readonly country: string
        /** What it is, as the packs call it. */
        readonly role:
          | 'central-authority'
          | 'issuing-authority'
          | 'executing-authority'
          | 'judge'
          | 'court'
          | 'investigating-judge'
          | 'prosecutor'
          | 'police'
          | 'contact-24-7'
          | 'fiu'
          | 'asset-recovery-office'
          | 'asset-management-office'
          | 'interpol-ncb'
          | 'network-contact'
          | 'attorney-general'
          | 'service-provider'
          | 'obliged-entity'
          | 'state'
        readonly address: string | null
      }
      /** Their file number. */
      readonly reference: string
      /** How it arrived. network: of contact points or liaison offices. exchange: as a signed message. */
      readonly arrival:
        | 'post'
        | 'courier'
        | 'by-hand'
        | 'e-mail'
        | 'secure-channel'
        | 'network'
        | 'diplomatic'
        | 'exchange'
      readonly exhibit: string | null
      readonly letter: {
        /** The identifier of a record of this node. */
        readonly requestId: string
        /** A SHA-256 digest, in hexadecimal. */
        readonly digest: string
        /** Traffic Light Protocol 2.0 */
        readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
        readonly handling: string | null
      } | null
      readonly decidedAt: string | null
      readonly executedAt: string | null
      readonly asked: {
        readonly fields: readonly string[]
        readonly text: string
        /** An instant in UTC, as 2026-11-25T10:00:00Z. */
        readonly at: string
      } | null
    }
    readonly exchange?: {
      /** The member of the directory. */
      readonly peer: string
      /** A SHA-256 digest, in hexadecimal. */
      readonly id: string
      /** The type of the message that opened it. */
      readonly opening: string
    }
    /** How an item may be used, and by whom. */
    readonly marking: {
      /** Traffic Light Protocol 2.0 */
      readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
      readonly audience: readonly string[]
      readonly needToKnow: boolean
      readonly protectedPerson: boolean
      /** The sender allows use beyond the stated purpose. */
      readonly onwardUse: boolean
      /** A handling code of the sender, as H1. */
      readonly handling?: string
    }
    /** The identifier of a record of this node. */
    readonly author: string
    readonly drafters: readonly string[]
    /** Where it stands. */
    readonly state:
      | 'draft'
      | 'submitted'
      | 'released'
      | 'received'
      | 'acknowledged'
      | 'referred'
      | 'asked-back'
      | 'accepted'
      | 'postponed'
      | 'impossible'
      | 'partially-executed'
      | 'executed'
      | 'reported'
      | 'extended'
      | 'refused'
      | 'withdrawn'
      | 'lifted'
      | 'handed-back'
    readonly submitted: {
      /** A SHA-256 digest, in hexadecimal. */
      readonly digest: string
      readonly policies: string
      readonly needed: number
      /** An instant in UTC, as 2026-11-25T10:00:00Z. */
      readonly at: string
      /** The identifier of a record of this node. */
      readonly by: string
    } | null
    readonly approvals: readonly {
      /** The identifier of a record of this node. */
      readonly approverId: string
      readonly role: string
      readonly credentialId: string
      /** A SHA-256 digest, in hexadecimal. */
      readonly digest: string
      readonly challenge: string
      /** An instant in UTC, as 2026-11-25T10:00:00Z. */
      readonly givenAt: string
      /** An instant in UTC, as 2026-11-25T10:00:00Z. */
      readonly expiresAt: string
      readonly withdrawnAt: string | null
    }[]
    readonly releasedAt: string | null
    readonly received: {
      readonly receivedByNodeAt: string | null
      readonly receivedByCompetentAt: string | null
      readonly forwardedAt: string | null
    }
    readonly deadlines: readonly {
      readonly ruleId: string
      readonly article: string
      readonly due: string | null
      readonly zone: string
      readonly binding: boolean
      readonly steps: readonly string[]
      /** An instant in UTC, as 2026-11-25T10:00:00Z. */
      readonly from?: string
      readonly reminders?: readonly {
        /** An instant in UTC, as 2026-11-25T10:00:00Z. */
        readonly at: string
        readonly why: string
      }[]
    }[]
    readonly periods?: readonly {
      /** The rule of the packs, as EEV-11-1a. */
      readonly ruleId: string
      readonly extendedAt: string | null
      /** Stretches during which it stood still. */
      readonly suspended: readonly {
        /** An instant in UTC, as 2026-11-25T10:00:00Z. */
        readonly from: string
        /** An instant in UTC, as 2026-11-25T10:00:00Z. */
        readonly to: string
      }[]
    }[]
    readonly referral: {
      readonly to: {
        /** The authority or service that is asked. */
        readonly authority: string
        /** A country by its ISO 3166-1 code. */
        readonly country: string
        /** to: asked; via: passes it on, as a central authority; copy: is informed. */
        readonly role: 'to' | 'via' | 'copy'
        /** Where it is reached. */
        readonly address?: string
      }
      /** An instant in UTC, as 2026-11-25T10:00:00Z. */
      readonly at: string
      readonly takenOverAt: string | null
    } | null
    readonly reason: {
      readonly code: string | null
      readonly text: string
      readonly article?: string
      readonly verified?: string
    } | null
    readonly secured: readonly {
      readonly chain: string
      readonly address: string
      /** A whole number of base units (satoshi, wei), digits only. */
      readonly amount: string
    }[]
    readonly until: string | null
    readonly by: string | 'node'
  }
}[]

/** Record that execution is impossible for now, with the reason (Reg. 2018/1805 art. 13): what is given. */
export type RequestImpossibleInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** Why, in words that may be shown to a court. */
  readonly reason: string
  /** The ground, by its code. */
  readonly code:
    | 'ALREADY_CONFISCATED'
    | 'DISAPPEARED'
    | 'DESTROYED'
    | 'NOT_FOUND'
    | 'LOCATION_IMPRECISE'
    | 'NO_CONTROL_OF_KEY'
    | 'VASP_NOT_IN_JURISDICTION'
    | 'SWEPT_ON_CHAIN'
    | 'TOKEN_CONTRACT_BLOCK_ONLY'
}
/** Record that execution is impossible for now, with the reason (Reg. 2018/1805 art. 13): what comes back. */
export type RequestImpossibleResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Read a request for its letter; the PDF itself is at /v1/request/letter.pdf: what is given. */
export type RequestLetterInput = {
  readonly id: string
  readonly language: 'en' | 'fr' | 'es' | 'de' | 'ar' | 'zh'
}
/** Read a request for its letter; the PDF itself is at /v1/request/letter.pdf: what comes back. */
export type RequestLetterResult = {
  readonly id: string
  readonly version: number
  readonly language: string
}

/** Ask that a measure that was carried out be lifted: what is given. */
export type RequestLiftInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** Why, in words that may be shown to a court. */
  readonly reason: string
}
/** Ask that a measure that was carried out be lifted: what comes back. */
export type RequestLiftResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Record that the measure for the other authority was lifted: what is given. */
export type RequestLiftedInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** Why, in words that may be shown to a court. */
  readonly reason: string
}
/** Record that the measure for the other authority was lifted: what comes back. */
export type RequestLiftedResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** List the requests of a case that you may see, oldest first: what is given. */
export type RequestListInput = {
  /** The case. */
  readonly caseId: string
  /** Where the last page ended: its `next`. */
  readonly after?: string
  /** At most so many items; 50 where nothing is said. */
  readonly limit?: number
}
/** List the requests of a case that you may see, oldest first: what comes back. */
export type RequestListResult = {
  readonly items: readonly {
    /** The identifier of a record of this node. */
    readonly id: string
    /** The identifier of a record of this node. */
    readonly caseId: string
    /** The version of the record (its ETag). */
    readonly version: number
    /** An instant in UTC, as 2026-11-25T10:00:00Z. */
    readonly at: string
    readonly request: {
      readonly content: {
        /** The instrument, by its id in the packs. */
        readonly instrument: string
        /** The type of request, by its id in the pack. */
        readonly requestType: string
        /** What is asked for. */
        readonly measure:
          | 'PRESERVE'
          | 'TRACE_INFO'
          | 'ACCOUNT_INFO'
          | 'TX_INFO'
          | 'TX_MONITOR'
          | 'HOLD_TX'
          | 'FREEZE_SPECIFIC'
          | 'FREEZE_VALUE'
          | 'SEIZE_CUSTODY'
          | 'CONFISCATE_SPECIFIC'
          | 'CONFISCATE_VALUE'
          | 'SALE'
          | 'RETURN'
          | 'SHARE'
          | 'DELETE'
        /** The fields of the form of the instrument, each under its path, as persons[0].natural.surname. */
        readonly data: {
          readonly [key: string]: string | boolean | number
        }
        readonly languages: {
          /** A language by its BCP 47 tag, as fr or zh-Hans. */
          readonly original: string
          readonly theirs: readonly string[]
        }
        readonly recipients: readonly {
          /** The authority or service that is asked. */
          readonly authority: string
          /** A country by its ISO 3166-1 code. */
          readonly country: string
          /** to: asked; via: passes it on, as a central authority; copy: is informed. */
          readonly role: 'to' | 'via' | 'copy'
          /** Where it is reached. */
          readonly address?: string
        }[]
        readonly clock: {
          /** A country by its ISO 3166-1 code. */
          readonly country: string
          /** An IANA time zone, as Europe/Vienna. */
          readonly zone: string
        }
        readonly urgency: {
          /** Why it cannot wait. */
          readonly code:
            | 'IMMINENT_DISSIPATION'
            | 'INVESTIGATIVE_NEED'
            | 'DATE_OR_COORDINATION'
            | 'LIFE_SAFETY'
            | 'DATA_LOSS'
            | 'CRIMINAL_STOP_PAYMENT'
          /** The facts of the urgency. */
          readonly ground: string
        } | null
        /** The facts of the case, as far as they are needed. */
        readonly facts: string
        /** What it is about: address and amount each. */
        readonly assets: readonly {
          /** A chain by its CAIP-2 id, as bip122:000000000019d6689c085ae165831e93. */
          readonly chain: string
          /** An address of the chain, as it was written. */
          readonly address: string
          readonly asset: string | null
          readonly amount: string | null
          readonly value: string | null
          /** What else is known of it. */
          readonly note?: string
        }[]
        readonly trace: {
          /** A SHA-256 digest, in hexadecimal. */
          readonly recordDigest: string
          /** A SHA-256 digest, in hexadecimal. */
          readonly resultDigest: string
          readonly rule: {
            /** The rule of tracing. */
            readonly id: string
            readonly version: number
            /** The rule as the law calls it. */
            readonly legalName: string
          }
          readonly asOf: {
            readonly height: number
            readonly hash: string | null
          }
          /** service: held by a service. unspent: not moved on. */
          readonly endpoint: 'service' | 'unspent'
          /** A whole number of base units (satoshi, wei), digits only. */
          readonly root: string
          /** A whole number of base units (satoshi, wei), digits only. */
          readonly reached: string
          /** A whole number of base units (satoshi, wei), digits only. */
          readonly notFollowed: string
          readonly shares: readonly {
            /** The seeds of one label: whose money it is. */
            readonly source: string
            /** A whole number of base units (satoshi, wei), digits only. */
            readonly amount: string
          }[]
        } | null
        readonly useConditions: readonly {
          /** What the receiver may do with it. */
          readonly code:
            | 'INTEL_ONLY'
            | 'CONFIDENTIAL'
            | 'ONLY_STATED_PROCEEDING'
            | 'NO_THIRD_PARTY'
            | 'CONSENT_FOR_EVIDENCE'
            | 'EXCULPATORY_EXCEPTION'
            | 'REPORT_USE'
            | 'DELETE_BY'
            | 'SHOW_SUPPORT_INFO_NOT_TO_PROVIDER'
          /** A day, as 2026-11-25. */
          readonly until?: string
          /** In words. */
          readonly text?: string
        }[]
      }
      readonly incoming?: {
        readonly sender: {
          /** The authority that asks. */
          readonly authority: string
          /** A country by its ISO 3166-1 code. */
          readonly country: string
          /** What it is, as the packs call it. */
          readonly role:
            | 'central-authority'
            | 'issuing-authority'
            | 'executing-authority'
            | 'judge'
            | 'court'
            | 'investigating-judge'
            | 'prosecutor'
            | 'police'
            | 'contact-24-7'
            | 'fiu'
            | 'asset-recovery-office'
            | 'asset-management-office'
            | 'interpol-ncb'
            | 'network-contact'
            | 'attorney-general'
            | 'service-provider'
            | 'obliged-entity'
            | 'state'
          readonly address: string | null
        }
        /** Their file number. */
        readonly reference: string
        /** How it arrived. network: of contact points or liaison offices. exchange: as a signed message. */
        readonly arrival:
          | 'post'
          | 'courier'
          | 'by-hand'
          | 'e-mail'
          | 'secure-channel'
          | 'network'
          | 'diplomatic'
          | 'exchange'
        readonly exhibit: string | null
        readonly letter: {
          /** The identifier of a record of this node. */
          readonly requestId: string
          /** A SHA-256 digest, in hexadecimal. */
          readonly digest: string
          /** Traffic Light Protocol 2.0 */
          readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
          readonly handling: string | null
        } | null
        readonly decidedAt: string | null
        readonly executedAt: string | null
        readonly asked: {
          readonly fields: readonly string[]
          readonly text: string
          /** An instant in UTC, as 2026-11-25T10:00:00Z. */
          readonly at: string
        } | null
      }
      readonly exchange?: {
        /** The member of the directory. */
        readonly peer: string
        /** A SHA-256 digest, in hexadecimal. */
        readonly id: string
        /** The type of the message that opened it. */
        readonly opening: string
      }
      /** How an item may be used, and by whom. */
      readonly marking: {
        /** Traffic Light Protocol 2.0 */
        readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
        readonly audience: readonly string[]
        readonly needToKnow: boolean
        readonly protectedPerson: boolean
        /** The sender allows use beyond the stated purpose. */
        readonly onwardUse: boolean
        /** A handling code of the sender, as H1. */
        readonly handling?: string
      }
      /** The identifier of a record of this node. */
      readonly author: string
      readonly drafters: readonly string[]
      /** Where it stands. */
      readonly state:
        | 'draft'
        | 'submitted'
        | 'released'
        | 'received'
        | 'acknowledged'
        | 'referred'
        | 'asked-back'
        | 'accepted'
        | 'postponed'
        | 'impossible'
        | 'partially-executed'
        | 'executed'
        | 'reported'
        | 'extended'
        | 'refused'
        | 'withdrawn'
        | 'lifted'
        | 'handed-back'
      readonly submitted: {
        /** A SHA-256 digest, in hexadecimal. */
        readonly digest: string
        readonly policies: string
        readonly needed: number
        /** An instant in UTC, as 2026-11-25T10:00:00Z. */
        readonly at: string
        /** The identifier of a record of this node. */
        readonly by: string
      } | null
      readonly approvals: readonly {
        /** The identifier of a record of this node. */
        readonly approverId: string
        readonly role: string
        readonly credentialId: string
        /** A SHA-256 digest, in hexadecimal. */
        readonly digest: string
        readonly challenge: string
        /** An instant in UTC, as 2026-11-25T10:00:00Z. */
        readonly givenAt: string
        /** An instant in UTC, as 2026-11-25T10:00:00Z. */
        readonly expiresAt: string
        readonly withdrawnAt: string | null
      }[]
      readonly releasedAt: string | null
      readonly received: {
        readonly receivedByNodeAt: string | null
        readonly receivedByCompetentAt: string | null
        readonly forwardedAt: string | null
      }
      readonly deadlines: readonly {
        readonly ruleId: string
        readonly article: string
        readonly due: string | null
        readonly zone: string
        readonly binding: boolean
        readonly steps: readonly string[]
        /** An instant in UTC, as 2026-11-25T10:00:00Z. */
        readonly from?: string
        readonly reminders?: readonly {
          /** An instant in UTC, as 2026-11-25T10:00:00Z. */
          readonly at: string
          readonly why: string
        }[]
      }[]
      readonly periods?: readonly {
        /** The rule of the packs, as EEV-11-1a. */
        readonly ruleId: string
        readonly extendedAt: string | null
        /** Stretches during which it stood still. */
        readonly suspended: readonly {
          /** An instant in UTC, as 2026-11-25T10:00:00Z. */
          readonly from: string
          /** An instant in UTC, as 2026-11-25T10:00:00Z. */
          readonly to: string
        }[]
      }[]
      readonly referral: {
        readonly to: {
          /** The authority or service that is asked. */
          readonly authority: string
          /** A country by its ISO 3166-1 code. */
          readonly country: string
          /** to: asked; via: passes it on, as a central authority; copy: is informed. */
          readonly role: 'to' | 'via' | 'copy'
          /** Where it is reached. */
          readonly address?: string
        }
        /** An instant in UTC, as 2026-11-25T10:00:00Z. */
        readonly at: string
        readonly takenOverAt: string | null
      } | null
      readonly reason: {
        readonly code: string | null
        readonly text: string
        readonly article?: string
        readonly verified?: string
      } | null
      readonly secured: readonly {
        readonly chain: string
        readonly address: string
        /** A whole number of base units (satoshi, wei), digits only. */
        readonly amount: string
      }[]
      readonly until: string | null
      readonly by: string | 'node'
    }
  }[]
  readonly next: string | null
}

/** Record that the request was carried out in part: what is given. */
export type RequestPartiallyInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** Why, in words that may be shown to a court. */
  readonly reason: string
  /** What was secured, where they have said so. */
  readonly secured: readonly {
    /** A chain by its CAIP-2 id, as bip122:000000000019d6689c085ae165831e93. */
    readonly chain: string
    /** An address of the chain, as it was written. */
    readonly address: string
    /** A whole number of base units (satoshi, wei), digits only. */
    readonly amount: string
  }[]
}
/** Record that the request was carried out in part: what comes back. */
export type RequestPartiallyResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Record that a period of a request was extended, or stood still, under the provision of its rule: what is given. */
export type RequestPeriodChangeInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** The rule of the packs, as EEV-11-1a. */
  readonly ruleId: string
  readonly extendedAt: string | null
  /** Stretches during which it stood still. */
  readonly suspended: readonly {
    /** An instant in UTC, as 2026-11-25T10:00:00Z. */
    readonly from: string
    /** An instant in UTC, as 2026-11-25T10:00:00Z. */
    readonly to: string
  }[]
  /** Who extended or suspended it, and why. */
  readonly reason: string
}
/** Record that a period of a request was extended, or stood still, under the provision of its rule: what comes back. */
export type RequestPeriodChangeResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Say whether a period of a request may be extended or stand still, by which provision, and which date would follow: what is given. */
export type RequestPeriodReadInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The rule of the packs, as EEV-11-1a. */
  readonly ruleId: string
  readonly extendedAt?: string | null
  /** Stretches during which it stood still. */
  readonly suspended?: readonly {
    /** An instant in UTC, as 2026-11-25T10:00:00Z. */
    readonly from: string
    /** An instant in UTC, as 2026-11-25T10:00:00Z. */
    readonly to: string
  }[]
}
/** Say whether a period of a request may be extended or stand still, by which provision, and which date would follow: what comes back. */
export type RequestPeriodReadResult = {
  readonly ruleId: string
  readonly article: string
  readonly due: string | null
  readonly zone: string
  readonly binding: boolean
  readonly steps: readonly string[]
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly from?: string
  readonly reminders?: readonly {
    /** An instant in UTC, as 2026-11-25T10:00:00Z. */
    readonly at: string
    readonly why: string
  }[]
  readonly extension: {
    readonly text: string
    readonly article: string
    /** How well it was read: in the text (verified), in a secondary source, or from memory (unverified). */
    readonly verified: 'verified' | 'secondary' | 'unverified'
    /** Whether the date moves by it; otherwise it is kept, and only reminds. */
    readonly moves: boolean
  } | null
  readonly suspension: {
    readonly text: string
    readonly article: string
    /** How well it was read: in the text (verified), in a secondary source, or from memory (unverified). */
    readonly verified: 'verified' | 'secondary' | 'unverified'
    /** Whether the date moves by it; otherwise it is kept, and only reminds. */
    readonly moves: boolean
  } | null
}

/** Postpone the execution of a request of others, on a ground that its instrument allows: what is given. */
export type RequestPostponeInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** Why, in words that may be shown to a court. */
  readonly reason: string
  /** The ground, by its code. */
  readonly code:
    | 'OWN_INVESTIGATION'
    | 'ALREADY_FROZEN'
    | 'OTHER_ORDER_PRIORITY'
    | 'OVER_RECOVERY'
    | 'OWN_CONFISCATION'
    | 'REMEDY_PENDING'
}
/** Postpone the execution of a request of others, on a ground that its instrument allows: what comes back. */
export type RequestPostponeResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Record that they have postponed execution, with the ground: what is given. */
export type RequestPostponedInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** Why, in words that may be shown to a court. */
  readonly reason: string
  /** The ground, by its code. */
  readonly code:
    | 'OWN_INVESTIGATION'
    | 'ALREADY_FROZEN'
    | 'OTHER_ORDER_PRIORITY'
    | 'OVER_RECOVERY'
    | 'OWN_CONFISCATION'
    | 'REMEDY_PENDING'
}
/** Record that they have postponed execution, with the ground: what comes back. */
export type RequestPostponedResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Record that the other authority asks that its measure go on: what is given. */
export type RequestProlongedInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** Why, in words that may be shown to a court. */
  readonly reason: string
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly until: string
}
/** Record that the other authority asks that its measure go on: what comes back. */
export type RequestProlongedResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Read a request, and where its approvals stand at this moment: what is given. */
export type RequestReadInput = {
  /** The identifier of a record of this node. */
  readonly id: string
}
/** Read a request, and where its approvals stand at this moment: what comes back. */
export type RequestReadResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The identifier of a record of this node. */
  readonly caseId: string
  /** The version of the record (its ETag). */
  readonly version: number
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly at: string
  readonly request: {
    readonly content: {
      /** The instrument, by its id in the packs. */
      readonly instrument: string
      /** The type of request, by its id in the pack. */
      readonly requestType: string
      /** What is asked for. */
      readonly measure:
        | 'PRESERVE'
        | 'TRACE_INFO'
        | 'ACCOUNT_INFO'
        | 'TX_INFO'
        | 'TX_MONITOR'
        | 'HOLD_TX'
        | 'FREEZE_SPECIFIC'
        | 'FREEZE_VALUE'
        | 'SEIZE_CUSTODY'
        | 'CONFISCATE_SPECIFIC'
        | 'CONFISCATE_VALUE'
        | 'SALE'
        | 'RETURN'
        | 'SHARE'
        | 'DELETE'
      /** The fields of the form of the instrument, each under its path, as persons[0].natural.surname. */
      readonly data: {
        readonly [key: string]: string | boolean | number
      }
      readonly languages: {
        /** A language by its BCP 47 tag, as fr or zh-Hans. */
        readonly original: string
        readonly theirs: readonly string[]
      }
      readonly recipients: readonly {
        /** The authority or service that is asked. */
        readonly authority: string
        /** A country by its ISO 3166-1 code. */
        readonly country: string
        /** to: asked; via: passes it on, as a central authority; copy: is informed. */
        readonly role: 'to' | 'via' | 'copy'
        /** Where it is reached. */
        readonly address?: string
      }[]
      readonly clock: {
        /** A country by its ISO 3166-1 code. */
        readonly country: string
        /** An IANA time zone, as Europe/Vienna. */
        readonly zone: string
      }
      readonly urgency: {
        /** Why it cannot wait. */
        readonly code:
          | 'IMMINENT_DISSIPATION'
          | 'INVESTIGATIVE_NEED'
          | 'DATE_OR_COORDINATION'
          | 'LIFE_SAFETY'
          | 'DATA_LOSS'
          | 'CRIMINAL_STOP_PAYMENT'
        /** The facts of the urgency. */
        readonly ground: string
      } | null
      /** The facts of the case, as far as they are needed. */
      readonly facts: string
      /** What it is about: address and amount each. */
      readonly assets: readonly {
        /** A chain by its CAIP-2 id, as bip122:000000000019d6689c085ae165831e93. */
        readonly chain: string
        /** An address of the chain, as it was written. */
        readonly address: string
        readonly asset: string | null
        readonly amount: string | null
        readonly value: string | null
        /** What else is known of it. */
        readonly note?: string
      }[]
      readonly trace: {
        /** A SHA-256 digest, in hexadecimal. */
        readonly recordDigest: string
        /** A SHA-256 digest, in hexadecimal. */
        readonly resultDigest: string
        readonly rule: {
          /** The rule of tracing. */
          readonly id: string
          readonly version: number
          /** The rule as the law calls it. */
          readonly legalName: string
        }
        readonly asOf: {
          readonly height: number
          readonly hash: string | null
        }
        /** service: held by a service. unspent: not moved on. */
        readonly endpoint: 'service' | 'unspent'
        /** A whole number of base units (satoshi, wei), digits only. */
        readonly root: string
        /** A whole number of base units (satoshi, wei), digits only. */
        readonly reached: string
        /** A whole number of base units (satoshi, wei), digits only. */
        readonly notFollowed: string
        readonly shares: readonly {
          /** The seeds of one label: whose money it is. */
          readonly source: string
          /** A whole number of base units (satoshi, wei), digits only. */
          readonly amount: string
        }[]
      } | null
      readonly useConditions: readonly {
        /** What the receiver may do with it. */
        readonly code:
          | 'INTEL_ONLY'
          | 'CONFIDENTIAL'
          | 'ONLY_STATED_PROCEEDING'
          | 'NO_THIRD_PARTY'
          | 'CONSENT_FOR_EVIDENCE'
          | 'EXCULPATORY_EXCEPTION'
          | 'REPORT_USE'
          | 'DELETE_BY'
          | 'SHOW_SUPPORT_INFO_NOT_TO_PROVIDER'
        /** A day, as 2026-11-25. */
        readonly until?: string
        /** In words. */
        readonly text?: string
      }[]
    }
    readonly incoming?: {
      readonly sender: {
        /** The authority that asks. */
        readonly authority: string
        /** A country by its ISO 3166-1 code. */
        readonly country: string
        /** What it is, as the packs call it. */
        readonly role:
          | 'central-authority'
          | 'issuing-authority'
          | 'executing-authority'
          | 'judge'
          | 'court'
          | 'investigating-judge'
          | 'prosecutor'
          | 'police'
          | 'contact-24-7'
          | 'fiu'
          | 'asset-recovery-office'
          | 'asset-management-office'
          | 'interpol-ncb'
          | 'network-contact'
          | 'attorney-general'
          | 'service-provider'
          | 'obliged-entity'
          | 'state'
        readonly address: string | null
      }
      /** Their file number. */
      readonly reference: string
      /** How it arrived. network: of contact points or liaison offices. exchange: as a signed message. */
      readonly arrival:
        | 'post'
        | 'courier'
        | 'by-hand'
        | 'e-mail'
        | 'secure-channel'
        | 'network'
        | 'diplomatic'
        | 'exchange'
      readonly exhibit: string | null
      readonly letter: {
        /** The identifier of a record of this node. */
        readonly requestId: string
        /** A SHA-256 digest, in hexadecimal. */
        readonly digest: string
        /** Traffic Light Protocol 2.0 */
        readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
        readonly handling: string | null
      } | null
      readonly decidedAt: string | null
      readonly executedAt: string | null
      readonly asked: {
        readonly fields: readonly string[]
        readonly text: string
        /** An instant in UTC, as 2026-11-25T10:00:00Z. */
        readonly at: string
      } | null
    }
    readonly exchange?: {
      /** The member of the directory. */
      readonly peer: string
      /** A SHA-256 digest, in hexadecimal. */
      readonly id: string
      /** The type of the message that opened it. */
      readonly opening: string
    }
    /** How an item may be used, and by whom. */
    readonly marking: {
      /** Traffic Light Protocol 2.0 */
      readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
      readonly audience: readonly string[]
      readonly needToKnow: boolean
      readonly protectedPerson: boolean
      /** The sender allows use beyond the stated purpose. */
      readonly onwardUse: boolean
      /** A handling code of the sender, as H1. */
      readonly handling?: string
    }
    /** The identifier of a record of this node. */
    readonly author: string
    readonly drafters: readonly string[]
    /** Where it stands. */
    readonly state:
      | 'draft'
      | 'submitted'
      | 'released'
      | 'received'
      | 'acknowledged'
      | 'referred'
      | 'asked-back'
      | 'accepted'
      | 'postponed'
      | 'impossible'
      | 'partially-executed'
      | 'executed'
      | 'reported'
      | 'extended'
      | 'refused'
      | 'withdrawn'
      | 'lifted'
      | 'handed-back'
    readonly submitted: {
      /** A SHA-256 digest, in hexadecimal. */
      readonly digest: string
      readonly policies: string
      readonly needed: number
      /** An instant in UTC, as 2026-11-25T10:00:00Z. */
      readonly at: string
      /** The identifier of a record of this node. */
      readonly by: string
    } | null
    readonly approvals: readonly {
      /** The identifier of a record of this node. */
      readonly approverId: string
      readonly role: string
      readonly credentialId: string
      /** A SHA-256 digest, in hexadecimal. */
      readonly digest: string
      readonly challenge: string
      /** An instant in UTC, as 2026-11-25T10:00:00Z. */
      readonly givenAt: string
      /** An instant in UTC, as 2026-11-25T10:00:00Z. */
      readonly expiresAt: string
      readonly withdrawnAt: string | null
    }[]
    readonly releasedAt: string | null
    readonly received: {
      readonly receivedByNodeAt: string | null
      readonly receivedByCompetentAt: string | null
      readonly forwardedAt: string | null
    }
    readonly deadlines: readonly {
      readonly ruleId: string
      readonly article: string
      readonly due: string | null
      readonly zone: string
      readonly binding: boolean
      readonly steps: readonly string[]
      /** An instant in UTC, as 2026-11-25T10:00:00Z. */
      readonly from?: string
      readonly reminders?: readonly {
        /** An instant in UTC, as 2026-11-25T10:00:00Z. */
        readonly at: string
        readonly why: string
      }[]
    }[]
    readonly periods?: readonly {
      /** The rule of the packs, as EEV-11-1a. */
      readonly ruleId: string
      readonly extendedAt: string | null
      /** Stretches during which it stood still. */
      readonly suspended: readonly {
        /** An instant in UTC, as 2026-11-25T10:00:00Z. */
        readonly from: string
        /** An instant in UTC, as 2026-11-25T10:00:00Z. */
        readonly to: string
      }[]
    }[]
    readonly referral: {
      readonly to: {
        /** The authority or service that is asked. */
        readonly authority: string
        /** A country by its ISO 3166-1 code. */
        readonly country: string
        /** to: asked; via: passes it on, as a central authority; copy: is informed. */
        readonly role: 'to' | 'via' | 'copy'
        /** Where it is reached. */
        readonly address?: string
      }
      /** An instant in UTC, as 2026-11-25T10:00:00Z. */
      readonly at: string
      readonly takenOverAt: string | null
    } | null
    readonly reason: {
      readonly code: string | null
      readonly text: string
      readonly article?: string
      readonly verified?: string
    } | null
    readonly secured: readonly {
      readonly chain: string
      readonly address: string
      /** A whole number of base units (satoshi, wei), digits only. */
      readonly amount: string
    }[]
    readonly until: string | null
    readonly by: string | 'node'
  }
  readonly approval: {
    readonly needed: number
    readonly counted: number
    readonly enough: boolean
    readonly void: readonly {
      /** The identifier of a record of this node. */
      readonly approverId: string
      readonly why: string
    }[]
  }
}

/** Put a request of another authority on record, in a case that exists or in a new one: what is given. */
export type RequestReceiveInput = {
  /** The case. */
  readonly caseId?: string
  readonly newCase?: {
    /** What the case is called; for people. */
    readonly title: string
    readonly purposes: readonly (
      | 'criminal-proceedings'
      | 'asset-recovery'
      | 'financial-intelligence'
      | 'administrative'
      | 'exercise'
    )[]
    /** An exercise. */
    readonly training?: boolean
  }
  readonly sender: {
    /** The authority that asks. */
    readonly authority: string
    /** A country by its ISO 3166-1 code. */
    readonly country: string
    /** What it is, as the packs call it. */
    readonly role:
      | 'central-authority'
      | 'issuing-authority'
      | 'executing-authority'
      | 'judge'
      | 'court'
      | 'investigating-judge'
      | 'prosecutor'
      | 'police'
      | 'contact-24-7'
      | 'fiu'
      | 'asset-recovery-office'
      | 'asset-management-office'
      | 'interpol-ncb'
      | 'network-contact'
      | 'attorney-general'
      | 'service-provider'
      | 'obliged-entity'
      | 'state'
    readonly address: string | null
  }
  /** Their file number. */
  readonly reference: string
  /** How it arrived. network: of contact points or liaison offices. exchange: as a signed message. */
  readonly arrival: 'post' | 'courier' | 'by-hand' | 'e-mail' | 'secure-channel' | 'network' | 'diplomatic' | 'exchange'
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly receivedByNodeAt?: string
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly receivedByCompetentAt?: string
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly forwardedAt?: string
  /** The original, an exhibit of the case. */
  readonly exhibit?: string
  /** The file request.json of the letter. */
  readonly letter?: {
    readonly format: 'comity-request/1'
    /** The identifier of a record of this node. */
    readonly requestId: string
    /** The identifier of a record of this node. */
    readonly caseId: string
    readonly content: {
      /** The instrument, by its id in the packs. */
      readonly instrument: string
      /** The type of request, by its id in the pack. */
      readonly requestType: string
      /** What is asked for. */
      readonly measure:
        | 'PRESERVE'
        | 'TRACE_INFO'
        | 'ACCOUNT_INFO'
        | 'TX_INFO'
        | 'TX_MONITOR'
        | 'HOLD_TX'
        | 'FREEZE_SPECIFIC'
        | 'FREEZE_VALUE'
        | 'SEIZE_CUSTODY'
        | 'CONFISCATE_SPECIFIC'
        | 'CONFISCATE_VALUE'
        | 'SALE'
        | 'RETURN'
        | 'SHARE'
        | 'DELETE'
      /** The fields of the form of the instrument, each under its path, as persons[0].natural.surname. */
      readonly data: {
        readonly [key: string]: string | boolean | number
      }
      readonly languages: {
        /** A language by its BCP 47 tag, as fr or zh-Hans. */
        readonly original: string
        readonly theirs: readonly string[]
      }
      readonly recipients: readonly {
        /** The authority or service that is asked. */
        readonly authority: string
        /** A country by its ISO 3166-1 code. */
        readonly country: string
        /** to: asked; via: passes it on, as a central authority; copy: is informed. */
        readonly role: 'to' | 'via' | 'copy'
        /** Where it is reached. */
        readonly address?: string
      }[]
      readonly clock: {
        /** A country by its ISO 3166-1 code. */
        readonly country: string
        /** An IANA time zone, as Europe/Vienna. */
        readonly zone: string
      }
      readonly urgency: {
        /** Why it cannot wait. */
        readonly code:
          | 'IMMINENT_DISSIPATION'
          | 'INVESTIGATIVE_NEED'
          | 'DATE_OR_COORDINATION'
          | 'LIFE_SAFETY'
          | 'DATA_LOSS'
          | 'CRIMINAL_STOP_PAYMENT'
        /** The facts of the urgency. */
        readonly ground: string
      } | null
      /** The facts of the case, as far as they are needed. */
      readonly facts: string
      /** What it is about: address and amount each. */
      readonly assets: readonly {
        /** A chain by its CAIP-2 id, as bip122:000000000019d6689c085ae165831e93. */
        readonly chain: string
        /** An address of the chain, as it was written. */
        readonly address: string
        readonly asset: string | null
        readonly amount: string | null
        readonly value: string | null
        /** What else is known of it. */
        readonly note?: string
      }[]
      readonly trace: {
        /** A SHA-256 digest, in hexadecimal. */
        readonly recordDigest: string
        /** A SHA-256 digest, in hexadecimal. */
        readonly resultDigest: string
        readonly rule: {
          /** The rule of tracing. */
          readonly id: string
          readonly version: number
          /** The rule as the law calls it. */
          readonly legalName: string
        }
        readonly asOf: {
          readonly height: number
          readonly hash: string | null
        }
        /** service: held by a service. unspent: not moved on. */
        readonly endpoint: 'service' | 'unspent'
        /** A whole number of base units (satoshi, wei), digits only. */
        readonly root: string
        /** A whole number of base units (satoshi, wei), digits only. */
        readonly reached: string
        /** A whole number of base units (satoshi, wei), digits only. */
        readonly notFollowed: string
        readonly shares: readonly {
          /** The seeds of one label: whose money it is. */
          readonly source: string
          /** A whole number of base units (satoshi, wei), digits only. */
          readonly amount: string
        }[]
      } | null
      readonly useConditions: readonly {
        /** What the receiver may do with it. */
        readonly code:
          | 'INTEL_ONLY'
          | 'CONFIDENTIAL'
          | 'ONLY_STATED_PROCEEDING'
          | 'NO_THIRD_PARTY'
          | 'CONSENT_FOR_EVIDENCE'
          | 'EXCULPATORY_EXCEPTION'
          | 'REPORT_USE'
          | 'DELETE_BY'
          | 'SHOW_SUPPORT_INFO_NOT_TO_PROVIDER'
        /** A day, as 2026-11-25. */
        readonly until?: string
        /** In words. */
        readonly text?: string
      }[]
    }
    /** How an item may be used, and by whom. */
    readonly marking: {
      /** Traffic Light Protocol 2.0 */
      readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
      readonly audience: readonly string[]
      readonly needToKnow: boolean
      readonly protectedPerson: boolean
      /** The sender allows use beyond the stated purpose. */
      readonly onwardUse: boolean
      /** A handling code of the sender, as H1. */
      readonly handling?: string
    }
    /** The law of the house of the sender. */
    readonly policies: string
    /** How many people had to approve. */
    readonly needed: number
  }
  /** The digest that the letter prints of its text. */
  readonly digest?: string
  readonly content?: {
    /** The instrument, by its id in the packs. */
    readonly instrument: string
    /** The type of request, by its id in the pack. */
    readonly requestType: string
    /** What is asked for. */
    readonly measure:
      | 'PRESERVE'
      | 'TRACE_INFO'
      | 'ACCOUNT_INFO'
      | 'TX_INFO'
      | 'TX_MONITOR'
      | 'HOLD_TX'
      | 'FREEZE_SPECIFIC'
      | 'FREEZE_VALUE'
      | 'SEIZE_CUSTODY'
      | 'CONFISCATE_SPECIFIC'
      | 'CONFISCATE_VALUE'
      | 'SALE'
      | 'RETURN'
      | 'SHARE'
      | 'DELETE'
    /** The fields of the form of the instrument, each under its path, as persons[0].natural.surname. */
    readonly data: {
      readonly [key: string]: string | boolean | number
    }
    readonly languages: {
      /** A language by its BCP 47 tag, as fr or zh-Hans. */
      readonly original: string
      readonly theirs: readonly string[]
    }
    readonly recipients: readonly {
      /** The authority or service that is asked. */
      readonly authority: string
      /** A country by its ISO 3166-1 code. */
      readonly country: string
      /** to: asked; via: passes it on, as a central authority; copy: is informed. */
      readonly role: 'to' | 'via' | 'copy'
      /** Where it is reached. */
      readonly address?: string
    }[]
    readonly clock: {
      /** A country by its ISO 3166-1 code. */
      readonly country: string
      /** An IANA time zone, as Europe/Vienna. */
      readonly zone: string
    }
    readonly urgency: {
      /** Why it cannot wait. */
      readonly code:
        | 'IMMINENT_DISSIPATION'
        | 'INVESTIGATIVE_NEED'
        | 'DATE_OR_COORDINATION'
        | 'LIFE_SAFETY'
        | 'DATA_LOSS'
        | 'CRIMINAL_STOP_PAYMENT'
      /** The facts of the urgency. */
      readonly ground: string
    } | null
    /** The facts of the case, as far as they are needed. */
    readonly facts: string
    /** What it is about: address and amount each. */
    readonly assets: readonly {
      /** A chain by its CAIP-2 id, as bip122:000000000019d6689c085ae165831e93. */
      readonly chain: string
      /** An address of the chain, as it was written. */
      readonly address: string
      readonly asset: string | null
      readonly amount: string | null
      readonly value: string | null
      /** What else is known of it. */
      readonly note?: string
    }[]
    readonly trace: {
      /** A SHA-256 digest, in hexadecimal. */
      readonly recordDigest: string
      /** A SHA-256 digest, in hexadecimal. */
      readonly resultDigest: string
      readonly rule: {
        /** The rule of tracing. */
        readonly id: string
        readonly version: number
        /** The rule as the law calls it. */
        readonly legalName: string
      }
      readonly asOf: {
        readonly height: number
        readonly hash: string | null
      }
      /** service: held by a service. unspent: not moved on. */
      readonly endpoint: 'service' | 'unspent'
      /** A whole number of base units (satoshi, wei), digits only. */
      readonly root: string
      /** A whole number of base units (satoshi, wei), digits only. */
      readonly reached: string
      /** A whole number of base units (satoshi, wei), digits only. */
      readonly notFollowed: string
      readonly shares: readonly {
        /** The seeds of one label: whose money it is. */
        readonly source: string
        /** A whole number of base units (satoshi, wei), digits only. */
        readonly amount: string
      }[]
    } | null
    readonly useConditions: readonly {
      /** What the receiver may do with it. */
      readonly code:
        | 'INTEL_ONLY'
        | 'CONFIDENTIAL'
        | 'ONLY_STATED_PROCEEDING'
        | 'NO_THIRD_PARTY'
        | 'CONSENT_FOR_EVIDENCE'
        | 'EXCULPATORY_EXCEPTION'
        | 'REPORT_USE'
        | 'DELETE_BY'
        | 'SHOW_SUPPORT_INFO_NOT_TO_PROVIDER'
      /** A day, as 2026-11-25. */
      readonly until?: string
      /** In words. */
      readonly text?: string
    }[]
  }
  /** How an item may be used, and by whom. */
  readonly marking?: {
    /** Traffic Light Protocol 2.0 */
    readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
    readonly audience: readonly string[]
    readonly needToKnow: boolean
    readonly protectedPerson: boolean
    /** The sender allows use beyond the stated purpose. */
    readonly onwardUse: boolean
    /** A handling code of the sender, as H1. */
    readonly handling?: string
  }
}
/** Put a request of another authority on record, in a case that exists or in a new one: what comes back. */
export type RequestReceiveResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
  /** The identifier of a record of this node. */
  readonly caseId: string
  /** Whether it was sent twice, and who else is after its assets. */
  readonly findings: readonly {
    readonly code: string
    readonly message: string
    readonly with: readonly {
      readonly kind: string
      /** The identifier of a record of this node. */
      readonly id: string
    }[]
  }[]
}

/** Record that the request was passed on; it stays open here until they confirm that they have it: what is given. */
export type RequestReferredInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  readonly to: {
    /** The authority or service that is asked. */
    readonly authority: string
    /** A country by its ISO 3166-1 code. */
    readonly country: string
    /** to: asked; via: passes it on, as a central authority; copy: is informed. */
    readonly role: 'to' | 'via' | 'copy'
    /** Where it is reached. */
    readonly address?: string
  }
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly forwardedAt: string
  /** Why, in words that may be shown to a court. */
  readonly reason: string
}
/** Record that the request was passed on; it stays open here until they confirm that they have it: what comes back. */
export type RequestReferredResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Refuse a request of others, on a ground that its instrument allows: what is given. */
export type RequestRefuseInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** Why, in words that may be shown to a court. */
  readonly reason: string
  /** The ground, by its code. */
  readonly code:
    | 'POLITICAL'
    | 'SOVEREIGNTY'
    | 'FUNDAMENTAL_PRINCIPLES'
    | 'FISCAL_ONLY'
    | 'BANK_SECRECY'
    | 'NO_DUAL_CRIM'
    | 'TERRITORIALITY'
    | 'NE_BIS'
    | 'NOT_POSSIBLE_DOMESTIC'
    | 'NOT_AUTHORISED'
    | 'INCOMPLETE'
    | 'PRIVILEGE_IMMUNITY_PRESS'
    | 'FUNDAMENTAL_RIGHTS'
    | 'THIRD_PARTY_RIGHTS'
    | 'IN_ABSENTIA'
    | 'APPEAL_OPEN'
    | 'CONF_TYPE'
    | 'TIME_BAR'
    | 'DE_MINIMIS'
    | 'EVIDENCE_LATE'
    | 'THIRD_STATE_CONFLICT'
}
/** Refuse a request of others, on a ground that its instrument allows: what comes back. */
export type RequestRefuseResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Record that they have refused, with the ground: what is given. */
export type RequestRefusedInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** Why, in words that may be shown to a court. */
  readonly reason: string
  /** The ground, by its code. */
  readonly code:
    | 'POLITICAL'
    | 'SOVEREIGNTY'
    | 'FUNDAMENTAL_PRINCIPLES'
    | 'FISCAL_ONLY'
    | 'BANK_SECRECY'
    | 'NO_DUAL_CRIM'
    | 'TERRITORIALITY'
    | 'NE_BIS'
    | 'NOT_POSSIBLE_DOMESTIC'
    | 'NOT_AUTHORISED'
    | 'INCOMPLETE'
    | 'PRIVILEGE_IMMUNITY_PRESS'
    | 'FUNDAMENTAL_RIGHTS'
    | 'THIRD_PARTY_RIGHTS'
    | 'IN_ABSENTIA'
    | 'APPEAL_OPEN'
    | 'CONF_TYPE'
    | 'TIME_BAR'
    | 'DE_MINIMIS'
    | 'EVIDENCE_LATE'
    | 'THIRD_STATE_CONFLICT'
}
/** Record that they have refused, with the ground: what comes back. */
export type RequestRefusedResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Release a request that enough people have approved: what is given. */
export type RequestReleaseInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** A SHA-256 digest, in hexadecimal. */
  readonly digest: string
}
/** Release a request that enough people have approved: what comes back. */
export type RequestReleaseResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Report to the other authority what was secured: what is given. */
export type RequestReportInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** Why, in words that may be shown to a court. */
  readonly reason: string
}
/** Report to the other authority what was secured: what comes back. */
export type RequestReportResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Find that what was impossible is possible again (Reg. 2018/1805 art. 13(4)): what is given. */
export type RequestReviveInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** Why, in words that may be shown to a court. */
  readonly reason: string
}
/** Find that what was impossible is possible again (Reg. 2018/1805 art. 13(4)): what comes back. */
export type RequestReviveResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Record that what was impossible is possible again (art. 13(4)): what is given. */
export type RequestRevivedInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** Why, in words that may be shown to a court. */
  readonly reason: string
}
/** Record that what was impossible is possible again (art. 13(4)): what comes back. */
export type RequestRevivedResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Fix the content of a request and put it up for approval: what is given. */
export type RequestSubmitInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
}
/** Fix the content of a request and put it up for approval: what comes back. */
export type RequestSubmitResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
  /** A SHA-256 digest, in hexadecimal. */
  readonly digest: string
  readonly needed: number
  readonly findings: readonly {
    readonly code: string
    readonly message: string
    readonly with: readonly {
      readonly kind: string
      /** The identifier of a record of this node. */
      readonly id: string
    }[]
  }[]
}

/** Record that what they asked for was supplied: what is given. */
export type RequestSupplementedInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** Why, in words that may be shown to a court. */
  readonly reason: string
}
/** Record that what they asked for was supplied: what comes back. */
export type RequestSupplementedResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Record that the other authority has supplied what we asked for: what is given. */
export type RequestSuppliedInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** The fields of the form of the instrument, each under its path, as persons[0].natural.surname. */
  readonly data?: {
    readonly [key: string]: string | boolean | number
  }
  /** What it is about: address and amount each. */
  readonly assets?: readonly {
    /** A chain by its CAIP-2 id, as bip122:000000000019d6689c085ae165831e93. */
    readonly chain: string
    /** An address of the chain, as it was written. */
    readonly address: string
    readonly asset: string | null
    readonly amount: string | null
    readonly value: string | null
    /** What else is known of it. */
    readonly note?: string
  }[]
  /** What they or we have written, an exhibit. */
  readonly exhibit?: string
  /** Why, in words that may be shown to a court. */
  readonly reason: string
}
/** Record that the other authority has supplied what we asked for: what comes back. */
export type RequestSuppliedResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
  readonly findings: readonly {
    readonly code: string
    readonly message: string
    readonly with: readonly {
      readonly kind: string
      /** The identifier of a record of this node. */
      readonly id: string
    }[]
  }[]
}

/** Record that those to whom the request was passed on have confirmed it: what is given. */
export type RequestTakenOverInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly receivedByCompetentAt: string
}
/** Record that those to whom the request was passed on have confirmed it: what comes back. */
export type RequestTakenOverResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Change a request that is not out yet; approvals that it had are void: what is given. */
export type RequestUpdateInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  readonly content: {
    /** The instrument, by its id in the packs. */
    readonly instrument: string
    /** The type of request, by its id in the pack. */
    readonly requestType: string
    /** What is asked for. */
    readonly measure:
      | 'PRESERVE'
      | 'TRACE_INFO'
      | 'ACCOUNT_INFO'
      | 'TX_INFO'
      | 'TX_MONITOR'
      | 'HOLD_TX'
      | 'FREEZE_SPECIFIC'
      | 'FREEZE_VALUE'
      | 'SEIZE_CUSTODY'
      | 'CONFISCATE_SPECIFIC'
      | 'CONFISCATE_VALUE'
      | 'SALE'
      | 'RETURN'
      | 'SHARE'
      | 'DELETE'
    /** The fields of the form of the instrument, each under its path, as persons[0].natural.surname. */
    readonly data: {
      readonly [key: string]: string | boolean | number
    }
    readonly languages: {
      /** A language by its BCP 47 tag, as fr or zh-Hans. */
      readonly original: string
      readonly theirs: readonly string[]
    }
    readonly recipients: readonly {
      /** The authority or service that is asked. */
      readonly authority: string
      /** A country by its ISO 3166-1 code. */
      readonly country: string
      /** to: asked; via: passes it on, as a central authority; copy: is informed. */
      readonly role: 'to' | 'via' | 'copy'
      /** Where it is reached. */
      readonly address?: string
    }[]
    readonly clock: {
      /** A country by its ISO 3166-1 code. */
      readonly country: string
      /** An IANA time zone, as Europe/Vienna. */
      readonly zone: string
    }
    readonly urgency: {
      /** Why it cannot wait. */
      readonly code:
        | 'IMMINENT_DISSIPATION'
        | 'INVESTIGATIVE_NEED'
        | 'DATE_OR_COORDINATION'
        | 'LIFE_SAFETY'
        | 'DATA_LOSS'
        | 'CRIMINAL_STOP_PAYMENT'
      /** The facts of the urgency. */
      readonly ground: string
    } | null
    /** The facts of the case, as far as they are needed. */
    readonly facts: string
    /** What it is about: address and amount each. */
    readonly assets: readonly {
      /** A chain by its CAIP-2 id, as bip122:000000000019d6689c085ae165831e93. */
      readonly chain: string
      /** An address of the chain, as it was written. */
      readonly address: string
      readonly asset: string | null
      readonly amount: string | null
      readonly value: string | null
      /** What else is known of it. */
      readonly note?: string
    }[]
    readonly trace: {
      /** A SHA-256 digest, in hexadecimal. */
      readonly recordDigest: string
      /** A SHA-256 digest, in hexadecimal. */
      readonly resultDigest: string
      readonly rule: {
        /** The rule of tracing. */
        readonly id: string
        readonly version: number
        /** The rule as the law calls it. */
        readonly legalName: string
      }
      readonly asOf: {
        readonly height: number
        readonly hash: string | null
      }
      /** service: held by a service. unspent: not moved on. */
      readonly endpoint: 'service' | 'unspent'
      /** A whole number of base units (satoshi, wei), digits only. */
      readonly root: string
      /** A whole number of base units (satoshi, wei), digits only. */
      readonly reached: string
      /** A whole number of base units (satoshi, wei), digits only. */
      readonly notFollowed: string
      readonly shares: readonly {
        /** The seeds of one label: whose money it is. */
        readonly source: string
        /** A whole number of base units (satoshi, wei), digits only. */
        readonly amount: string
      }[]
    } | null
    readonly useConditions: readonly {
      /** What the receiver may do with it. */
      readonly code:
        | 'INTEL_ONLY'
        | 'CONFIDENTIAL'
        | 'ONLY_STATED_PROCEEDING'
        | 'NO_THIRD_PARTY'
        | 'CONSENT_FOR_EVIDENCE'
        | 'EXCULPATORY_EXCEPTION'
        | 'REPORT_USE'
        | 'DELETE_BY'
        | 'SHOW_SUPPORT_INFO_NOT_TO_PROVIDER'
      /** A day, as 2026-11-25. */
      readonly until?: string
      /** In words. */
      readonly text?: string
    }[]
  }
  /** How an item may be used, and by whom. */
  readonly marking?: {
    /** Traffic Light Protocol 2.0 */
    readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
    readonly audience: readonly string[]
    readonly needToKnow: boolean
    readonly protectedPerson: boolean
    /** The sender allows use beyond the stated purpose. */
    readonly onwardUse: boolean
    /** A handling code of the sender, as H1. */
    readonly handling?: string
  }
}
/** Change a request that is not out yet; approvals that it had are void: what comes back. */
export type RequestUpdateResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
  /** Who else here is after the same assets, as far as you may know. */
  readonly findings: readonly {
    readonly code: string
    readonly message: string
    readonly with: readonly {
      readonly kind: string
      /** The identifier of a record of this node. */
      readonly id: string
    }[]
  }[]
}

/** Withdraw a request; what is out already is withdrawn by those who may release (Reg. 2018/1805 art. 27): what is given. */
export type RequestWithdrawInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** Why, in words that may be shown to a court. */
  readonly reason: string
}
/** Withdraw a request; what is out already is withdrawn by those who may release (Reg. 2018/1805 art. 27): what comes back. */
export type RequestWithdrawResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Record that the other authority has withdrawn its request: what is given. */
export type RequestWithdrawnInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** Why, in words that may be shown to a court. */
  readonly reason: string
}
/** Record that the other authority has withdrawn its request: what comes back. */
export type RequestWithdrawnResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** What of a case will be erased, when and on which basis: what is given. */
export type RetentionPreviewInput = {
  /** The case. */
  readonly caseId: string
}
/** What of a case will be erased, when and on which basis: what comes back. */
export type RetentionPreviewResult = {
  readonly plan: {
    readonly clocks: readonly {
      readonly ruleId: string
      readonly purpose: string
      /** The provision from which the period comes. */
      readonly basis: string
      readonly period: string
      /** What starts the clock. */
      readonly clockStart: 'opened' | 'closed' | 'last-change'
      /** Where the clock stands. */
      readonly state: 'waiting' | 'stopped' | 'running' | 'due'
      readonly startedAt: string | null
      readonly dueAt: string | null
    }[]
    /** Purposes without a rule; they keep the case. */
    readonly uncovered: readonly string[]
    readonly held: boolean
    readonly eraseAfter: string | null
    readonly due: boolean
  }
  readonly countByKind: {
    readonly [key: string]: number
  } | null
  readonly proposal: {
    /** The identifier of a record of this node. */
    readonly id: string
    /** The version of the record (its ETag). */
    readonly version: number
    /** The identifier of a record of this node. */
    readonly proposedBy: string
    /** Why the case is erased: its periods have ended, or an authority has ordered it. */
    readonly basis:
      | {
          readonly kind: 'period'
          readonly rules: readonly string[]
        }
      | {
          readonly kind: 'order'
          /** Authority, date and file number of the order. */
          readonly order: string
        }
  } | null
}

/** Your cases by the day on which they are to be erased, the next one first: what is given. */
export type RetentionUpcomingInput = Record<string, never>
/** Your cases by the day on which they are to be erased, the next one first: what comes back. */
export type RetentionUpcomingResult = readonly {
  /** The identifier of a record of this node. */
  readonly caseId: string
  readonly plan: {
    readonly clocks: readonly {
      readonly ruleId: string
      readonly purpose: string
      /** The provision from which the period comes. */
      readonly basis: string
      readonly period: string
      /** What starts the clock. */
      readonly clockStart: 'opened' | 'closed' | 'last-change'
      /** Where the clock stands. */
      readonly state: 'waiting' | 'stopped' | 'running' | 'due'
      readonly startedAt: string | null
      readonly dueAt: string | null
    }[]
    /** Purposes without a rule; they keep the case. */
    readonly uncovered: readonly string[]
    readonly held: boolean
    readonly eraseAfter: string | null
    readonly due: boolean
  }
}[]

/** Read your own session: who you are here, how you signed in, until when: what is given. */
export type SessionReadInput = Record<string, never>
/** Read your own session: who you are here, how you signed in, until when: what comes back. */
export type SessionReadResult = {
  readonly session: {
    /** A person of this node. */
    readonly personId: string
    readonly name: string
    readonly role: string
    /** The standing of the session; approvals take device-bound. */
    readonly signedInBy: 'passkey' | 'device-bound' | 'oidc'
    /** When you last proved to be there, in milliseconds since the epoch; 0 for never. */
    readonly provenAt: number
    /** Milliseconds since the epoch. */
    readonly expiresAt: number
    /** What the work serves. Use for another purpose needs consent. */
    readonly purpose:
      | 'criminal-proceedings'
      | 'asset-recovery'
      | 'financial-intelligence'
      | 'administrative'
      | 'exercise'
    /** The clock of the node, in milliseconds since the epoch. */
    readonly now: number
  } | null
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

/** List the statements of a case that you may read; those that conflict are marked: what is given. */
export type StatementListInput = {
  /** The case. */
  readonly caseId: string
  readonly subject?: {
    readonly type: 'address' | 'transaction' | 'account' | 'person' | 'organisation' | 'device'
    /** The network of an address or transaction. */
    readonly network?: string
    /** As its gate writes it. */
    readonly value: string
  }
  readonly after?: string
  readonly limit?: number
}
/** List the statements of a case that you may read; those that conflict are marked: what comes back. */
export type StatementListResult = unknown

/** State what an address, account or person is, on what basis, and how sure: what is given. */
export type StatementMakeInput = {
  /** The case. */
  readonly caseId: string
  readonly subject: {
    readonly type: 'address' | 'transaction' | 'account' | 'person' | 'organisation' | 'device'
    /** The network of an address or transaction. */
    readonly network?: string
    /** As its gate writes it. */
    readonly value: string
  }
  /** What is said of the subject, as: controlled by Exchange X. */
  readonly claim: string
  /** On what it rests. */
  readonly basis: string
  /** How it was found: a heuristic, a purchase, an answer to a request; with tool and version. */
  readonly method: string
  readonly confidence: 'low' | 'moderate' | 'high' | 'certain'
  /** The exhibit on which it rests. */
  readonly sourceExhibit: string
  /** Who says so: a vendor, an agency, an expert, with version where it is software. */
  readonly statedBy: string
  readonly validFrom: string | null
  readonly validTo: string | null
  /** How an item may be used, and by whom. */
  readonly marking: {
    /** Traffic Light Protocol 2.0 */
    readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
    readonly audience: readonly string[]
    readonly needToKnow: boolean
    readonly protectedPerson: boolean
    /** The sender allows use beyond the stated purpose. */
    readonly onwardUse: boolean
    /** A handling code of the sender, as H1. */
    readonly handling?: string
  }
}
/** State what an address, account or person is, on what basis, and how sure: what comes back. */
export type StatementMakeResult = {
  readonly statementId: string
  readonly version: number
}

/** Retract a statement; it stays readable, with the reason: what is given. */
export type StatementRetractInput = {
  /** The statement. */
  readonly statementId: string
  readonly seen: number
  /** Why. */
  readonly reason: string
}
/** Retract a statement; it stays readable, with the reason: what comes back. */
export type StatementRetractResult = {
  readonly statementId: string
  readonly version: number
}

/** Recalls, questions of use, erasures, incidents, disputes and cautions: of a case, or of the node where no case is known: what is given. */
export type SupervisionListInput = {
  /** The case. */
  readonly caseId?: string
  /** Only of this kind. */
  readonly kind?:
    | 'recall'
    | 'recall-notice'
    | 'use-consent'
    | 'use-report'
    | 'dispute'
    | 'incident'
    | 'caution'
    | 'erase-request'
    | 'suspension'
}
/** Recalls, questions of use, erasures, incidents, disputes and cautions: of a case, or of the node where no case is known: what comes back. */
export type SupervisionListResult = readonly {
  /** What it is. */
  readonly kind:
    | 'recall'
    | 'recall-notice'
    | 'use-consent'
    | 'use-report'
    | 'dispute'
    | 'incident'
    | 'caution'
    | 'erase-request'
    | 'suspension'
  /** The identifier of a record of this node. */
  readonly id: string
  readonly version: number
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly at: string
  /** What is kept of it. */
  readonly says: unknown
}[]

/** Lift the suspension of a partner that had told of a breach, and tell it what was done here: what is given. */
export type SuspensionLiftInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** Why it may go on; kept here. */
  readonly reason: string
  /** Whether you find yourself concerned. */
  readonly concerned: boolean
  /** What was done here; it is told to the partner. */
  readonly measures: string
}
/** Lift the suspension of a partner that had told of a breach, and tell it what was done here: what comes back. */
export type SuspensionLiftResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Take a tag back, with the reason: every trace that rests on it says so, in whatever case: what is given. */
export type TagRetractInput = {
  readonly tag: {
    readonly chain: string
    readonly address: string
    readonly label: string
    readonly source: string
    /** As `comity tags show` gives it. */
    readonly id?: string
  }
  /** Why the tag is wrong, or no longer right. */
  readonly reason: string
}
/** Take a tag back, with the reason: every trace that rests on it says so, in whatever case: what comes back. */
export type TagRetractResult = {
  /** The identifier of a record of this node. */
  readonly id: string
}

/** Add a task to a case: what is given. */
export type TaskAddInput = {
  /** The case. */
  readonly caseId: string
  readonly content: {
    /** What is to be done. */
    readonly what: string
    readonly assignee: string | null
    readonly due: string | null
    readonly done: string | null
    /** Why, and with what. */
    readonly about?: string
  }
  /** A fact, or the assessment of somebody (LED art. 7(1)). */
  readonly basis: 'fact' | 'assessment'
  /** How an item may be used, and by whom. */
  readonly marking?: {
    /** Traffic Light Protocol 2.0 */
    readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
    readonly audience: readonly string[]
    readonly needToKnow: boolean
    readonly protectedPerson: boolean
    /** The sender allows use beyond the stated purpose. */
    readonly onwardUse: boolean
    /** A handling code of the sender, as H1. */
    readonly handling?: string
  }
}
/** Add a task to a case: what comes back. */
export type TaskAddResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Every version of one task, oldest first: what is given. */
export type TaskHistoryInput = {
  /** The identifier of a record of this node. */
  readonly id: string
}
/** Every version of one task, oldest first: what comes back. */
export type TaskHistoryResult = readonly {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The case. */
  readonly caseId: string
  /** The version of the record (its ETag). */
  readonly version: number
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly at: string
  readonly content: {
    /** What is to be done. */
    readonly what: string
    readonly assignee: string | null
    readonly due: string | null
    readonly done: string | null
    /** Why, and with what. */
    readonly about?: string
  }
  /** A fact, or the assessment of somebody (LED art. 7(1)). */
  readonly basis: 'fact' | 'assessment'
  /** How an item may be used, and by whom. */
  readonly marking: {
    /** Traffic Light Protocol 2.0 */
    readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
    readonly audience: readonly string[]
    readonly needToKnow: boolean
    readonly protectedPerson: boolean
    /** The sender allows use beyond the stated purpose. */
    readonly onwardUse: boolean
    /** A handling code of the sender, as H1. */
    readonly handling?: string
  }
  /** The person who added it; "node" where the node did. */
  readonly author: string
  /** Who wrote this version. */
  readonly by: string
}[]

/** List the tasks of a case that you may see, oldest first: what is given. */
export type TaskListInput = {
  /** The case. */
  readonly caseId: string
  /** Where the last page ended: its `next`. */
  readonly after?: string
  /** At most so many items; 50 where nothing is said. */
  readonly limit?: number
}
/** List the tasks of a case that you may see, oldest first: what comes back. */
export type TaskListResult = {
  readonly items: readonly {
    /** The identifier of a record of this node. */
    readonly id: string
    /** The case. */
    readonly caseId: string
    /** The version of the record (its ETag). */
    readonly version: number
    /** An instant in UTC, as 2026-11-25T10:00:00Z. */
    readonly at: string
    readonly content: {
      /** What is to be done. */
      readonly what: string
      readonly assignee: string | null
      readonly due: string | null
      readonly done: string | null
      /** Why, and with what. */
      readonly about?: string
    }
    /** A fact, or the assessment of somebody (LED art. 7(1)). */
    readonly basis: 'fact' | 'assessment'
    /** How an item may be used, and by whom. */
    readonly marking: {
      /** Traffic Light Protocol 2.0 */
      readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
      readonly audience: readonly string[]
      readonly needToKnow: boolean
      readonly protectedPerson: boolean
      /** The sender allows use beyond the stated purpose. */
      readonly onwardUse: boolean
      /** A handling code of the sender, as H1. */
      readonly handling?: string
    }
    /** The person who added it; "node" where the node did. */
    readonly author: string
    /** Who wrote this version. */
    readonly by: string
  }[]
  readonly next: string | null
}

/** Read a task: what is given. */
export type TaskReadInput = {
  /** The identifier of a record of this node. */
  readonly id: string
}
/** Read a task: what comes back. */
export type TaskReadResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The case. */
  readonly caseId: string
  /** The version of the record (its ETag). */
  readonly version: number
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly at: string
  readonly content: {
    /** What is to be done. */
    readonly what: string
    readonly assignee: string | null
    readonly due: string | null
    readonly done: string | null
    /** Why, and with what. */
    readonly about?: string
  }
  /** A fact, or the assessment of somebody (LED art. 7(1)). */
  readonly basis: 'fact' | 'assessment'
  /** How an item may be used, and by whom. */
  readonly marking: {
    /** Traffic Light Protocol 2.0 */
    readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
    readonly audience: readonly string[]
    readonly needToKnow: boolean
    readonly protectedPerson: boolean
    /** The sender allows use beyond the stated purpose. */
    readonly onwardUse: boolean
    /** A handling code of the sender, as H1. */
    readonly handling?: string
  }
  /** The person who added it; "node" where the node did. */
  readonly author: string
  /** Who wrote this version. */
  readonly by: string
}

/** Change a task: what is given replaces what was there; the old version stays: what is given. */
export type TaskUpdateInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  readonly content: {
    /** What is to be done. */
    readonly what: string
    readonly assignee: string | null
    readonly due: string | null
    readonly done: string | null
    /** Why, and with what. */
    readonly about?: string
  }
  /** A fact, or the assessment of somebody (LED art. 7(1)). */
  readonly basis: 'fact' | 'assessment'
  /** How an item may be used, and by whom. */
  readonly marking?: {
    /** Traffic Light Protocol 2.0 */
    readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
    readonly audience: readonly string[]
    readonly needToKnow: boolean
    readonly protectedPerson: boolean
    /** The sender allows use beyond the stated purpose. */
    readonly onwardUse: boolean
    /** A handling code of the sender, as H1. */
    readonly handling?: string
  }
}
/** Change a task: what is given replaces what was there; the old version stays: what comes back. */
export type TaskUpdateResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Keep a trace record in a case; one that the case has already is kept once: what is given. */
export type TraceKeepInput = {
  /** The identifier of a record of this node. */
  readonly caseId: string
  /** The trace record, as the file that the trace wrote. */
  readonly record: string
  /** How an item may be used, and by whom. */
  readonly marking?: {
    /** Traffic Light Protocol 2.0 */
    readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
    readonly audience: readonly string[]
    readonly needToKnow: boolean
    readonly protectedPerson: boolean
    /** The sender allows use beyond the stated purpose. */
    readonly onwardUse: boolean
    /** A handling code of the sender, as H1. */
    readonly handling?: string
  }
}
/** Keep a trace record in a case; one that the case has already is kept once: what comes back. */
export type TraceKeepResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** A SHA-256 digest, in hexadecimal. */
  readonly digest: string
}

/** List the trace records of a case that you may see, oldest first: what is given. */
export type TraceListInput = {
  /** The identifier of a record of this node. */
  readonly caseId: string
  /** Where the last page ended: its `next`. */
  readonly after?: string
  /** At most so many items; 50 where nothing is said. */
  readonly limit?: number
}
/** List the trace records of a case that you may see, oldest first: what comes back. */
export type TraceListResult = {
  readonly items: readonly {
    /** The identifier of a record of this node. */
    readonly id: string
    /** The version of the record (its ETag). */
    readonly version: number
    /** An instant in UTC, as 2026-11-25T10:00:00Z. */
    readonly at: string
    /** A SHA-256 digest, in hexadecimal. */
    readonly digest: string
    readonly rule: string
    /** How an item may be used, and by whom. */
    readonly marking: {
      /** Traffic Light Protocol 2.0 */
      readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
      readonly audience: readonly string[]
      readonly needToKnow: boolean
      readonly protectedPerson: boolean
      /** The sender allows use beyond the stated purpose. */
      readonly onwardUse: boolean
      /** A handling code of the sender, as H1. */
      readonly handling?: string
    }
    readonly author: string
    /** Tags on which the trace rests and that were taken back since. */
    readonly retractedTags: readonly {
      readonly chain: string
      readonly address: string
      readonly label: string
      readonly source: string
      readonly id: string | null
      readonly reason: string
      /** The identifier of a record of this node. */
      readonly by: string
      /** An instant in UTC, as 2026-11-25T10:00:00Z. */
      readonly at: string
    }[]
    /** Links between chains that the trace goes over and that are rejected. */
    readonly rejectedLinks: readonly {
      /** The id of the link, as records of traces name it. */
      readonly link: string
      readonly reason: string
      /** The identifier of a record of this node. */
      readonly by: string
      /** An instant in UTC, as 2026-11-25T10:00:00Z. */
      readonly at: string
    }[]
  }[]
  readonly next: string | null
}

/** Read a trace record of a case, as its file: what is given. */
export type TraceReadInput = {
  /** The identifier of a record of this node. */
  readonly id: string
}
/** Read a trace record of a case, as its file: what comes back. */
export type TraceReadResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly at: string
  /** A SHA-256 digest, in hexadecimal. */
  readonly digest: string
  readonly rule: string
  /** How an item may be used, and by whom. */
  readonly marking: {
    /** Traffic Light Protocol 2.0 */
    readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
    readonly audience: readonly string[]
    readonly needToKnow: boolean
    readonly protectedPerson: boolean
    /** The sender allows use beyond the stated purpose. */
    readonly onwardUse: boolean
    /** A handling code of the sender, as H1. */
    readonly handling?: string
  }
  readonly author: string
  /** Tags on which the trace rests and that were taken back since. */
  readonly retractedTags: readonly {
    readonly chain: string
    readonly address: string
    readonly label: string
    readonly source: string
    readonly id: string | null
    readonly reason: string
    /** The identifier of a record of this node. */
    readonly by: string
    /** An instant in UTC, as 2026-11-25T10:00:00Z. */
    readonly at: string
  }[]
  /** Links between chains that the trace goes over and that are rejected. */
  readonly rejectedLinks: readonly {
    /** The id of the link, as records of traces name it. */
    readonly link: string
    readonly reason: string
    /** The identifier of a record of this node. */
    readonly by: string
    /** An instant in UTC, as 2026-11-25T10:00:00Z. */
    readonly at: string
  }[]
  /** The trace record, as the file that the trace wrote. */
  readonly record: string
}

/** Ask the agency that has sent something whether it may be used for something else: what is given. */
export type UseConsentAskInput = {
  /** The case. */
  readonly caseId: string
  /** The exchange, by the digest that opened it. */
  readonly exchange: string
  /** A SHA-256 digest, in hexadecimal. */
  readonly item: string
  /** For what. */
  readonly purpose: string
  readonly newProceeding: string | null
  readonly recipients: readonly string[]
  /** It is needed because it speaks for an accused (UNCAC art. 46(19)). */
  readonly exculpatory: boolean
}
/** Ask the agency that has sent something whether it may be used for something else: what comes back. */
export type UseConsentAskResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Consent to a use that another agency asks for, as far as you say: what is given. */
export type UseConsentGrantInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** To which extent; it is told to them. */
  readonly extent: string
  readonly conditions: readonly string[]
}
/** Consent to a use that another agency asks for, as far as you say: what comes back. */
export type UseConsentGrantResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Refuse a use that another agency asks for: what is given. */
export type UseConsentRefuseInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** Why; it is told to them. */
  readonly reason: string
}
/** Refuse a use that another agency asks for: what comes back. */
export type UseConsentRefuseResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Tell the agency that has sent something what it was used for: what is given. */
export type UseReportInput = {
  /** The case. */
  readonly caseId: string
  /** The exchange, by the digest that opened it. */
  readonly exchange: string
  /** A SHA-256 digest, in hexadecimal. */
  readonly item: string
  /** What was done with it. */
  readonly use: string
}
/** Tell the agency that has sent something what it was used for: what comes back. */
export type UseReportResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Add a victim to a case: what is given. */
export type VictimAddInput = {
  /** The case. */
  readonly caseId: string
  readonly content: {
    /** The pseudonym of the victim. Who that is stands elsewhere. */
    readonly token: string
    /** A whole number of base units (satoshi, wei), digits only. */
    readonly loss: string
    /** An asset by its CAIP-19 id, as bip122:000000000019d6689c085ae165831e93/slip44:0. */
    readonly asset: string
    /** An instant in UTC, as 2026-11-25T10:00:00Z. */
    readonly lostAt?: string
    /** A country by its ISO 3166-1 code. */
    readonly country?: string
    /** The victim has asked for the return of what was lost. */
    readonly wishesReturn?: boolean
    /** Without anything that names the victim. */
    readonly note?: string
  }
  /** A fact, or the assessment of somebody (LED art. 7(1)). */
  readonly basis: 'fact' | 'assessment'
  /** How an item may be used, and by whom. */
  readonly marking?: {
    /** Traffic Light Protocol 2.0 */
    readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
    readonly audience: readonly string[]
    readonly needToKnow: boolean
    readonly protectedPerson: boolean
    /** The sender allows use beyond the stated purpose. */
    readonly onwardUse: boolean
    /** A handling code of the sender, as H1. */
    readonly handling?: string
  }
}
/** Add a victim to a case: what comes back. */
export type VictimAddResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Every version of one victim, oldest first: what is given. */
export type VictimHistoryInput = {
  /** The identifier of a record of this node. */
  readonly id: string
}
/** Every version of one victim, oldest first: what comes back. */
export type VictimHistoryResult = readonly {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The case. */
  readonly caseId: string
  /** The version of the record (its ETag). */
  readonly version: number
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly at: string
  readonly content: {
    /** The pseudonym of the victim. Who that is stands elsewhere. */
    readonly token: string
    /** A whole number of base units (satoshi, wei), digits only. */
    readonly loss: string
    /** An asset by its CAIP-19 id, as bip122:000000000019d6689c085ae165831e93/slip44:0. */
    readonly asset: string
    /** An instant in UTC, as 2026-11-25T10:00:00Z. */
    readonly lostAt?: string
    /** A country by its ISO 3166-1 code. */
    readonly country?: string
    /** The victim has asked for the return of what was lost. */
    readonly wishesReturn?: boolean
    /** Without anything that names the victim. */
    readonly note?: string
  }
  /** A fact, or the assessment of somebody (LED art. 7(1)). */
  readonly basis: 'fact' | 'assessment'
  /** How an item may be used, and by whom. */
  readonly marking: {
    /** Traffic Light Protocol 2.0 */
    readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
    readonly audience: readonly string[]
    readonly needToKnow: boolean
    readonly protectedPerson: boolean
    /** The sender allows use beyond the stated purpose. */
    readonly onwardUse: boolean
    /** A handling code of the sender, as H1. */
    readonly handling?: string
  }
  /** The person who added it; "node" where the node did. */
  readonly author: string
  /** Who wrote this version. */
  readonly by: string
}[]

/** List the victims of a case that you may see, oldest first: what is given. */
export type VictimListInput = {
  /** The case. */
  readonly caseId: string
  /** Where the last page ended: its `next`. */
  readonly after?: string
  /** At most so many items; 50 where nothing is said. */
  readonly limit?: number
}
/** List the victims of a case that you may see, oldest first: what comes back. */
export type VictimListResult = {
  readonly items: readonly {
    /** The identifier of a record of this node. */
    readonly id: string
    /** The case. */
    readonly caseId: string
    /** The version of the record (its ETag). */
    readonly version: number
    /** An instant in UTC, as 2026-11-25T10:00:00Z. */
    readonly at: string
    readonly content: {
      /** The pseudonym of the victim. Who that is stands elsewhere. */
      readonly token: string
      /** A whole number of base units (satoshi, wei), digits only. */
      readonly loss: string
      /** An asset by its CAIP-19 id, as bip122:000000000019d6689c085ae165831e93/slip44:0. */
      readonly asset: string
      /** An instant in UTC, as 2026-11-25T10:00:00Z. */
      readonly lostAt?: string
      /** A country by its ISO 3166-1 code. */
      readonly country?: string
      /** The victim has asked for the return of what was lost. */
      readonly wishesReturn?: boolean
      /** Without anything that names the victim. */
      readonly note?: string
    }
    /** A fact, or the assessment of somebody (LED art. 7(1)). */
    readonly basis: 'fact' | 'assessment'
    /** How an item may be used, and by whom. */
    readonly marking: {
      /** Traffic Light Protocol 2.0 */
      readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
      readonly audience: readonly string[]
      readonly needToKnow: boolean
      readonly protectedPerson: boolean
      /** The sender allows use beyond the stated purpose. */
      readonly onwardUse: boolean
      /** A handling code of the sender, as H1. */
      readonly handling?: string
    }
    /** The person who added it; "node" where the node did. */
    readonly author: string
    /** Who wrote this version. */
    readonly by: string
  }[]
  readonly next: string | null
}

/** Read a victim: what is given. */
export type VictimReadInput = {
  /** The identifier of a record of this node. */
  readonly id: string
}
/** Read a victim: what comes back. */
export type VictimReadResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The case. */
  readonly caseId: string
  /** The version of the record (its ETag). */
  readonly version: number
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly at: string
  readonly content: {
    /** The pseudonym of the victim. Who that is stands elsewhere. */
    readonly token: string
    /** A whole number of base units (satoshi, wei), digits only. */
    readonly loss: string
    /** An asset by its CAIP-19 id, as bip122:000000000019d6689c085ae165831e93/slip44:0. */
    readonly asset: string
    /** An instant in UTC, as 2026-11-25T10:00:00Z. */
    readonly lostAt?: string
    /** A country by its ISO 3166-1 code. */
    readonly country?: string
    /** The victim has asked for the return of what was lost. */
    readonly wishesReturn?: boolean
    /** Without anything that names the victim. */
    readonly note?: string
  }
  /** A fact, or the assessment of somebody (LED art. 7(1)). */
  readonly basis: 'fact' | 'assessment'
  /** How an item may be used, and by whom. */
  readonly marking: {
    /** Traffic Light Protocol 2.0 */
    readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
    readonly audience: readonly string[]
    readonly needToKnow: boolean
    readonly protectedPerson: boolean
    /** The sender allows use beyond the stated purpose. */
    readonly onwardUse: boolean
    /** A handling code of the sender, as H1. */
    readonly handling?: string
  }
  /** The person who added it; "node" where the node did. */
  readonly author: string
  /** Who wrote this version. */
  readonly by: string
}

/** Change a victim: what is given replaces what was there; the old version stays: what is given. */
export type VictimUpdateInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  readonly content: {
    /** The pseudonym of the victim. Who that is stands elsewhere. */
    readonly token: string
    /** A whole number of base units (satoshi, wei), digits only. */
    readonly loss: string
    /** An asset by its CAIP-19 id, as bip122:000000000019d6689c085ae165831e93/slip44:0. */
    readonly asset: string
    /** An instant in UTC, as 2026-11-25T10:00:00Z. */
    readonly lostAt?: string
    /** A country by its ISO 3166-1 code. */
    readonly country?: string
    /** The victim has asked for the return of what was lost. */
    readonly wishesReturn?: boolean
    /** Without anything that names the victim. */
    readonly note?: string
  }
  /** A fact, or the assessment of somebody (LED art. 7(1)). */
  readonly basis: 'fact' | 'assessment'
  /** How an item may be used, and by whom. */
  readonly marking?: {
    /** Traffic Light Protocol 2.0 */
    readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
    readonly audience: readonly string[]
    readonly needToKnow: boolean
    readonly protectedPerson: boolean
    /** The sender allows use beyond the stated purpose. */
    readonly onwardUse: boolean
    /** A handling code of the sender, as H1. */
    readonly handling?: string
  }
}
/** Change a victim: what is given replaces what was there; the old version stays: what comes back. */
export type VictimUpdateResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Add a wallet of interest to a case: what is given. */
export type WalletAddInput = {
  /** The case. */
  readonly caseId: string
  readonly content: {
    /** A chain by its CAIP-2 id, as bip122:000000000019d6689c085ae165831e93. */
    readonly chain: string
    /** An address of the chain, as it was written. */
    readonly address: string
    /** Who holds the keys. */
    readonly custody: 'self-hosted' | 'service' | 'unknown'
    /** Who is said to control it. */
    readonly holder?: string
    /** How it came to be of interest. */
    readonly note?: string
  }
  /** A fact, or the assessment of somebody (LED art. 7(1)). */
  readonly basis: 'fact' | 'assessment'
  /** How an item may be used, and by whom. */
  readonly marking?: {
    /** Traffic Light Protocol 2.0 */
    readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
    readonly audience: readonly string[]
    readonly needToKnow: boolean
    readonly protectedPerson: boolean
    /** The sender allows use beyond the stated purpose. */
    readonly onwardUse: boolean
    /** A handling code of the sender, as H1. */
    readonly handling?: string
  }
}
/** Add a wallet of interest to a case: what comes back. */
export type WalletAddResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Every version of one wallet, oldest first: what is given. */
export type WalletHistoryInput = {
  /** The identifier of a record of this node. */
  readonly id: string
}
/** Every version of one wallet, oldest first: what comes back. */
export type WalletHistoryResult = readonly {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The case. */
  readonly caseId: string
  /** The version of the record (its ETag). */
  readonly version: number
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly at: string
  readonly content: {
    /** A chain by its CAIP-2 id, as bip122:000000000019d6689c085ae165831e93. */
    readonly chain: string
    /** An address of the chain, as it was written. */
    readonly address: string
    /** Who holds the keys. */
    readonly custody: 'self-hosted' | 'service' | 'unknown'
    /** Who is said to control it. */
    readonly holder?: string
    /** How it came to be of interest. */
    readonly note?: string
  }
  /** A fact, or the assessment of somebody (LED art. 7(1)). */
  readonly basis: 'fact' | 'assessment'
  /** How an item may be used, and by whom. */
  readonly marking: {
    /** Traffic Light Protocol 2.0 */
    readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
    readonly audience: readonly string[]
    readonly needToKnow: boolean
    readonly protectedPerson: boolean
    /** The sender allows use beyond the stated purpose. */
    readonly onwardUse: boolean
    /** A handling code of the sender, as H1. */
    readonly handling?: string
  }
  /** The person who added it; "node" where the node did. */
  readonly author: string
  /** Who wrote this version. */
  readonly by: string
}[]

/** List the wallets of interest of a case that you may see, oldest first: what is given. */
export type WalletListInput = {
  /** The case. */
  readonly caseId: string
  /** Where the last page ended: its `next`. */
  readonly after?: string
  /** At most so many items; 50 where nothing is said. */
  readonly limit?: number
}
/** List the wallets of interest of a case that you may see, oldest first: what comes back. */
export type WalletListResult = {
  readonly items: readonly {
    /** The identifier of a record of this node. */
    readonly id: string
    /** The case. */
    readonly caseId: string
    /** The version of the record (its ETag). */
    readonly version: number
    /** An instant in UTC, as 2026-11-25T10:00:00Z. */
    readonly at: string
    readonly content: {
      /** A chain by its CAIP-2 id, as bip122:000000000019d6689c085ae165831e93. */
      readonly chain: string
      /** An address of the chain, as it was written. */
      readonly address: string
      /** Who holds the keys. */
      readonly custody: 'self-hosted' | 'service' | 'unknown'
      /** Who is said to control it. */
      readonly holder?: string
      /** How it came to be of interest. */
      readonly note?: string
    }
    /** A fact, or the assessment of somebody (LED art. 7(1)). */
    readonly basis: 'fact' | 'assessment'
    /** How an item may be used, and by whom. */
    readonly marking: {
      /** Traffic Light Protocol 2.0 */
      readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
      readonly audience: readonly string[]
      readonly needToKnow: boolean
      readonly protectedPerson: boolean
      /** The sender allows use beyond the stated purpose. */
      readonly onwardUse: boolean
      /** A handling code of the sender, as H1. */
      readonly handling?: string
    }
    /** The person who added it; "node" where the node did. */
    readonly author: string
    /** Who wrote this version. */
    readonly by: string
  }[]
  readonly next: string | null
}

/** Read a wallet of interest: what is given. */
export type WalletReadInput = {
  /** The identifier of a record of this node. */
  readonly id: string
}
/** Read a wallet of interest: what comes back. */
export type WalletReadResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The case. */
  readonly caseId: string
  /** The version of the record (its ETag). */
  readonly version: number
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly at: string
  readonly content: {
    /** A chain by its CAIP-2 id, as bip122:000000000019d6689c085ae165831e93. */
    readonly chain: string
    /** An address of the chain, as it was written. */
    readonly address: string
    /** Who holds the keys. */
    readonly custody: 'self-hosted' | 'service' | 'unknown'
    /** Who is said to control it. */
    readonly holder?: string
    /** How it came to be of interest. */
    readonly note?: string
  }
  /** A fact, or the assessment of somebody (LED art. 7(1)). */
  readonly basis: 'fact' | 'assessment'
  /** How an item may be used, and by whom. */
  readonly marking: {
    /** Traffic Light Protocol 2.0 */
    readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
    readonly audience: readonly string[]
    readonly needToKnow: boolean
    readonly protectedPerson: boolean
    /** The sender allows use beyond the stated purpose. */
    readonly onwardUse: boolean
    /** A handling code of the sender, as H1. */
    readonly handling?: string
  }
  /** The person who added it; "node" where the node did. */
  readonly author: string
  /** Who wrote this version. */
  readonly by: string
}

/** Change a wallet of interest: what is given replaces what was there; the old version stays: what is given. */
export type WalletUpdateInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  readonly content: {
    /** A chain by its CAIP-2 id, as bip122:000000000019d6689c085ae165831e93. */
    readonly chain: string
    /** An address of the chain, as it was written. */
    readonly address: string
    /** Who holds the keys. */
    readonly custody: 'self-hosted' | 'service' | 'unknown'
    /** Who is said to control it. */
    readonly holder?: string
    /** How it came to be of interest. */
    readonly note?: string
  }
  /** A fact, or the assessment of somebody (LED art. 7(1)). */
  readonly basis: 'fact' | 'assessment'
  /** How an item may be used, and by whom. */
  readonly marking?: {
    /** Traffic Light Protocol 2.0 */
    readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
    readonly audience: readonly string[]
    readonly needToKnow: boolean
    readonly protectedPerson: boolean
    /** The sender allows use beyond the stated purpose. */
    readonly onwardUse: boolean
    /** A handling code of the sender, as H1. */
    readonly handling?: string
  }
}
/** Change a wallet of interest: what is given replaces what was there; the old version stays: what comes back. */
export type WalletUpdateResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Add a watch to a case: what is given. */
export type WatchAddInput = {
  /** The case. */
  readonly caseId: string
  readonly content: {
    /** A chain by its CAIP-2 id, as bip122:000000000019d6689c085ae165831e93. */
    readonly chain: string
    /** Whose movements raise alarms. */
    readonly addresses: readonly string[]
    /** Whose spending raises one. */
    readonly outputs: readonly string[]
    /** The trace whose front this is. Where the case keeps its record, its front is filled in if no address or output is named, and the watch goes on from it, as the ledger beside the node has it. */
    readonly trace?: string
    /** The cluster of this address, with whoever joins it, as the ledger beside the node has it. */
    readonly cluster?: string
    readonly until: string | null
    /** Why it is watched. */
    readonly note?: string
    readonly ended: string | null
  }
  /** A fact, or the assessment of somebody (LED art. 7(1)). */
  readonly basis: 'fact' | 'assessment'
  /** How an item may be used, and by whom. */
  readonly marking?: {
    /** Traffic Light Protocol 2.0 */
    readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
    readonly audience: readonly string[]
    readonly needToKnow: boolean
    readonly protectedPerson: boolean
    /** The sender allows use beyond the stated purpose. */
    readonly onwardUse: boolean
    /** A handling code of the sender, as H1. */
    readonly handling?: string
  }
}
/** Add a watch to a case: what comes back. */
export type WatchAddResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Every version of one watch, oldest first: what is given. */
export type WatchHistoryInput = {
  /** The identifier of a record of this node. */
  readonly id: string
}
/** Every version of one watch, oldest first: what comes back. */
export type WatchHistoryResult = readonly {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The case. */
  readonly caseId: string
  /** The version of the record (its ETag). */
  readonly version: number
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly at: string
  readonly content: {
    /** A chain by its CAIP-2 id, as bip122:000000000019d6689c085ae165831e93. */
    readonly chain: string
    /** Whose movements raise alarms. */
    readonly addresses: readonly string[]
    /** Whose spending raises one. */
    readonly outputs: readonly string[]
    /** The trace whose front this is. Where the case keeps its record, its front is filled in if no address or output is named, and the watch goes on from it, as the ledger beside the node has it. */
    readonly trace?: string
    /** The cluster of this address, with whoever joins it, as the ledger beside the node has it. */
    readonly cluster?: string
    readonly until: string | null
    /** Why it is watched. */
    readonly note?: string
    readonly ended: string | null
  }
  /** A fact, or the assessment of somebody (LED art. 7(1)). */
  readonly basis: 'fact' | 'assessment'
  /** How an item may be used, and by whom. */
  readonly marking: {
    /** Traffic Light Protocol 2.0 */
    readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
    readonly audience: readonly string[]
    readonly needToKnow: boolean
    readonly protectedPerson: boolean
    /** The sender allows use beyond the stated purpose. */
    readonly onwardUse: boolean
    /** A handling code of the sender, as H1. */
    readonly handling?: string
  }
  /** The person who added it; "node" where the node did. */
  readonly author: string
  /** Who wrote this version. */
  readonly by: string
}[]

/** List the watches of a case that you may see, oldest first: what is given. */
export type WatchListInput = {
  /** The case. */
  readonly caseId: string
  /** Where the last page ended: its `next`. */
  readonly after?: string
  /** At most so many items; 50 where nothing is said. */
  readonly limit?: number
}
/** List the watches of a case that you may see, oldest first: what comes back. */
export type WatchListResult = {
  readonly items: readonly {
    /** The identifier of a record of this node. */
    readonly id: string
    /** The case. */
    readonly caseId: string
    /** The version of the record (its ETag). */
    readonly version: number
    /** An instant in UTC, as 2026-11-25T10:00:00Z. */
    readonly at: string
    readonly content: {
      /** A chain by its CAIP-2 id, as bip122:000000000019d6689c085ae165831e93. */
      readonly chain: string
      /** Whose movements raise alarms. */
      readonly addresses: readonly string[]
      /** Whose spending raises one. */
      readonly outputs: readonly string[]
      /** The trace whose front this is. Where the case keeps its record, its front is filled in if no address or output is named, and the watch goes on from it, as the ledger beside the node has it. */
      readonly trace?: string
      /** The cluster of this address, with whoever joins it, as the ledger beside the node has it. */
      readonly cluster?: string
      readonly until: string | null
      /** Why it is watched. */
      readonly note?: string
      readonly ended: string | null
    }
    /** A fact, or the assessment of somebody (LED art. 7(1)). */
    readonly basis: 'fact' | 'assessment'
    /** How an item may be used, and by whom. */
    readonly marking: {
      /** Traffic Light Protocol 2.0 */
      readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
      readonly audience: readonly string[]
      readonly needToKnow: boolean
      readonly protectedPerson: boolean
      /** The sender allows use beyond the stated purpose. */
      readonly onwardUse: boolean
      /** A handling code of the sender, as H1. */
      readonly handling?: string
    }
    /** The person who added it; "node" where the node did. */
    readonly author: string
    /** Who wrote this version. */
    readonly by: string
  }[]
  readonly next: string | null
}

/** Read a watch: what is given. */
export type WatchReadInput = {
  /** The identifier of a record of this node. */
  readonly id: string
}
/** Read a watch: what comes back. */
export type WatchReadResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The case. */
  readonly caseId: string
  /** The version of the record (its ETag). */
  readonly version: number
  /** An instant in UTC, as 2026-11-25T10:00:00Z. */
  readonly at: string
  readonly content: {
    /** A chain by its CAIP-2 id, as bip122:000000000019d6689c085ae165831e93. */
    readonly chain: string
    /** Whose movements raise alarms. */
    readonly addresses: readonly string[]
    /** Whose spending raises one. */
    readonly outputs: readonly string[]
    /** The trace whose front this is. Where the case keeps its record, its front is filled in if no address or output is named, and the watch goes on from it, as the ledger beside the node has it. */
    readonly trace?: string
    /** The cluster of this address, with whoever joins it, as the ledger beside the node has it. */
    readonly cluster?: string
    readonly until: string | null
    /** Why it is watched. */
    readonly note?: string
    readonly ended: string | null
  }
  /** A fact, or the assessment of somebody (LED art. 7(1)). */
  readonly basis: 'fact' | 'assessment'
  /** How an item may be used, and by whom. */
  readonly marking: {
    /** Traffic Light Protocol 2.0 */
    readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
    readonly audience: readonly string[]
    readonly needToKnow: boolean
    readonly protectedPerson: boolean
    /** The sender allows use beyond the stated purpose. */
    readonly onwardUse: boolean
    /** A handling code of the sender, as H1. */
    readonly handling?: string
  }
  /** The person who added it; "node" where the node did. */
  readonly author: string
  /** Who wrote this version. */
  readonly by: string
}

/** End a watch; it and its alarms stay in the case: what is given. */
export type WatchRemoveInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  /** Why it is watched no longer. */
  readonly reason?: string
}
/** End a watch; it and its alarms stay in the case: what comes back. */
export type WatchRemoveResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** Change a watch: what is given replaces what was there; the old version stays: what is given. */
export type WatchUpdateInput = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version that you have read (the ETag). */
  readonly seen: number
  readonly content: {
    /** A chain by its CAIP-2 id, as bip122:000000000019d6689c085ae165831e93. */
    readonly chain: string
    /** Whose movements raise alarms. */
    readonly addresses: readonly string[]
    /** Whose spending raises one. */
    readonly outputs: readonly string[]
    /** The trace whose front this is. Where the case keeps its record, its front is filled in if no address or output is named, and the watch goes on from it, as the ledger beside the node has it. */
    readonly trace?: string
    /** The cluster of this address, with whoever joins it, as the ledger beside the node has it. */
    readonly cluster?: string
    readonly until: string | null
    /** Why it is watched. */
    readonly note?: string
    readonly ended: string | null
  }
  /** A fact, or the assessment of somebody (LED art. 7(1)). */
  readonly basis: 'fact' | 'assessment'
  /** How an item may be used, and by whom. */
  readonly marking?: {
    /** Traffic Light Protocol 2.0 */
    readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
    readonly audience: readonly string[]
    readonly needToKnow: boolean
    readonly protectedPerson: boolean
    /** The sender allows use beyond the stated purpose. */
    readonly onwardUse: boolean
    /** A handling code of the sender, as H1. */
    readonly handling?: string
  }
}
/** Change a watch: what is given replaces what was there; the old version stays: what comes back. */
export type WatchUpdateResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
}

/** End a webhook: what is given. */
export type WebhookEndInput = {
  readonly id: string
  readonly seen: number
  /** Why; kept in the journal. */
  readonly reason?: string
}
/** End a webhook: what comes back. */
export type WebhookEndResult = {
  readonly id: string
  /** Where to post to; its host must be in the configuration. */
  readonly url: string
  readonly events: readonly string[]
  readonly personId: string
  /** whpk_ and base64: checks the signatures (Standard Webhooks, Ed25519). */
  readonly publicKey: string
  readonly ended: boolean
  readonly version: number
}

/** List the webhooks of the node: what is given. */
export type WebhookListInput = {
  readonly after?: string
  readonly limit?: number
}
/** List the webhooks of the node: what comes back. */
export type WebhookListResult = {
  readonly items: readonly {
    readonly id: string
    /** Where to post to; its host must be in the configuration. */
    readonly url: string
    readonly events: readonly string[]
    readonly personId: string
    /** whpk_ and base64: checks the signatures (Standard Webhooks, Ed25519). */
    readonly publicKey: string
    readonly ended: boolean
    readonly version: number
  }[]
  readonly next: string | null
}

/** Tell a machine elsewhere of what happens: what is given. */
export type WebhookMakeInput = {
  /** Where to post to; its host must be in the configuration. */
  readonly url: string
  readonly events: readonly string[]
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
  /** What the work serves. Use for another purpose needs consent. */
  readonly purpose: 'criminal-proceedings' | 'asset-recovery' | 'financial-intelligence' | 'administrative' | 'exercise'
  readonly label: string
}
/** Tell a machine elsewhere of what happens: what comes back. */
export type WebhookMakeResult = {
  readonly id: string
  /** Where to post to; its host must be in the configuration. */
  readonly url: string
  readonly events: readonly string[]
  readonly personId: string
  /** whpk_ and base64: checks the signatures (Standard Webhooks, Ed25519). */
  readonly publicKey: string
  readonly ended: boolean
  readonly version: number
}

/** Turn a trace into the draft of a request about the assets where it ends: what is given. */
export type WorkflowFreezeFromTraceInput = {
  /** The identifier of a record of this node. */
  readonly caseId: string
  /** The trace record, as the file that the trace wrote. */
  readonly record: string
  readonly endpoint: {
    /** service: where a service holds it. unspent: where it lies. */
    readonly status: 'service' | 'unspent'
    readonly addresses?: readonly string[]
  }
  readonly letter: {
    /** The instrument, by its id in the packs. */
    readonly instrument: string
    /** The type of request, by its id in the pack. */
    readonly requestType: string
    /** What is asked for. */
    readonly measure:
      | 'PRESERVE'
      | 'TRACE_INFO'
      | 'ACCOUNT_INFO'
      | 'TX_INFO'
      | 'TX_MONITOR'
      | 'HOLD_TX'
      | 'FREEZE_SPECIFIC'
      | 'FREEZE_VALUE'
      | 'SEIZE_CUSTODY'
      | 'CONFISCATE_SPECIFIC'
      | 'CONFISCATE_VALUE'
      | 'SALE'
      | 'RETURN'
      | 'SHARE'
      | 'DELETE'
    /** The fields of the form of the instrument, each under its path, as persons[0].natural.surname. */
    readonly data: {
      readonly [key: string]: string | boolean | number
    }
    readonly languages: {
      /** A language by its BCP 47 tag, as fr or zh-Hans. */
      readonly original: string
      readonly theirs: readonly string[]
    }
    readonly recipients: readonly {
      /** The authority or service that is asked. */
      readonly authority: string
      /** A country by its ISO 3166-1 code. */
      readonly country: string
      /** to: asked; via: passes it on, as a central authority; copy: is informed. */
      readonly role: 'to' | 'via' | 'copy'
      /** Where it is reached. */
      readonly address?: string
    }[]
    readonly clock: {
      /** A country by its ISO 3166-1 code. */
      readonly country: string
      /** An IANA time zone, as Europe/Vienna. */
      readonly zone: string
    }
    readonly urgency: {
      /** Why it cannot wait. */
      readonly code:
        | 'IMMINENT_DISSIPATION'
        | 'INVESTIGATIVE_NEED'
        | 'DATE_OR_COORDINATION'
        | 'LIFE_SAFETY'
        | 'DATA_LOSS'
        | 'CRIMINAL_STOP_PAYMENT'
      /** The facts of the urgency. */
      readonly ground: string
    } | null
    /** The facts of the case, as far as they are needed. */
    readonly facts: string
    readonly useConditions: readonly {
      /** What the receiver may do with it. */
      readonly code:
        | 'INTEL_ONLY'
        | 'CONFIDENTIAL'
        | 'ONLY_STATED_PROCEEDING'
        | 'NO_THIRD_PARTY'
        | 'CONSENT_FOR_EVIDENCE'
        | 'EXCULPATORY_EXCEPTION'
        | 'REPORT_USE'
        | 'DELETE_BY'
        | 'SHOW_SUPPORT_INFO_NOT_TO_PROVIDER'
      /** A day, as 2026-11-25. */
      readonly until?: string
      /** In words. */
      readonly text?: string
    }[]
  }
  /** How an item may be used, and by whom. */
  readonly marking?: {
    /** Traffic Light Protocol 2.0 */
    readonly tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red'
    readonly audience: readonly string[]
    readonly needToKnow: boolean
    readonly protectedPerson: boolean
    /** The sender allows use beyond the stated purpose. */
    readonly onwardUse: boolean
    /** A handling code of the sender, as H1. */
    readonly handling?: string
  }
}
/** Turn a trace into the draft of a request about the assets where it ends: what comes back. */
export type WorkflowFreezeFromTraceResult = {
  /** The identifier of a record of this node. */
  readonly id: string
  /** The version of the record (its ETag). */
  readonly version: number
  readonly findings: readonly {
    readonly code: string
    readonly message: string
    readonly with: readonly {
      readonly kind: string
      /** The identifier of a record of this node. */
      readonly id: string
    }[]
  }[]
}
