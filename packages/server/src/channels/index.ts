export { decideHeld } from './decide-held.ts'
export { hostFor } from './host.ts'
export type { ReceiveParts } from './receive.ts'
