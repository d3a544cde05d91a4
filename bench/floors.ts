/**
 * What a kernel must reach, as a ratio to its peer measured in the same run: ours divided by theirs, in transfers per
 * second (for memory: theirs divided by ours, in bytes per transfer). A floor that is missed is shown, not punished:
 * time depends on the machine. A wrong answer is.
 */
export const floors = {
  c: {
    poison: 0.7,
    haircut: 0.5,
    fifo: 0.5,
    csr: 0.8,
    reach: 0.45,
    components: 0.5,
    accountHaircut: 0.5,
    accountFifo: 0.5,
    clusters: 0.5,
  },
  /** viem's whole, its reading of the data alone, and the mere change of digits into bytes */
  decode: { viem: 5, viemData: 1, ofLimit: 0.1 },
  igraph: { csr: 50, reach: 5, components: 8, memory: 3 },
  duckdb: { frontier: 8, reach: 4 },
  /** `journal` in entries a second, `decisionMs` the most that 99 of 100 decisions may take; the others are ratios */
  node: { journal: 2000, decisionMs: 10, pgbench: 0.1, seal: 0.5 },
  /** messages a second, and how long 99 of 100 take at a hundred a second */
  exchange: { perSecond: 200, p99Ms: 500 },
  /** of what the multiplications alone would allow */
  deconfliction: { ofLimit: 0.5 },
  /** the most milliseconds from a block to its alarm, for 99 of 100, at 200 blocks a second */
  watch: { p99Ms: 1000 },
  /** networkx, graphology and pure Python, at any task */
  objects: 50,
} as const
