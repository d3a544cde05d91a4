/** The node, as the command line starts it. */
export { allActions } from './actions.ts'
export { CONFIG_FILE, NodeConfig, readConfig } from './config.ts'
export { initNode, inviteAdministrator } from './init.ts'
export { openKeys } from './keys.ts'
export { type RunningNode, startNode } from './start.ts'
export { openStores } from './stores.ts'
