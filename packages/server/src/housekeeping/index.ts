export { expire } from './expire.ts'
export { LooseBlobs } from './loose-blobs.ts'
