export { plainArray, textArray } from './array-text.ts'
export { type Database, openDatabase, type Reader, type Statement, type Writer } from './database.ts'
export { isStorable } from './is-storable.ts'
export { type MigrateResult, migrateToLatest, schemaVersion } from './migrate.ts'
export type { Origins } from './origins.ts'
export { cutPage, readCursor } from './page-cursor.ts'
export {
  erasedText,
  hashedMark,
  hashOf,
  keyForms,
  type SealedFor,
  type SealedPlace,
  type SealedValues,
  sealedMark,
  sealingOf,
} from './sealed-values.ts'
export type { KeptAnswer, Notice, Role, Tables } from './tables/index.ts'
