import type { Problem } from '@parley/protocol'
import type { FastifyReply } from 'fastify'
import { isWordKey, word } from '../words/index.ts'

/** Status codes of the refusals that the HTTP contract knows; anything else is 400. */
const statuses: Record<string, number> = {
  unauthorised: 401,
  'not-allowed': 403,
  'wrong-origin': 403,
  'not-there': 404,
  'conversation-closed': 409,
  'interaction-closed': 409,
  'changed-meanwhile': 409,
  'too-large': 413,
  'attachment-refused': 415,
  'file-infected': 415,
  'too-many': 429,
  'too-fast': 429,
  'try-again': 503,
}

/** Answers with a refusal that a person can act on, in their language. */
export function refuse(
  reply: FastifyReply,
  reason: string,
  language: string,
  options: { text?: string; retryAfterSeconds?: number } = {},
): FastifyReply {
  const key = `refused-${reason}`
  const problem: Problem = {
    reason,
    text: options.text ?? (isWordKey(key) ? word(language, key) : reason),
    ...(options.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: options.retryAfterSeconds }),
  }
  if (options.retryAfterSeconds !== undefined) reply.header('retry-after', options.retryAfterSeconds)
  return reply.code(statuses[reason] ?? 400).send(problem)
}
