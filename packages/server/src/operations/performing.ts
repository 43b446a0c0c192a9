import { type OperationId, parseId } from '@parley/model'
import type { Road } from '../road/index.ts'
import type { OperationContext } from './context.ts'
import type { Actor } from './operation.ts'
import { findOperation } from './operations.ts'
import { type Performed, perform } from './perform.ts'

/** For connections: an operation by the name and with the id that a frame brings. */
export function performing(parts: { road: Road; context: OperationContext }) {
  return async (
    { account, person, language }: Omit<Actor, 'role' | 'via'>,
    wanted: { id: string; operation: string; input: unknown },
  ): Promise<Performed> => {
    const operation = findOperation(wanted.operation)
    const id = parseId<OperationId>(wanted.id)
    if (!operation || !id) return { ok: false, refusal: 'not-there' }
    const who = { account, person, language, via: { medium: 'web', address: null } } as const
    return perform(parts, who, { operation, id, input: wanted.input })
  }
}
