/**
 * A network between two processes that fails on purpose, as often as it is told, and counts what it did. It sees TLS and reads none
 * of it: a piece that garbles or is missing ends the connection at one of its ends, as on any line.
 */
import type { AddressInfo } from 'node:net'
import { connect, createServer, type Server, type Socket } from 'node:net'

export const faultKinds = [
  'connection refused',
  'cut in a request',
  'cut in an answer',
  'answer dropped',
  'delayed',
  'garbled',
  'half-open',
] as const
export type FaultKind = (typeof faultKinds)[number]

export type FaultPlan = {
  /** Of connections, and of pieces of requests and answers, that meet with a fault. */
  readonly share: number
  /** Besides: every so many answers one is dropped, after whoever gave it has committed. */
  readonly everyAnswer?: number
}

export type FaultProxy = {
  readonly port: number
  faults(): ReadonlyMap<FaultKind, number>
  calm(): void
  close(): Promise<void>
}

/** Before its third piece the server has shaken hands and given tickets; from then on each piece is (part of) an answer. */
const FIRST_ANSWER = 3

export async function faultProxy(target: number, plan: FaultPlan, random: () => number): Promise<FaultProxy> {
  const counts = new Map<FaultKind, number>(faultKinds.map((kind) => [kind, 0]))
  let { share, everyAnswer = 0 } = plan
  let answers = 0
  const sockets = new Set<Socket>()
  const count = (kind: FaultKind) => counts.set(kind, (counts.get(kind) ?? 0) + 1)
  const server: Server = createServer((client) => {
    sockets.add(client)
    client.on('error', () => {})
    if (random() < share) {
      count('connection refused')
      client.resetAndDestroy()
      return
    }
    const upstream = connect(target, '127.0.0.1')
    sockets.add(upstream)
    upstream.on('error', () => client.destroy())
    client.on('close', () => {
      sockets.delete(client)
      upstream.destroy()
    })
    upstream.on('close', () => {
      sockets.delete(upstream)
      client.destroy()
    })
    pass(client, upstream, false)
    pass(upstream, client, true)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    faults: () => counts,
    calm: () => {
      share = 0
      everyAnswer = 0
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }

  function pass(from: Socket, to: Socket, isAnswering: boolean): void {
    let pieces = 0
    let isDead = false
    from.on('data', (piece) => {
      pieces++
      if (isDead) return
      const isAnswer = isAnswering && pieces >= FIRST_ANSWER
      if (isAnswer && everyAnswer > 0 && ++answers % everyAnswer === 0) {
        count('answer dropped')
        from.destroy()
        return
      }
      if (random() >= share) {
        to.write(piece)
        return
      }
      const kind = kindOf(random(), isAnswer)
      count(kind)
      if (kind === 'delayed') {
        from.pause()
        const after = 20 + random() * 200
        setTimeout(() => {
          to.write(piece)
          from.resume()
        }, after)
      } else if (kind === 'answer dropped') from.destroy()
      else if (kind === 'garbled') {
        const garbled = Buffer.from(piece)
        const at = Math.floor(random() * garbled.length)
        garbled[at] = (garbled[at] as number) ^ (1 + Math.floor(random() * 255))
        to.write(garbled)
      } else if (kind === 'half-open') isDead = true
      else {
        to.write(piece.subarray(0, Math.floor(piece.length / 2)))
        setTimeout(() => from.destroy(), 5)
      }
    })
  }

  function kindOf(drawn: number, isAnswer: boolean): FaultKind {
    if (drawn < 0.4) return 'delayed'
    if (drawn < 0.7) return isAnswer ? 'answer dropped' : 'cut in a request'
    if (drawn < 0.85) return isAnswer ? 'cut in an answer' : 'cut in a request'
    return drawn < 0.95 ? 'garbled' : 'half-open'
  }
}
