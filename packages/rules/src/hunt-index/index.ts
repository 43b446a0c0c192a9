export { HuntIndex } from './hunt-index.ts'
export type { Matches } from './matches.ts'
