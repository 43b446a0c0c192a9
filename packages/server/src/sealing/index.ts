export { FolderKeyStore } from './folder-key-store.ts'
export { rotateKeys } from './rotate-keys.ts'
export { openSealing, Sealing } from './sealing.ts'
