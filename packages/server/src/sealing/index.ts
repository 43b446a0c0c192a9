export { FolderKeyStore } from './folder-key-store.ts'
export { keyFor } from './key-for.ts'
export { rotateKeys } from './rotate-keys.ts'
export { type Misplaced, openSealing, Sealing } from './sealing.ts'
