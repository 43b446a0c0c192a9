export { emptyHeld } from './empty-held.ts'
export { type HeldSaid, holdItem } from './hold-item.ts'
export { listHeld } from './list-held.ts'
