export { erase } from './erase.ts'
export { seal } from './seal.ts'
