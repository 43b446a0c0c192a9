export { endHeld } from './end-held.ts'
export { type HeldSaid, holdItem, holdUntilTold } from './hold-item.ts'
export { listHeld } from './list-held.ts'
export { sealingHeld } from './sealing-held.ts'
