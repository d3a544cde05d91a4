/** A network between two processes that fails on purpose: it refuses, cuts, swallows and delays, as often as it is told. */

import type { AddressInfo } from 'node:net'
import { connect, createServer, type Server, type Socket } from 'node:net'

export type FaultProxy = { readonly port: number; faults(): number; calm(): void; close(): Promise<void> }

/** `share`: of connections and of pieces that meet with a fault. */
export async function faultProxy(target: number, share: number, random: () => number): Promise<FaultProxy> {
  let faults = 0
  let chance = share
  const sockets = new Set<Socket>()
  const strikes = () => {
    const does = random() < chance
    if (does) faults++
    return does
  }
  const server: Server = createServer((client) => {
    sockets.add(client)
    client.on('error', () => {})
    if (strikes()) {
      client.destroy()
      return
    }
    const upstream = connect(target, '127.0.0.1')
    sockets.add(upstream)
    upstream.on('error', () => client.destroy())
    client.on('close', () => upstream.destroy())
    upstream.on('close', () => client.destroy())
    pass(client, upstream)
    pass(upstream, client)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    faults: () => faults,
    calm: () => {
      chance = 0
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }

  function pass(from: Socket, to: Socket): void {
    from.on('data', (piece) => {
      if (!strikes()) {
        to.write(piece)
        return
      }
      const kind = random()
      // Late; swallowed, and the connection with it; or the connection cut after part of it.
      if (kind < 0.4) {
        from.pause()
        setTimeout(
          () => {
            to.write(piece)
            from.resume()
          },
          20 + random() * 300,
        )
      } else if (kind < 0.7) from.destroy()
      else {
        to.write(piece.subarray(0, Math.floor(piece.length / 2)))
        setTimeout(() => from.destroy(), 5)
      }
    })
  }
}
