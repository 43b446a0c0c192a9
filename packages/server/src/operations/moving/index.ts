export { file } from './file.ts'
export { transfer } from './transfer.ts'
