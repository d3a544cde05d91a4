import type { CodeEntry } from '../../kernel/index.ts'

export const togetherCodes: readonly CodeEntry[] = [
  {
    code: 'CALL_STATE',
    meaning: 'A call is answered that does not exist, or that somebody has taken.',
    fix: 'See call.list.',
  },
  {
    code: 'CONTACT_POINT',
    meaning: 'The point of contact of the agency is not set.',
    fix: 'Set it with contact-point.set.',
  },
  {
    code: 'DISPUTE_TOUCHES',
    meaning: 'A dispute touches a record that is not in the case, or not for the person.',
    fix: 'Name records of the case that you may read.',
  },
  {
    code: 'DISPUTE_STATE',
    meaning: 'A dispute is answered that is not known, has ended, or is one of the own agency.',
    fix: 'Raise one of your own to say more.',
  },
  {
    code: 'DUTY_PERSON',
    meaning: 'A roster names somebody who is not at work here or may not speak for the agency.',
    fix: 'Name a liaison officer, prosecutor or senior official.',
  },
  {
    code: 'DUTY_ROSTER',
    meaning: 'A roster has a gap, a shift that runs backwards, or one person in two shifts at once.',
    fix: 'Correct the shift at that place; a gap may be kept with accept: true.',
  },
  {
    code: 'ERASE_EXTENT',
    meaning: 'A request to erase does not say what.',
    fix: 'Name the messages or the attachments.',
  },
  {
    code: 'ERASE_HELD',
    meaning: 'Something would be said to be erased on which a legal hold stands.',
    fix: 'Refuse it for the hold, or have the hold lifted.',
  },
  {
    code: 'ERASE_KEPT',
    meaning: 'An answer to a request to erase does not say what is kept, and why.',
    fix: 'Say it in words.',
  },
  {
    code: 'ERASE_NOT_DONE',
    meaning: 'Something would be said to be erased whose case still has its key.',
    fix: 'Have the erasure of the case approved and carried out first.',
  },
  {
    code: 'ERASE_NO_HOLD',
    meaning: 'A legal hold is given as the reason, and none stands.',
    fix: 'Place the hold, or give another reason.',
  },
  {
    code: 'ERASE_STATE',
    meaning: 'A request to erase is not known, or was answered before.',
    fix: 'See supervision.list.',
  },
  {
    code: 'EXCHANGE_OTHER_CASE',
    meaning: 'An exchange is named that is none of the case.',
    fix: 'Take the exchange from the messages of the case.',
  },
  {
    code: 'EXCHANGE_SUSPENDED',
    meaning: 'A partner has told of a breach, and its suspension has not been lifted.',
    fix: 'A senior official lifts it once it is known what happened.',
  },
  {
    code: 'INCIDENT_TIME',
    meaning: 'A moment of a breach lies in the future, or before it was noticed.',
    fix: 'State when it was.',
  },
  { code: 'RECALL_ANSWERED', meaning: 'A recall is answered twice.', fix: 'Nothing needs to be done.' },
  {
    code: 'RECALL_MESSAGE',
    meaning: 'A recall names a message that its sender has not sent, or that is not of the case.',
    fix: 'Name messages that were sent from the case.',
  },
  {
    code: 'RECALL_STANDS',
    meaning: 'A recall is answered as if nothing had been found, and something stands on it.',
    fix: 'Say what became of it.',
  },
  {
    code: 'SUPERVISION_UNKNOWN',
    meaning: 'There is no such thing here, or it is not for the person.',
    fix: 'See supervision.list.',
  },
  {
    code: 'SUSPENSION_STATE',
    meaning: 'A suspension is not known, or was lifted before.',
    fix: 'See supervision.list.',
  },
  {
    code: 'USE_ANSWERED',
    meaning: 'A question of use was answered before, or is one of the own agency.',
    fix: 'See supervision.list.',
  },
  {
    code: 'USE_ITEM',
    meaning: 'A question of use is about something that the other side did not send, or did not ask.',
    fix: 'Ask whoever has sent it.',
  },
]
