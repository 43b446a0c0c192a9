import { createHash } from 'node:crypto'
import type { OperationId } from '@parley/model'
import { parseId } from '@parley/model'
import { z } from 'zod'
import { type AnyOperation, operations, perform } from '../../operations/index.ts'
import { type Endpoint, endpoint, Refused } from './endpoint.ts'
import { endpointOf } from './speak.ts'

const result = z.strictObject({
  operation: z.uuid(),
  conversation: z.uuid().optional(),
  ticket: z.uuid().optional(),
  interaction: z.uuid().optional(),
  participant: z.uuid().optional(),
  participants: z.array(z.uuid()).optional(),
  invitations: z.array(z.uuid()).optional(),
  message: z.uuid().optional(),
  messages: z.array(z.uuid()).optional(),
  rights: z.array(z.uuid()).optional(),
  category: z.uuid().optional(),
  undoable: z.boolean(),
})

/** Each operation as a call of its own. Its id is made of the request's Idempotency-Key where there is no `operation`. */
function callFor(operation: AnyOperation): Endpoint {
  return endpoint({
    method: 'POST',
    path: `/operations/${operation.name}`,
    id: operation.name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase()),
    scope: 'answer',
    summary: operation.summary,
    body: z.strictObject({ operation: z.uuid().optional(), input: operation.input }),
    answer: result,
    refusals: ['not-there', 'not-allowed', ...operation.refusals],
    async handle({ context, caller, body, keyFor }) {
      const { account, program: person, language } = caller
      const id = parseId<OperationId>(body.operation) ?? idOf(keyFor(person))
      const done = await perform(
        { road: context.road, context },
        { account, person, language, via: { medium: 'api', address: await endpointOf(context, caller, person) } },
        { operation, id, input: body.input },
      )
      if (done.ok) return done.result
      return new Refused(done.refusal, done.detail === undefined ? {} : { detail: done.detail })
    },
  })
}

/** A UUID of version 8 (RFC 9562 §5.8) from what names this request. */
function idOf(key: Buffer): OperationId {
  const hash = createHash('sha256').update('operation\0').update(key).digest()
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x80
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80
  return hash.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') as OperationId
}

export const operationCalls: readonly Endpoint[] = operations.map(callFor)
