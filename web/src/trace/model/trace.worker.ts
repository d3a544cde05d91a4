/** The worker of a trace: hands each question to the desk, and its answer back under the number of the question. */
import { NodeSaysNo, openDesk, type Questions } from './desk.ts'

const desk = openDesk()

type Asked = { readonly number: number; readonly what: keyof Questions; readonly input: never }

self.onmessage = ({ data }: MessageEvent<Asked>) => {
  const { number, what, input } = data
  Promise.resolve()
    .then(() => desk[what](input) as unknown)
    .then(
      (answer) => self.postMessage({ number, answer }),
      (thrown: unknown) =>
        self.postMessage({
          number,
          ...(thrown instanceof NodeSaysNo
            ? { problem: thrown.problem }
            : { fault: thrown instanceof Error ? thrown.message : String(thrown) }),
        }),
    )
}
