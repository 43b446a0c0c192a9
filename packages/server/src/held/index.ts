export { emptyHeld } from './empty-held.ts'
export { type HeldSaid, holdItem, holdUntilTold } from './hold-item.ts'
export { listHeld } from './list-held.ts'
