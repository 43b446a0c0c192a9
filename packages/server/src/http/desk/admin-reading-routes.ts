import { type AccountId, type ExampleId, type ProductId, parseId, type TopicId } from '@parley/model'
import type { PatternRefused } from '@parley/protocol'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import {
  addExamples,
  listExamples,
  removeExample,
  removePattern,
  removeProduct,
  savePattern,
  saveProduct,
  setKeywords,
  tryText,
  viewReading,
} from '../../reading/index.ts'
import { word } from '../../words/index.ts'
import type { HttpContext } from '../context.ts'
import { refuse } from '../problem.ts'
import { asAdministrator } from './holder.ts'

const short = z.string().trim().min(1).max(100)
const examplesBody = z.strictObject({ texts: z.array(z.string().trim().min(1).max(2_000)).min(1).max(2_000) })
const keywordsBody = z.strictObject({ keywords: z.array(short).max(500) })
const productBody = z.strictObject({ name: short, names: z.array(short).max(50).default([]) })
const patternName = z.string().regex(/^[a-z][\w-]{0,39}$/i)
const patternBody = z.strictObject({ pattern: z.string().trim().max(300) })
const tryBody = z.strictObject({ text: z.string().max(5_000), site: z.uuid() })

/** Two thousand examples are a file of a few megabytes. */
const options = { bodyLimit: 5 * 1024 * 1024 }

type WithId = FastifyRequest<{ Params: { id: string } }>
type WithTopic = FastifyRequest<{ Params: { topic: string } }>

/** What first words are read by: examples and keywords of topics, products, number patterns; how well it goes, and trying it. */
export function adminReadingRoutes(app: FastifyInstance, context: HttpContext): void {
  const { db, clock, models } = context
  const view = (account: AccountId) => db.read(account, (reader) => viewReading(reader, account))

  app.get(
    '/api/desk/admin/reading',
    asAdministrator(context, ({ account }) => view(account)),
  )

  app.get(
    '/api/desk/admin/reading/topics/:topic/examples',
    asAdministrator(context, async ({ account, language }, request: WithTopic, reply) => {
      const topic = topicOf(request)
      if (topic === undefined) return refuse(reply, 'not-there', language)
      return db.read(account, (reader) => listExamples(reader, account, topic))
    }),
  )

  app.post(
    '/api/desk/admin/reading/topics/:topic/examples',
    options,
    asAdministrator(context, async ({ account, person, language }, request: WithTopic, reply) => {
      const topic = topicOf(request)
      const { texts } = examplesBody.parse(request.body)
      if (topic === undefined) return refuse(reply, 'not-there', language)
      const wanted = { account, by: person, topic, texts }
      const added = await db.write(account, (tx) => addExamples(tx, wanted, clock.now()))
      return added.ok ? { added: added.added } : refuse(reply, added.refusal, language)
    }),
  )

  app.delete(
    '/api/desk/admin/reading/examples/:id',
    asAdministrator(context, async ({ account, language }, request: WithId, reply) => {
      const id = parseId<ExampleId>(request.params.id)
      const removed = id && (await db.write(account, (tx) => removeExample(tx, account, id, clock.now())))
      return removed ? {} : refuse(reply, 'not-there', language)
    }),
  )

  app.put(
    '/api/desk/admin/reading/topics/:topic/keywords',
    asAdministrator(context, async ({ account, language }, request: WithTopic, reply) => {
      const topic = topicOf(request)
      const { keywords } = keywordsBody.parse(request.body)
      if (!topic) return refuse(reply, 'not-there', language)
      const set = await db.write(account, (tx) => setKeywords(tx, { account, topic, keywords }, clock.now()))
      return set.ok ? {} : refuse(reply, set.refusal, language)
    }),
  )

  app.post(
    '/api/desk/admin/reading/products',
    asAdministrator(context, async ({ account, language }, request, reply) => {
      const body = productBody.parse(request.body)
      const saved = await db.write(account, (tx) => saveProduct(tx, { account, ...body }))
      return saved.ok ? view(account) : refuse(reply, saved.refusal, language)
    }),
  )

  app.delete(
    '/api/desk/admin/reading/products/:id',
    asAdministrator(context, async ({ account, language }, request: WithId, reply) => {
      const id = parseId<ProductId>(request.params.id)
      const removed = id && (await db.write(account, (tx) => removeProduct(tx, account, id)))
      return removed ? {} : refuse(reply, 'not-there', language)
    }),
  )

  app.put(
    '/api/desk/admin/reading/patterns/:id',
    asAdministrator(context, async ({ account, language }, request: WithId, reply) => {
      const name = patternName.parse(request.params.id)
      const { pattern } = patternBody.parse(request.body)
      const saved = await db.write(account, (tx) => savePattern(tx, { account, name, pattern }))
      if (saved.ok) return {}
      if (saved.refusal === 'too-many') return refuse(reply, 'too-many', language)
      const text = word(language, `refused-pattern-${groupOf(saved.refusal)}`, { at: String(saved.at + 1) })
      const refused: PatternRefused = { reason: 'pattern-refused', text, problem: saved.refusal, at: saved.at }
      return reply.code(422).send(refused)
    }),
  )

  app.delete(
    '/api/desk/admin/reading/patterns/:id',
    asAdministrator(context, async ({ account, language }, request: WithId, reply) => {
      const removed = await db.write(account, (tx) => removePattern(tx, account, request.params.id))
      return removed ? {} : refuse(reply, 'not-there', language)
    }),
  )

  app.post(
    '/api/desk/admin/reading/try',
    asAdministrator(context, ({ account }, request) => {
      const body = tryBody.parse(request.body)
      return db.read(account, (reader) => tryText(reader, models, { account, ...body }))
    }),
  )
}

function groupOf(problem: PatternRefused['problem']): 'unbounded' | 'groups' | 'loose' | 'malformed' {
  if (problem === 'unbounded') return 'unbounded'
  if (problem === 'no-groups') return 'groups'
  return problem === 'too-loose' ? 'loose' : 'malformed'
}

/** Null for texts that are about none of the topics; undefined for what is no id. */
function topicOf(request: WithTopic): TopicId | null | undefined {
  const { topic } = request.params
  return topic === 'none' ? null : (parseId<TopicId>(topic) ?? undefined)
}
