declare module 'virtual:messages/*' {
  import type { Messages } from '@lingui/core'
  export const messages: Messages
}
declare module '*.css'
declare module '*?worker&url' {
  const url: string
  // biome-ignore lint/style/noDefaultExport: the form that Vite gives it
  export default url
}
