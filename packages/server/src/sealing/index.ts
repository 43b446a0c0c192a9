export { FolderKeyStore } from './folder-key-store.ts'
export { rotateKeys } from './rotate-keys.ts'
export { type Misplaced, openSealing, Sealing } from './sealing.ts'
