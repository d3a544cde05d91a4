/** The desk: how the other rooms send messages and take them in. */
export { headerOf } from './header-of.ts'
export {
  type ArrivedAttachment,
  type Attaching,
  type AttachmentDesk,
  type AttachmentPlace,
  type FileSource,
  type MessageDesk,
  ports,
  type Queued,
  type Said,
  type Sending,
  type Taken,
  type Taker,
} from './ports.ts'
