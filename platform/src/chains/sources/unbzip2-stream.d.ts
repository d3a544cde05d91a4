declare module 'unbzip2-stream' {
  /** A through stream of the older kind: bzip2 in, plain bytes out. */
  function unbzip2(): NodeJS.ReadWriteStream
  export = unbzip2
}
