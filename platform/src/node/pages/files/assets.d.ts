/** Made when the node starts, of the packs of chains: the native asset by the CAIP-2 id of its chain. */
export declare const assets: Readonly<
  Record<
    string,
    { readonly name: string; readonly symbol: string; readonly decimals: number; readonly caip19: string } | undefined
  >
>
