/** Ids and codes inside a sentence of the core, by their names: an asset by its chain and address, a measure by its word. */
import { Fragment } from 'react'
import { ChainName } from '../chains/use-chains.tsx'
import { useCodes } from '../law.ts'
import { MachineValue, Words } from '../ui/values.tsx'
import { partsOf } from './parts-of.ts'

export function Named({ text }: { readonly text: string }) {
  const codes = useCodes()
  return partsOf(text).map((part, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a sentence keeps the order of its parts
    <Fragment key={at}>
      {part.kind === 'words' && <Words>{part.text}</Words>}
      {part.kind === 'code' && <Words>{codes.name(part.text)}</Words>}
      {part.kind === 'place' && (
        <>
          <ChainName id={part.chain} /> <MachineValue value={part.address} />
        </>
      )}
    </Fragment>
  ))
}
