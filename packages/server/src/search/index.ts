export { searchMessages } from './search-messages.ts'
