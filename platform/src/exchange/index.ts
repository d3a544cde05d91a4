/** The door of the room `exchange`: the form of messages. Directory and delivery have doors of their own. */
export { approvalRuleOf } from './approval-rule.ts'
export {
  type ApprovalRule,
  approvalsOf,
  approvedPart,
  checkApprovals,
  type MessageApprovals,
  messageChallenge,
  type WhyNot,
} from './approvals.ts'
export { exchangeCodes } from './codes.ts'
export { checkJournalFork, JournalFork, journalFork, journalForkForm } from './journal-fork.ts'
export * from './wire/index.ts'
