/** A dossier judged with the published directory alone, as it was in force: for the program comity-verify, and for the same in a browser. */
import { bytesToHex, hexToBytes, ok, type Result, refuse, sha256 } from '../../kernel/index.ts'
import { type ListedMember, readAsNode, type SignatureCheck } from '../directory/index.ts'
import type { Keys } from '../wire/index.ts'
import { checkDossier, type Dossier, type DossierPorts, type DossierVerdict } from './dossier.ts'

export type JudgedDossier = DossierVerdict & {
  /** The SHA-256 of the first root of the directory, on which everything else stands. */
  readonly root: string
  /** Whether it was held against one that its reader had from elsewhere. */
  readonly compared: boolean
}

/** `files`: of the published directory, by their paths in it. `rootSha256`: as its reader has it from somebody they trust. */
export async function judgeDossier(
  dossier: Dossier,
  files: ReadonlyMap<string, Uint8Array>,
  rootSha256: string | null,
  ports: { readonly check: SignatureCheck } & Pick<DossierPorts, 'checkJwk'>,
): Promise<Result<JudgedDossier>> {
  const root = files.get(FIRST_ROOT)
  if (root === undefined)
    return refuse('DIRECTORY_ABSENT', 'This is no directory of members: its first root is not there.', {
      place: FIRST_ROOT,
      fix: 'Take the folder of the published directory, whole.',
    })
  const hash = bytesToHex(sha256(root))
  if (rootSha256 !== null && rootSha256.toLowerCase() !== hash)
    return refuse(
      'DOSSIER_ROOT',
      `This is another directory: the first root of the directory has the SHA-256 ${hash}.`,
      {
        place: FIRST_ROOT,
        fix: 'Have the directory again from where the SHA-256 came from.',
      },
    )
  // As of its own time: a directory that has expired since still says who was a member.
  const report = await readAsNode(files, Date.parse(dossier.at), ports.check, root)
  if (report.edition === null)
    return refuse('DOSSIER_DIRECTORY', `The directory cannot be relied on: ${report.refusal?.message}`, {
      place: report.refusal?.place ?? FIRST_ROOT,
      fix: 'Take the folder of the published directory, whole.',
    })
  const members = [...report.edition.members.values()]
  const keysAt = (at: number) => keysOf(members, at, ports.check)
  const verdict = checkDossier(dossier, { keysAt, checkJwk: ports.checkJwk })
  return ok({ ...verdict, root: hash, compared: rootSha256 !== null })
}

export const FIRST_ROOT = '1.root.json'

function keysOf(members: readonly ListedMember[], at: number, check: SignatureCheck): Keys {
  return {
    check,
    keyOf: (keyId) => {
      for (const { member } of members) {
        const key = member.signingKeys.find(
          ({ keyid, from, until }) =>
            keyid === keyId && Date.parse(from) <= at && (until === null || at < Date.parse(until)),
        )
        if (key) return { agency: member.id, publicKey: hexToBytes(key.publicKey) }
      }
      return null
    },
  }
}
