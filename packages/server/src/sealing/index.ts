export { FolderKeyStore } from './folder-key-store.ts'
export type { KeyStore } from './key-store.ts'
export { openSealing, Sealing } from './sealing.ts'
