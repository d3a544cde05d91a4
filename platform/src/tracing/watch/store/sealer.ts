/**
 * How what is watched lies in the file. On a node each text is sealed under the key of its case, and found by a token under a
 * key of the node: whoever has the file without the keys learns how much is watched, and not what. In the data folder of one
 * person there is no key, and texts lie as they are.
 */

export interface Sealer {
  /** What a text is found by: the same for the same text of the same kind. */
  token(kind: 'address' | 'output' | 'alarm', text: string): string
  /** `null` where the key is gone: then nothing is kept. */
  seal(watch: string, text: string): string | null
  open(watch: string, sealed: string): string | null
}

export const unsealed: Sealer = { token: (_, text) => text, seal: (_, text) => text, open: (_, sealed) => sealed }
