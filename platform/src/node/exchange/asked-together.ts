/** Questions of one kind that are put in one turn of the program become one statement. */

/** `ask` gets each key once for each time that it was asked for, and answers in the order of the keys. */
export function askedTogether<Key, Answer>(
  ask: (keys: readonly Key[]) => Promise<readonly Answer[]>,
): (key: Key) => Promise<Answer> {
  let waiting: Waiting<Key, Answer>[] = []
  return (key) =>
    new Promise((resolve, reject) => {
      waiting.push({ key, resolve, reject })
      if (waiting.length === 1) queueMicrotask(() => void go())
    })

  async function go(): Promise<void> {
    const asked = waiting
    waiting = []
    try {
      const answers = await ask(asked.map(({ key }) => key))
      for (const [at, { resolve }] of asked.entries()) resolve(answers[at] as Answer)
    } catch (fault) {
      for (const { reject } of asked) reject(fault)
    }
  }
}

type Waiting<Key, Answer> = {
  readonly key: Key
  readonly resolve: (answer: Answer) => void
  readonly reject: (fault: unknown) => void
}
