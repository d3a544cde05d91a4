/** What is said on the picture of a trace on account chains: amounts in their own assets, conversions and crossings by name. */
import type { AccountTraceRecord } from '../../accounts/account-record.ts'
import { shortForm } from '../card-words.ts'
import { type Card, layOut, type Picture, type PicturePart } from '../flow-layout.ts'
import { type MergedNode, mergeFlow, pictureLimits } from '../flow-merge.ts'
import { count, counted, shortId, utc } from '../measures.ts'
import type { PictureWords } from '../picture-words.ts'
import { wordsOf } from '../words.ts'
import { type AccountFlow, accountFlow } from './account-flow-graph.ts'
import { type Amounts, addTo, amountsOf, shortAmountOf } from './asset-amounts.ts'

export type AccountPicture = {
  readonly picture: Picture
  readonly words: PictureWords
  amountsOf(node: MergedNode): string
}

export function accountPicture(record: AccountTraceRecord): AccountPicture {
  const flow = accountFlow(record)
  const picture = layOut(mergeFlow(flow.graph, pictureLimits))
  const said = (node: MergedNode) => amountsOf(sumOfMembers(flow, node))
  return { picture, words: wordsOfPicture(record, flow, said), amountsOf: said }
}

/** Ends and sources that were put together are summed; of places on the way, what each carried is in the tables. */
function sumOfMembers({ amounts }: AccountFlow, node: MergedNode): Amounts {
  const sums = new Map<string, bigint>()
  if (node.members.length > 1 && node.kind !== 'end' && node.kind !== 'source') return sums
  for (const { id } of node.members) for (const [asset, units] of amounts.get(id) ?? []) addTo(sums, asset, units)
  return sums
}

function wordsOfPicture(
  record: AccountTraceRecord,
  flow: AccountFlow,
  said: (node: MergedNode) => string,
): PictureWords {
  const { result, rule, asOf, digest } = record
  const linkById = new Map<string, string>([
    ...result.conversions.map(({ id, kind }) => [id, kind] as const),
    ...result.crossings.map(({ id, bridge, destination }) => [id, `${bridge} to ${destination.chain}`] as const),
  ])
  const bridgeById = new Map(
    result.crossings.map(({ id, bridge, destination }) => [id, [bridge, destination.chain]] as const),
  )
  const roots = new Map(result.ledgers.map(({ asset, root }) => [asset, BigInt(root)]))
  return {
    subtitle: `${rule.legalName}. As of block ${asOf.height}, ${utc(asOf.time)}. Each amount in its own asset.`,
    digest,
    ribbonTitle: () => null,
    amountOn: ({ node }) =>
      node ? amountsOf(sumOfMembers(flow, node), shortAmountOf) || counted(node.members.length, 'place') : '',
    say(picture, index) {
      const part = index !== null && picture.parts.length > 1 ? `, part ${index + 1} of ${picture.parts.length}` : ''
      const ends = picture.places.flatMap(({ node }) =>
        node?.kind === 'end' ? [`${wordsOf(node.status ?? '').name.toLowerCase()} ${said(node)}`] : [],
      )
      return {
        title: `Flow of ${amountsOf(roots)} under the rule ${rule.legalName}${part}`,
        description: `Read from left to right. ${counted(result.flow.length, 'payment')}, ${counted(result.conversions.length, 'conversion')}, ${counted(result.crossings.length, 'crossing')}. It ends as: ${ends.join('; ')}. The numbers on the cards are those of the key below the picture, which holds the same as text.`,
      }
    },
    onCard(picture, part, card) {
      return linesOf(picture, part, card)
    },
    titleOf({ node, number }) {
      if (!node) return 'passes through'
      if (node.members.length > 1)
        return `No. ${number}: ${counted(node.members.length, 'entry', 'entries')} put together; all of them are in the tables`
      const got = flow.received.get(node.id)
      const link = linkById.get(node.id)
      return `No. ${number}: ${link ? `${link}, ` : ''}${node.name}, ${said(node)}${got ? ` for ${amountsOf(got)}` : ''}${node.reason === '' ? '' : `; ${node.reason}`}`
    },
  }

  function linesOf(picture: Picture, part: PicturePart, card: Card): readonly [string, string] {
    const { node, laneTo } = card
    const onward = card.goesOn ? `goes on in part ${picture.parts.indexOf(part) + 2}` : ''
    if (!node) {
      const target = picture.places.find(({ id }) => id === laneTo)
      return [target ? `on to No. ${target.number}` : 'on to several', onward]
    }
    const many = node.members.length
    const named = node.address === null ? '' : shortForm(node.address)
    switch (node.kind) {
      case 'source':
        return many > 1 ? [counted(many, 'source'), 'further, together'] : [node.name, 'source']
      case 'end':
        if (node.status === 'fee') return ['Fees', many > 1 ? 'together' : 'to producers of blocks']
        return [
          wordsOf(node.status ?? '').name,
          many > 1 ? counted(many, 'place') : node.status === 'service' ? node.name : named,
        ]
      case 'address':
        return [many > 1 ? `${count(many)} addresses` : named || 'nobody', onward || 'holds for a while']
      case 'unlinked':
        return ['Not linked', 'see the key']
      default: {
        if (many > 1) return [`${count(many)} conversions`, onward || 'put together']
        const got = flow.received.get(node.id)
        const over = bridgeById.get(node.id)
        // A card has no room for bridge, chain and transaction in one line.
        if (over) return [`${over[0]}, ${shortId(node.name)}`, onward || `to ${over[1]}`]
        return [
          `${linkById.get(node.id) ?? 'tx'}, ${shortId(node.name)}`,
          onward || (got ? `for ${amountsOf(got, shortAmountOf)}` : ''),
        ]
      }
    }
  }
}
