export { openBlob, Vault, writeBlob } from './blob.ts'
export { storeAttachments } from './store-attachments.ts'
