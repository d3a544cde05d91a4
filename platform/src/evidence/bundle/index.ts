/** Bundles: what goes in under which name, and in which order it is written. */
export {
  type BundleExhibit,
  type BundleInput,
  type BundlePlan,
  type BundleRequest,
  type PlannedFile,
  planBundle,
  type ShownEntry,
} from './plan-bundle.ts'
export { type BundlePort, type BundleSeal, type Written, writeBundle } from './write-bundle.ts'
