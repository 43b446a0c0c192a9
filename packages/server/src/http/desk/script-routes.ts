import { type AccountId, nearestLanguage, parseId, type ScriptId } from '@parley/model'
import type { ScriptList, ScriptSummary, ScriptView } from '@parley/protocol'
import { checkScript, type ScriptProblem } from '@parley/rules'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import {
  addScript,
  changeScript,
  listScripts,
  listVersions,
  orderScripts,
  readFunnel,
  readVersion,
  saveScript,
  tryScript,
} from '../../concierge/index.ts'
import type { Reader } from '../../db/index.ts'
import { word } from '../../words/index.ts'
import type { HttpContext } from '../context.ts'
import { refuse } from '../problem.ts'
import { asAdministrator } from './holder.ts'

const ids = z.array(z.uuid()).max(200).optional()
const chosenBy = z
  .strictObject({
    topics: ids,
    sites: ids,
    urls: z.array(z.string().trim().min(1).max(500)).max(200).optional(),
    links: z.array(z.string().trim().min(1).max(100)).max(200).optional(),
  })
  .transform((lists) => Object.fromEntries(Object.entries(lists).filter(([, list]) => list !== undefined)))
const name = z.string().trim().min(1).max(100)
const saveBody = z.strictObject({
  name,
  chosenBy: chosenBy.optional(),
  // Read by checkScript, which names every place that is wrong.
  script: z.unknown().optional(),
  basedOn: z.number().int().min(1).optional(),
})
const changeBody = z.strictObject({
  name: name.optional(),
  isOn: z.boolean().optional(),
  chosenBy: chosenBy.optional(),
})
const orderBody = z.strictObject({ ids: z.array(z.uuid()).max(200) })
const tryBody = z.strictObject({
  script: z.unknown().optional(),
  language: z.string().max(35).optional(),
  known: z.record(z.string().max(120), z.string().max(2_000)).default({}),
  events: z
    .array(
      z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('said'), text: z.string().max(10_000), consents: z.boolean().optional() }),
        z.strictObject({
          kind: z.literal('passed'),
          ms: z
            .number()
            .int()
            .min(0)
            .max(30 * 86_400_000),
        }),
      ]),
    )
    .max(200),
})
const versionQuery = z.object({ version: z.coerce.number().int().min(1).max(1_000_000).optional() })
const funnelQuery = versionQuery.extend({ days: z.coerce.number().int().min(1).max(3_650).optional() })

/** A script in eleven languages is larger than anything else that is sent to us, files aside. */
const options = { bodyLimit: 4 * 1024 * 1024 }

type WithId = FastifyRequest<{ Params: { id: string } }>

/** Scripts of the concierge: edited, tried, switched on and off, and where visitors leave them (B4). */
export function scriptRoutes(app: FastifyInstance, { db, clock, ...context }: HttpContext): void {
  const all = { db, clock, ...context }
  const list = (account: AccountId) =>
    db.read(
      account,
      async (reader): Promise<ScriptList> => ({ scripts: await summaries(reader, account, clock.now()) }),
    )
  const view = (account: AccountId, id: ScriptId, version?: number) =>
    db.read(account, (reader) => viewScript(reader, { account, id, version }, clock.now()))

  app.get(
    '/api/desk/admin/scripts',
    asAdministrator(all, ({ account }) => list(account)),
  )

  app.post(
    '/api/desk/admin/scripts',
    options,
    asAdministrator(all, async ({ account, person, language }, request, reply) => {
      const { basedOn: _, chosenBy = {}, ...body } = saveBody.parse(request.body)
      const saved = await db.write(account, (tx) =>
        addScript(tx, { account, by: person, chosenBy, script: body.script, name: body.name }, clock.now()),
      )
      if (!saved.ok) return refuseScript(reply, saved, language)
      return reply.code(201).send(await view(account, saved.id))
    }),
  )

  app.put(
    '/api/desk/admin/scripts/order',
    asAdministrator(all, async ({ account, language }, request, reply) => {
      const wanted = orderBody.parse(request.body).ids as ScriptId[]
      const isDone = await db.write(account, (tx) => orderScripts(tx, account, wanted))
      return isDone ? list(account) : refuse(reply, 'changed-meanwhile', language)
    }),
  )

  app.post(
    '/api/desk/admin/scripts/check',
    options,
    asAdministrator(all, async (_, request) => {
      const { script } = z.strictObject({ script: z.unknown().optional() }).parse(request.body)
      return { problems: checkScript(script).problems }
    }),
  )

  app.post(
    '/api/desk/admin/scripts/try',
    options,
    asAdministrator(all, async (holder, request, reply) => {
      const { known, language, events, script } = tryBody.parse(request.body)
      const tried = tryScript(
        {
          script,
          events: events.map(({ ...event }) => event) as Parameters<typeof tryScript>[0]['events'],
          ...(language === undefined ? {} : { language: nearestLanguage(language) }),
          known: Object.fromEntries(Object.entries(known).map(([about, value]) => [about, [value]])),
        },
        clock.now(),
      )
      return tried.ok ? tried.tried : refuseScript(reply, { refusal: 'script-refused', ...tried }, holder.language)
    }),
  )

  app.get(
    '/api/desk/admin/scripts/:id',
    asAdministrator(all, async ({ account, language }, request: WithId, reply) => {
      const id = parseId<ScriptId>(request.params.id)
      const found = id && (await view(account, id, versionQuery.parse(request.query).version))
      return found ?? refuse(reply, 'not-there', language)
    }),
  )

  app.put(
    '/api/desk/admin/scripts/:id',
    options,
    asAdministrator(all, async ({ account, person, language }, request: WithId, reply) => {
      const id = parseId<ScriptId>(request.params.id)
      const { basedOn, chosenBy, ...body } = saveBody.parse(request.body)
      if (!id) return refuse(reply, 'not-there', language)
      const wanted = { account, by: person, id, chosenBy, basedOn, script: body.script, name: body.name }
      const saved = await db.write(account, (tx) => saveScript(tx, wanted, clock.now()))
      return saved.ok ? view(account, id) : refuseScript(reply, saved, language)
    }),
  )

  app.patch(
    '/api/desk/admin/scripts/:id',
    asAdministrator(all, async ({ account, language }, request: WithId, reply) => {
      const id = parseId<ScriptId>(request.params.id)
      const { name, isOn, chosenBy } = changeBody.parse(request.body)
      const change = {
        ...(name === undefined ? {} : { name }),
        ...(isOn === undefined ? {} : { isOn }),
        ...(chosenBy === undefined ? {} : { chosenBy }),
      }
      const isChanged = id && (await db.write(account, (tx) => changeScript(tx, { account, id, ...change })))
      return isChanged ? view(account, id) : refuse(reply, 'not-there', language)
    }),
  )

  app.get(
    '/api/desk/admin/scripts/:id/funnel',
    asAdministrator(all, async ({ account, language }, request: WithId, reply) => {
      const id = parseId<ScriptId>(request.params.id)
      const wanted = { account, ...funnelQuery.parse(request.query) }
      const found =
        id && (await db.read(account, (reader) => readFunnel(reader, { ...wanted, script: id }, clock.now())))
      return found ?? refuse(reply, 'not-there', language)
    }),
  )
}

function refuseScript(
  reply: FastifyReply,
  { refusal, problems = [] }: { refusal: string; problems?: readonly ScriptProblem[] },
  language: string,
): FastifyReply {
  if (refusal !== 'script-refused') return refuse(reply, refusal, language)
  return reply.code(422).send({ reason: refusal, text: word(language, 'refused-script-refused'), problems })
}

async function summaries(reader: Reader, account: AccountId, now: Date): Promise<ScriptSummary[]> {
  const stored = await listScripts(reader, account, now)
  return stored.map(({ script, savedAt, chosenBy, ...rest }) => ({
    ...rest,
    chosenBy: Object.fromEntries(Object.entries(chosenBy).map(([by, list]) => [by, [...list]])),
    savedAt: savedAt.toISOString(),
    begins: script.begins,
    remarks: checkScript(script).problems.length,
  }))
}

async function viewScript(
  reader: Reader,
  { account, id, version }: { account: AccountId; id: ScriptId; version: number | undefined },
  now: Date,
): Promise<ScriptView | null> {
  const summary = (await summaries(reader, account, now)).find((one) => one.id === id)
  if (!summary) return null
  const shown = version ?? summary.version
  const script = await readVersion(reader, account, id, shown)
  if (!script) return null
  const versions = await listVersions(reader, account, id)
  return {
    ...summary,
    // Of the format, and nobody changes what is read only to be sent.
    script: script as ScriptView['script'],
    shown,
    versions: versions.map(({ savedAt, ...rest }) => ({ ...rest, savedAt: savedAt.toISOString() })),
    problems: [...checkScript(script).problems],
  }
}
