/** Every message of the app by its id: the English files of all rooms. */
import type access from '../../access/messages/en.json'
import type address from '../../address/messages/en.json'
import type app from '../../app/messages/en.json'
import type audit from '../../audit/messages/en.json'
import type cases from '../../cases/messages/en.json'
import type compare from '../../compare/messages/en.json'
import type evidence from '../../evidence/messages/en.json'
import type inbox from '../../inbox/messages/en.json'
import type intake from '../../intake/messages/en.json'
import type joint from '../../joint/messages/en.json'
import type law from '../../law/messages/en.json'
import type request from '../../request/messages/en.json'
import type supervision from '../../supervision/messages/en.json'
import type today from '../../today/messages/en.json'
import type trace from '../../trace/messages/en.json'
import type tracker from '../../tracker/messages/en.json'
import type shared from '../messages/en.json'

type All = typeof access &
  typeof address &
  typeof app &
  typeof audit &
  typeof cases &
  typeof compare &
  typeof evidence &
  typeof inbox &
  typeof intake &
  typeof joint &
  typeof law &
  typeof request &
  typeof supervision &
  typeof today &
  typeof trace &
  typeof tracker &
  typeof shared

export type MessageId = keyof All & string
