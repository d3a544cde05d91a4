/**
 * Logs of the node: JSON lines about the machine. Who did what stands in the journal; here stand no names, no addresses, no
 * contents. What could carry them by accident is taken out by its key.
 */
import { type DestinationStream, type Logger, pino } from 'pino'

const HIDDEN = ['authorization', 'cookie', 'token', 'password', 'secret', 'body', 'input', 'name', 'headers']

export function openLogger(level: string, stream?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: HIDDEN.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '[hidden]' },
  }
  return stream ? pino(options, stream) : pino(options)
}
