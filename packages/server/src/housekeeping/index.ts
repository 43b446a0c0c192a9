export { expire } from './expire.ts'
