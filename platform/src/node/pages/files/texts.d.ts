/** Made when the node starts, of texts.json. */
export declare const texts: Readonly<Record<string, string>>
