import { backchannels } from './backchannels/index.ts'
import { close } from './close.ts'
import { copy, link, merge, split, undo, unlink } from './merging/index.ts'
import type { AnyOperation } from './operation.ts'
import { reopen } from './reopen.ts'

/** Everything that can be done to the structure, by name. */
export const operations: readonly AnyOperation[] = [close, reopen, merge, split, copy, link, unlink, undo, ...backchannels]

export function findOperation(name: string): AnyOperation | undefined {
  return operations.find((each) => each.name === name)
}
