export { openBlob, Vault, writeBlob } from './blob.ts'
export { type CheckedFile, checkFiles, type VirusScanner } from './check-files.ts'
export type { ClamdAddress } from './scan-clamd.ts'
export { storeAttachments } from './store-attachments.ts'
