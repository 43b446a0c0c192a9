export type { Piece } from './excerpt.ts'
export { type Hit, searchMessages } from './search-messages.ts'
