/** A source of another chain is refused whole, with the name of the chain that it is of. */
import { stop } from '../../kernel/index.ts'
import { chainOfAddress } from '../address-forms.ts'
import type { ChainPack } from '../chain-pack.ts'
import { foreignBlock } from '../recognise-block.ts'
import type { StatedTransaction } from '../transaction-statement.ts'

export function stopOnForeignBlock(
  block: Parameters<typeof foreignBlock>[0],
  height: number | null,
  pack: ChainPack,
  known: readonly ChainPack[],
  place: string,
): void {
  const foreign = foreignBlock(block, height, pack, known)
  if (!foreign) return
  const names = foreign.candidates.map(({ name }) => name).join(' or ')
  stop('WRONG_CHAIN', `The source is not of ${pack.name}${names ? ` but of ${names}` : ''}: ${foreign.why}.`, {
    place,
    fix: names
      ? `Import it as ${foreign.candidates.map(({ caip2 }) => caip2).join(' or ')}, whichever it is.`
      : 'Find out which chain the file is of.',
  })
}

/** An address that belongs to its script on another known chain only tells that the whole source is of that chain. */
export function stopOnForeignAddress(
  stated: StatedTransaction,
  pack: ChainPack,
  knownPacks: readonly ChainPack[],
  place: string,
): void {
  for (const { script, address } of [...stated.outputs, ...stated.inputs.flatMap(({ prevout }) => prevout ?? [])]) {
    if (script === null || address === null) continue
    const other = chainOfAddress(script, address, pack, knownPacks)
    if (!other) continue
    stop(
      'WRONG_CHAIN',
      `The source is of ${other.name}, not of ${pack.name}: the address ${address.slice(0, 100)} exists there only.`,
      {
        place,
        fix: `Import it as ${other.caip2}, or name another source.`,
      },
    )
  }
}
