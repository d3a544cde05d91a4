/**
 * A subscriber of ZeroMQ, by the library `zeromq`, which is loaded when somebody subscribes. It connects again by itself, and
 * nothing that it hears is authenticated.
 */

export type ZmqMessage = readonly Uint8Array[]

/** What no honest publisher exceeds: a block of Bitcoin has 4 MB at most. */
const MESSAGE_BYTES = 8_000_000
/** Messages that wait; more are dropped. */
const WAITING = 100

/** Calls back for each message of these topics until closed. Throws where the endpoint is none. */
export async function subscribeZmq(
  endpoint: string,
  topics: readonly string[],
  heard: (message: ZmqMessage) => void,
): Promise<() => Promise<void>> {
  const { Subscriber } = await import('zeromq')
  const subscriber = new Subscriber({
    linger: 0,
    maxMessageSize: MESSAGE_BYTES,
    receiveHighWaterMark: WAITING,
    reconnectInterval: 100,
    reconnectMaxInterval: 5_000,
  })
  try {
    subscriber.connect(endpoint)
  } catch (thrown) {
    subscriber.close()
    throw thrown
  }
  subscriber.subscribe(...topics)
  const reading = (async () => {
    for await (const message of subscriber) heard(message)
  })()
  // Closing it ends the reading; it has no other way to fail.
  reading.catch(() => {})
  return async () => {
    subscriber.close()
    await reading.catch(() => {})
  }
}
