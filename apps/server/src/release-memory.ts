import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/**
 * What starting leaves behind stays resident until there is a reason to collect it, and a server at rest has none. Collected once, it goes
 * back to the system, and the nursery (`--max-semi-space-size`) can be as large as load asks for.
 */
export function releaseMemory(): void {
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  if (typeof collect === 'function') collect({ type: 'major', execution: 'sync', flavor: 'last-resort' })
}
