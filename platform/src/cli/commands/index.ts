/** All commands, in the order in which help shows them. */
import type { CommandDefinition } from '../command.ts'
import { addressShow } from './address-show.ts'
import { bridgeMatch, bridgeReject } from './bridge.ts'
import { chainFollow } from './chain-follow.ts'
import { chainImport } from './chain-import.ts'
import { chainMigrate } from './chain-migrate.ts'
import { chainDefects, chainStatus } from './chain-status.ts'
import { chainStore } from './chain-store.ts'
import { clusterList, clusterShow, clusterUnmerge, clusterWhy } from './cluster.ts'
import { clusterRelated } from './cluster-related.ts'
import { demo } from './demo.ts'
import {
  directoryAddSignature,
  directoryDelegate,
  directoryInit,
  directoryKey,
  directoryMember,
  directoryPublish,
  directoryRotate,
  directoryShow,
  directorySign,
  directoryTimestamp,
  directoryVerify,
} from './directory.ts'
import { exchangeExport, exchangeImport } from './exchange-parcel.ts'
import { legalDeadline } from './legal-deadline.ts'
import { legalRoutes } from './legal-routes.ts'
import { logCheckpoint, logProve, logVerify } from './log.ts'
import { nodeBackup, nodeInit, nodeInvite, nodeRestore, nodeRotateKeys, nodeStart, nodeStatus } from './node.ts'
import { directoryInvite, nodeCard, nodeJoin } from './node-join.ts'
import { packCheck } from './pack-check.ts'
import { risk } from './risk.ts'
import { story } from './story.ts'
import { tagsImport, tagsRetract, tagsShow } from './tags.ts'
import { traceList } from './trace-list.ts'
import { tracePath } from './trace-path.ts'
import { traceCompare, traceRun } from './trace-run.ts'
import { traceReport, traceVerify } from './trace-verify.ts'
import { txClassify } from './tx-classify.ts'
import { txShow } from './tx-show.ts'
import { validate } from './validate.ts'
import { watchAdd, watchAlarms, watchList, watchRemove } from './watch.ts'
import { watchNext } from './watch-next.ts'

export const commands: readonly CommandDefinition[] = [
  chainImport,
  chainStatus,
  chainDefects,
  chainFollow,
  chainStore,
  chainMigrate,
  txShow,
  txClassify,
  addressShow,
  clusterList,
  clusterShow,
  clusterWhy,
  clusterUnmerge,
  clusterRelated,
  risk,
  tagsImport,
  tagsShow,
  tagsRetract,
  traceRun,
  traceCompare,
  traceVerify,
  traceReport,
  tracePath,
  traceList,
  validate,
  bridgeMatch,
  bridgeReject,
  watchAdd,
  watchList,
  watchRemove,
  watchAlarms,
  watchNext,
  nodeInit,
  nodeStart,
  nodeStatus,
  nodeInvite,
  nodeBackup,
  nodeRestore,
  nodeRotateKeys,
  nodeJoin,
  nodeCard,
  logVerify,
  logProve,
  logCheckpoint,
  directoryKey,
  directoryInit,
  directorySign,
  directoryAddSignature,
  directoryPublish,
  directoryMember,
  directoryDelegate,
  directoryRotate,
  directoryTimestamp,
  directoryInvite,
  directoryShow,
  directoryVerify,
  legalDeadline,
  legalRoutes,
  packCheck,
  exchangeExport,
  exchangeImport,
  demo,
  story,
]
