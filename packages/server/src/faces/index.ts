export { faceName } from './face-name.ts'
export { aliasOfRow, isMasked, seenAsRow } from './seen-by.ts'
