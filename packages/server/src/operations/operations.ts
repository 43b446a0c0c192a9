import { backchannels } from './backchannels/index.ts'
import { close } from './close.ts'
import { setFields } from './fields/index.ts'
import { copy, link, merge, split, undo, unlink } from './merging/index.ts'
import { file, transfer } from './moving/index.ts'
import type { AnyOperation } from './operation.ts'
import { openOwnSpace, setPlace } from './places/index.ts'
import { reopen } from './reopen.ts'
import { grant, letSee, letTeamIn, letTeamOut, revoke } from './rights/index.ts'
import { erase, erasePerson, seal } from './sealing/index.ts'

/** Everything that can be done to the structure, by name. */
export const operations: readonly AnyOperation[] = [
  close,
  reopen,
  merge,
  split,
  copy,
  link,
  unlink,
  undo,
  grant,
  revoke,
  letSee,
  letTeamIn,
  letTeamOut,
  ...backchannels,
  setFields,
  setPlace,
  openOwnSpace,
  file,
  transfer,
  seal,
  erase,
  erasePerson,
]

export function findOperation(name: string): AnyOperation | undefined {
  return operations.find((each) => each.name === name)
}
