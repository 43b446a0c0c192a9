export { answerByReply } from './backchannels/answer-by-reply.ts'
export { showFields } from './fields/show-fields.ts'
export { listOperations } from './merging/index.ts'
export type { AnyOperation } from './operation.ts'
export { findOperation, operations } from './operations.ts'
export { type Performed, perform } from './perform.ts'
export { performing } from './performing.ts'
export {
  type Erased,
  type Erasing,
  type ErasingPoint,
  eraseAsInstallation,
  finishErasing,
  type HasKey,
  type NoKeys,
  type NotErased,
} from './sealing/index.ts'
export { asInOne } from './standing.ts'
export { writeChanges } from './write-changes.ts'
