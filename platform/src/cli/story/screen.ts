/** The story on the screen: one column for each node, time downwards, an arrow for each message. */
const WIDTH = 26

export type Screen = {
  /** What somebody does at a node. */
  act(at: string, what: string): void
  /** A message from one node to another, and how long its receipt took. */
  message(from: string, to: string, type: string, receipt: string): void
  line(text: string): void
}

export function storyScreen(
  columns: readonly { readonly id: string; readonly title: string }[],
  say: (line: string) => void,
): Screen {
  const started = performance.now()
  const time = () => `${((performance.now() - started) / 1000).toFixed(1).padStart(6)} s  `
  const centre = (at: number) => at * WIDTH + 2
  const placeOf = (id: string) => columns.findIndex((one) => one.id === id)
  const rails = () => {
    const row = new Array<string>(columns.length * WIDTH).fill(' ')
    for (const [at] of columns.entries()) row[centre(at)] = '│'
    return row
  }
  say(`          ${columns.map(({ title }) => title.padEnd(WIDTH)).join('')}`)
  return {
    act: (at, what) => {
      const row = rails()
      const from = centre(placeOf(at))
      row[from] = '●'
      // What would run over the next column is written whole, and that column interrupted.
      for (let column = from + 1; column < Math.min(row.length, from + 2 + what.length); column++) row[column] = ' '
      write(row, from + 2, what)
      say(`${time()}${row.join('').trimEnd()}`)
    },
    message: (from, to, type, receipt) => {
      const row = rails()
      const [a, b] = [centre(placeOf(from)), centre(placeOf(to))]
      const [left, right] = [Math.min(a, b), Math.max(a, b)]
      for (let at = left + 1; at < right; at++) row[at] = '─'
      row[left] = a < b ? '├' : '◀'
      row[right] = a < b ? '▶' : '┤'
      write(row, left + 3, ` ${type} `)
      say(`${time()}${row.join('')}${receipt}`.trimEnd())
    },
    line: say,
  }
}

function write(row: string[], at: number, text: string): void {
  for (const [offset, letter] of [...text].entries()) row[at + offset] = letter
}
