/**
 * A line of so many bits a second that loses segments, in user space: for systems whose kernel cannot do it (`tc netem`).
 *
 * What it models. All connections of one direction share the rate: a segment (1,460 bytes) leaves when the line is free, and is on the
 * way for 50 ms. TCP hides loss from those who use it, so that a lost segment is seen as what it costs them: the connection stands still
 * until it is sent again (200 ms, twice as long each time it is lost again, RFC 6298), and the line carries it once more. What is
 * behind it in its connection waits, what belongs to others does not. After six losses of one segment the connection is cut.
 */
import type { AddressInfo } from 'node:net'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

const SEGMENT = 1460
const ON_THE_WAY_MS = 50
const FIRST_AGAIN_MS = 200
const MOST_LOSSES = 6

export type ThinLine = {
  readonly port: number
  counts(): { readonly segments: number; readonly lost: number; readonly cut: number; readonly bytes: number }
  close(): Promise<void>
}

export async function thinLine(
  target: number,
  { bitsPerSecond, loss }: { readonly bitsPerSecond: number; readonly loss: number },
  random: () => number,
): Promise<ThinLine> {
  const counts = { segments: 0, lost: 0, cut: 0, bytes: 0 }
  const sockets = new Set<Socket>()
  const [there, back] = [line(), line()]
  const server: Server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1')
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(one)
      one.on('error', () => {})
      one.on('close', () => {
        sockets.delete(one)
        other.destroy()
      })
    }
    void carry(client, upstream, there)
    void carry(upstream, client, back)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    counts: () => counts,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }

  /** One direction: takes a segment when what came before has left. */
  function line(): (bytes: number) => Promise<void> {
    let freeAt = 0
    return async (bytes) => {
      const begins = Math.max(freeAt, performance.now())
      freeAt = begins + (bytes * 8 * 1000) / bitsPerSecond
      await sleep(freeAt - performance.now())
    }
  }

  async function carry(from: Socket, to: Socket, send: (bytes: number) => Promise<void>): Promise<void> {
    let arriving: Promise<unknown> = Promise.resolve()
    try {
      for await (const piece of from as AsyncIterable<Uint8Array>) {
        for (let at = 0; at < piece.length; at += SEGMENT) {
          const segment = piece.subarray(at, at + SEGMENT)
          for (let losses = 0; ; losses++) {
            await send(segment.length)
            counts.segments++
            counts.bytes += segment.length
            if (random() >= loss) break
            counts.lost++
            if (losses === MOST_LOSSES) {
              counts.cut++
              from.destroy()
              return
            }
            await sleep(FIRST_AGAIN_MS * 2 ** losses)
          }
          arriving = Promise.all([arriving, sleep(ON_THE_WAY_MS)]).then(() => {
            if (!to.destroyed) to.write(segment)
          })
        }
      }
      await arriving
      to.end()
    } catch {
      to.destroy()
    }
  }
}
