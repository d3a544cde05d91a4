/** The door of the room `exchange`: the form of messages. Directory and delivery have doors of their own. */
export { exchangeCodes } from './codes.ts'
export * from './wire/index.ts'
