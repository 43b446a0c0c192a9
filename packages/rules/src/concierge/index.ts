export type * as Concierge from './script.ts'
export type { Script } from './script.ts'
