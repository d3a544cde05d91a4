/**
 * News of a chain from a node of the Bitcoin family by ZeroMQ (`-zmqpubhashblock`, `-zmqpubrawblock`; Bitcoin Core, doc/zmq.md).
 * A message rings, and no more: it is not authenticated, and may be lost or come twice. The blocks themselves are asked of the
 * node over JSON-RPC, where a reorganisation is seen and every block is checked, as if nobody had rung.
 */
import { subscribeZmq } from '../../io/zeromq.ts'
import { ok, type Result, refuse } from '../../kernel/index.ts'
import { HEADER_BYTES } from '../block-codec.ts'
import type { ChainNews } from './tip-source.ts'

export type ZmqNews = { readonly news: ChainNews; close(): Promise<void> }

const TOPICS = ['hashblock', 'rawblock']
const HASH_BYTES = 32

/** `endpoint`: where the node publishes, as `tcp://127.0.0.1:28332`, or a socket in a file, `ipc:///path`. */
export async function openZmqNews(endpoint: string): Promise<Result<ZmqNews>> {
  const noEndpoint = () =>
    refuse('SOURCE_URL', 'This is no endpoint of ZeroMQ.', {
      place: endpoint.slice(0, 200),
      fix: 'Write what stands after -zmqpubhashblock= in the configuration of the node, as tcp://127.0.0.1:28332.',
    })
  if (!/^(tcp:\/\/[^\s/@]+:[0-9]{1,5}|ipc:\/\/\/?[^\s]+)$/.test(endpoint)) return noEndpoint()
  let rung = false
  let wake = () => {}
  const ring = () => {
    rung = true
    wake()
  }
  let close: () => Promise<void>
  try {
    close = await subscribeZmq(endpoint, TOPICS, (message) => {
      if (saysBlock(message)) ring()
    })
  } catch {
    return noEndpoint()
  }
  const news: ChainNews = async (milliseconds, ending) => {
    if (!rung && !ending.aborted)
      await new Promise<void>((resolve) => {
        const done = () => {
          clearTimeout(timer)
          ending.removeEventListener('abort', done)
          wake = () => {}
          resolve()
        }
        const timer = setTimeout(done, milliseconds)
        ending.addEventListener('abort', done)
        wake = done
      })
    rung = false
  }
  return ok({ news, close })
}

/** Topic, body, number of the message. */
function saysBlock([topic, body]: readonly Uint8Array[]): boolean {
  const name = topic === undefined ? '' : new TextDecoder().decode(topic)
  const bytes = body?.length ?? 0
  return name === 'hashblock' ? bytes === HASH_BYTES : name === 'rawblock' && bytes > HEADER_BYTES
}
