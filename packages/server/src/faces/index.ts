export { faceName } from './face-name.ts'
export { aliasOfRow, filedBy, isMasked, seenAsRow } from './seen-by.ts'
