export { type Expired, expire } from './expire.ts'
