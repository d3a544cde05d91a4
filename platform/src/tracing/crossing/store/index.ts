/** The side door of `tracing` to what is kept of bridge links. */
export {
  type KeptLink,
  type LinkBook,
  openLinkBook,
  type Rejection,
  type Supersession,
  type Withdrawal,
} from './link-book.ts'
