export { openBlob, Vault, writeBlob } from './blob.ts'
export { checkFiles, type VirusScanner } from './check-files.ts'
export { SmallPictures } from './small-pictures.ts'
export { storeAttachments } from './store-attachments.ts'
