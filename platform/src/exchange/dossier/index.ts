/** The dossier: what was exchanged in a case, for somebody who believes neither side. */
export {
  type CheckedItem,
  checkDossier,
  Dossier,
  DossierItem,
  type DossierPorts,
  type DossierVerdict,
  readDossier,
} from './dossier.ts'
export { FIRST_ROOT, type JudgedDossier, judgeDossier } from './judge-dossier.ts'
