import type { ProgramProblem } from '@parley/protocol'
import type { FastifyReply } from 'fastify'
import { isWordKey, word } from '../../words/index.ts'
import type { Refused } from './endpoint.ts'

/** Every code that a call may be refused with, and its status. The description is made from it. */
export const problemCodes = {
  unauthorised: 401,
  'key-not-allowed': 403,
  'not-allowed': 403,
  'not-there': 404,
  'no-such-call': 404,
  'conversation-closed': 409,
  'interaction-closed': 409,
  'under-way': 409,
  'same-key-under-way': 409,
  'too-large': 413,
  'same-key-other-request': 422,
  'malformed-request': 400,
  'bad-cursor': 400,
  'text-empty': 400,
  'form-incomplete': 400,
  'unknown-choice': 400,
  'bad-criteria': 400,
  'bad-endpoint': 400,
  'endpoint-not-proven': 400,
  'nothing-in-it': 400,
  'too-many': 429,
  'try-again': 503,
} as const satisfies Record<string, number>

/** Answers with a problem (RFC 9457): for the program its code, for whoever reads the log a sentence. */
export function refuseCall(reply: FastifyReply, refused: Refused): FastifyReply {
  const problem = problemOf(refused)
  if (problem.retryAfterSeconds !== undefined) reply.header('retry-after', problem.retryAfterSeconds)
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer')
  return reply.code(problem.status).type('application/problem+json').send(JSON.stringify(problem))
}

function problemOf({ code, detail, retryAfterSeconds }: Refused): ProgramProblem {
  const status = isCode(code) ? problemCodes[code] : 400
  const key = `refused-${code}`
  return {
    title: titles[status] ?? 'Bad Request',
    status,
    code,
    detail: detail ?? sentences[code] ?? (isWordKey(key) ? word('en', key) : code),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  }
}

const isCode = (code: string): code is keyof typeof problemCodes => Object.hasOwn(problemCodes, code)

/** For developers, and so in English only; the rest are the words that people are told. */
const sentences: Readonly<Record<string, string>> = {
  unauthorised: 'There is no key with this request, or it is not good any more.',
  'key-not-allowed': 'This key may not do that. See its scopes.',
  'no-such-call': 'There is no such call. See /api/v1/openapi.json.',
  'under-way': 'It is on its way now.',
  'same-key-under-way': 'The first request with this Idempotency-Key is still being answered.',
  'same-key-other-request': 'This Idempotency-Key was used for another request.',
  'bad-cursor': 'This is not where a page ended.',
  'bad-criteria': 'These criteria are not understood.',
  'endpoint-not-proven': 'The endpoint did not answer the ping as it should.',
  'nothing-in-it': 'There is nothing in this message.',
}

const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  413: 'Content Too Large',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  503: 'Service Unavailable',
}
