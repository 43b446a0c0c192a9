export { decideHeld, type HeldDecision } from './decide-held.ts'
export { hostFor } from './host.ts'
export { type ReceiveParts, receive } from './receive.ts'
