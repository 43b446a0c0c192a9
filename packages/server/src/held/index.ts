export { type HeldSaid, holdItem } from './hold-item.ts'
