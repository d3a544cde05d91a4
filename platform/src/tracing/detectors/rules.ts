/** All rules, in the order in which findings are given. The order is part of the format: append, do not sort. */
import {
  blocksciAddressReuse,
  blocksciAddressType,
  blocksciClientChangeAddressBehavior,
  blocksciFixedFee,
  blocksciLegacy,
  blocksciLocktime,
  blocksciOptimalChange,
  blocksciPeelingChainChange,
  blocksciPowerOfTen6,
  blocksciSpent,
} from './blocksci-change.ts'
import { blocksciIsCoinJoin } from './blocksci-coinjoin.ts'
import { dumplingsOther, dumplingsSamourai, dumplingsWasabi1, dumplingsWasabi2 } from './dumplings.ts'
import { aieWhirlpool, mempoolSpaceFlag } from './explorers.ts'
import { gsDirectChange, gsMultiInputChange, gsOneTimeChange } from './gs-change.ts'
import { gsJoinMarket, gsStonewall } from './gs-joinmarket.ts'
import { gsWasabi10, gsWasabi11, gsWasabi20 } from './gs-wasabi.ts'
import { gsWhirlpool, gsWhirlpoolTx0 } from './gs-whirlpool.ts'
import type { Rule } from './judgement.ts'
import { peelingChain } from './peeling-chain.ts'

export const rules: readonly Rule[] = [
  blocksciIsCoinJoin,
  gsWasabi10,
  gsWasabi11,
  gsWasabi20,
  dumplingsWasabi1,
  dumplingsWasabi2,
  gsWhirlpool,
  gsWhirlpoolTx0,
  dumplingsSamourai,
  aieWhirlpool,
  gsJoinMarket,
  dumplingsOther,
  gsStonewall,
  mempoolSpaceFlag,
  gsDirectChange,
  gsOneTimeChange,
  gsMultiInputChange,
  blocksciAddressReuse,
  blocksciAddressType,
  blocksciOptimalChange,
  blocksciPowerOfTen6,
  blocksciLocktime,
  blocksciClientChangeAddressBehavior,
  blocksciFixedFee,
  blocksciLegacy,
  blocksciPeelingChainChange,
  blocksciSpent,
  peelingChain,
]
