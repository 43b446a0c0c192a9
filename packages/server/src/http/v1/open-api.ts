import { z } from 'zod'
import { calls } from './calls.ts'
import type { Endpoint } from './endpoint.ts'
import { problemCodes } from './problem.ts'
import { begun, conversation, delivery, endpointView, event, messages, offer, said, self } from './schemas.ts'

type Json = Record<string, unknown>

/** The description of the interface for programs (OpenAPI 3.1), made from the schemas that every call is checked with. */
export function openApi(): Json {
  const components: Json = { Problem: problem }
  const paths: Record<string, Json> = {}
  for (const call of calls) {
    const path = `/api/v1${call.path}`
    paths[path] = { ...paths[path], [call.method.toLowerCase()]: describe(call, components) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Parley for programs',
      version: '1',
      summary: 'Conversations as a program sees them: answering, beginning, and its own webhooks.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    security: [{ key: [] }],
    paths: sorted(paths),
    components: {
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'A key that an administrator made: `parley_…`' },
      },
      schemas: sorted(components),
    },
  }
}

const problem: Json = {
  type: 'object',
  description: 'RFC 9457',
  properties: {
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', enum: Object.keys(problemCodes).sort() },
    detail: { type: 'string' },
    retryAfterSeconds: { type: 'integer' },
  },
  required: ['title', 'status', 'code', 'detail'],
}

const names = z.registry<{ id: string }>()
names.add(begun, { id: 'BegunConversation' })
names.add(conversation, { id: 'Conversation' })
names.add(delivery, { id: 'Delivery' })
names.add(endpointView, { id: 'Endpoint' })
names.add(event, { id: 'Event' })
names.add(messages, { id: 'Messages' })
names.add(offer, { id: 'Offer' })
names.add(said, { id: 'Said' })
names.add(self, { id: 'Self' })

/** What any call may be refused for. */
const always = ['unauthorised', 'key-not-allowed', 'malformed-request', 'too-many', 'try-again']
const whenPosted = ['same-key-under-way', 'same-key-other-request']

function describe(call: Endpoint, components: Json): Json {
  const refusals = [...always, ...(call.method === 'GET' ? [] : whenPosted), ...call.refusals]
  return {
    operationId: call.id,
    summary: call.summary,
    description: `Needs the scope \`${call.scope}\`.`,
    parameters: [
      ...parameters('path', call.params, components),
      ...parameters('query', call.query, components),
      ...(call.method === 'GET' ? [] : [idempotencyKey]),
    ],
    ...(call.body
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: schemaOf(call.body, 'input', components) } },
          },
        }
      : {}),
    responses: {
      200: {
        description: 'Done',
        content: { 'application/json': { schema: schemaOf(call.answer, 'output', components) } },
      },
      ...refused(refusals),
    },
  }
}

const idempotencyKey: Json = {
  name: 'Idempotency-Key',
  in: 'header',
  description: 'Chosen by the program. The same request with the same key is done once and answered alike for a day.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
}

/** One answer for each status, with the codes that come by it. */
function refused(codes: readonly string[]): Json {
  const byStatus = new Map<number, string[]>()
  for (const [code, status] of Object.entries(problemCodes)) {
    if (codes.includes(code)) byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  }
  return Object.fromEntries(
    [...byStatus].map(([status, listed]) => [
      String(status),
      {
        description: listed.map((code) => `\`${code}\``).join(', '),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  )
}

function parameters(where: 'path' | 'query', schema: z.ZodType | undefined, components: Json): Json[] {
  if (!schema) return []
  const { properties = {}, required = [] } = schemaOf(schema, 'input', components)
  return Object.entries(properties as Record<string, Json>).map(([name, { description, ...rest }]) => ({
    name,
    in: where,
    required: where === 'path' || (required as string[]).includes(name),
    ...(description ? { description } : {}),
    schema: rest,
  }))
}

/** As JSON Schema; what has a name goes to the components. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output', components: Json): Json {
  const { $schema: _, $defs = {}, ...made } = z.toJSONSchema(schema, { io, metadata: names, unrepresentable: 'any' })
  for (const [name, definition] of Object.entries($defs)) components[name] = referring(definition)
  const name = names.get(schema)?.id
  if (!name) return referring(made)
  components[name] = referring(made)
  return { $ref: `#/components/schemas/${name}` }
}

function referring(schema: object): Json {
  const { id: _, ...rest } = JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/'))
  return rest
}

function sorted<T>(record: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)))
}
