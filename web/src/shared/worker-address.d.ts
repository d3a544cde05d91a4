declare module '*?worker&url' {
  const address: string

  // biome-ignore lint/style/noDefaultExport: what the bundler gives
  export { address as default }
}
