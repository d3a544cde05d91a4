/** The chain packs that come with the program, for code that reads no files. The packs themselves are packs/chains/. */

import anvil from '../../../packs/chains/anvil.json' with { type: 'json' }
import arbitrumOne from '../../../packs/chains/arbitrum-one.json' with { type: 'json' }
import avalancheC from '../../../packs/chains/avalanche-c.json' with { type: 'json' }
import base from '../../../packs/chains/base.json' with { type: 'json' }
import bitcoin from '../../../packs/chains/bitcoin.json' with { type: 'json' }
import bitcoinCash from '../../../packs/chains/bitcoin-cash.json' with { type: 'json' }
import bitcoinCashRegtest from '../../../packs/chains/bitcoin-cash-regtest.json' with { type: 'json' }
import bitcoinCashTestnet3 from '../../../packs/chains/bitcoin-cash-testnet3.json' with { type: 'json' }
import bitcoinCashTestnet4 from '../../../packs/chains/bitcoin-cash-testnet4.json' with { type: 'json' }
import bitcoinRegtest from '../../../packs/chains/bitcoin-regtest.json' with { type: 'json' }
import bitcoinSignet from '../../../packs/chains/bitcoin-signet.json' with { type: 'json' }
import bitcoinTestnet3 from '../../../packs/chains/bitcoin-testnet3.json' with { type: 'json' }
import bitcoinTestnet4 from '../../../packs/chains/bitcoin-testnet4.json' with { type: 'json' }
import bnb from '../../../packs/chains/bnb.json' with { type: 'json' }
import dogecoin from '../../../packs/chains/dogecoin.json' with { type: 'json' }
import dogecoinRegtest from '../../../packs/chains/dogecoin-regtest.json' with { type: 'json' }
import dogecoinTestnet from '../../../packs/chains/dogecoin-testnet.json' with { type: 'json' }
import ethereum from '../../../packs/chains/ethereum.json' with { type: 'json' }
import litecoin from '../../../packs/chains/litecoin.json' with { type: 'json' }
import litecoinRegtest from '../../../packs/chains/litecoin-regtest.json' with { type: 'json' }
import litecoinTestnet from '../../../packs/chains/litecoin-testnet.json' with { type: 'json' }
import optimism from '../../../packs/chains/optimism.json' with { type: 'json' }
import polygon from '../../../packs/chains/polygon.json' with { type: 'json' }
import tron from '../../../packs/chains/tron.json' with { type: 'json' }
import { catchRefusal, orStop } from '../kernel/index.ts'
import type { AccountPack } from './account-pack.ts'
import { accountPacks } from './account-packs.ts'
import type { ChainPack } from './chain-pack.ts'
import { chainPacks, checkNames } from './chain-packs.ts'

/** Chains of outputs: main networks first, then test networks; checked when the program starts. */
export const shippedChainPacks: readonly ChainPack[] = orStop(
  chainPacks([
    bitcoin,
    litecoin,
    dogecoin,
    bitcoinCash,
    bitcoinTestnet3,
    bitcoinTestnet4,
    bitcoinSignet,
    bitcoinRegtest,
    litecoinTestnet,
    litecoinRegtest,
    dogecoinTestnet,
    dogecoinRegtest,
    bitcoinCashTestnet3,
    bitcoinCashTestnet4,
    bitcoinCashRegtest,
  ]),
)

/** Chains of accounts, likewise. */
export const shippedAccountPacks: readonly AccountPack[] = orStop(
  accountPacks([ethereum, bnb, polygon, arbitrumOne, optimism, base, avalancheC, tron, anvil]),
)

orStop(catchRefusal(() => checkNames([...shippedChainPacks, ...shippedAccountPacks])))
