import { type AccountId, nearestLanguage, type PersonId } from '@parley/model'
import type { Me } from '@parley/protocol'
import { listWanted, withListWanted } from '@parley/rules'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Reader, Writer } from '../../db/index.ts'
import { wakeHunts } from '../../hunting/index.ts'
import { changeMembership } from '../../joining/index.ts'
import { identityChanged, listAddresses } from '../../people/index.ts'
import type { HttpContext } from '../context.ts'
import { ownAddresses } from '../own-addresses.ts'
import { refuse } from '../problem.ts'
import { atDesk } from './holder.ts'

const patchBody = z.strictObject({
  name: z.string().trim().min(1).max(100).optional(),
  alias: z.string().trim().min(1).max(40).optional(),
  language: z.string().max(35).optional(),
  state: z.enum(['active', 'paused', 'left']).optional(),
  capacity: z.number().int().min(1).max(1_000).nullable().optional(),
  perHour: z.number().int().min(1).max(1_000).nullable().optional(),
  topics: z.array(z.uuid()).max(1_000).optional(),
  languages: z.array(z.string().max(35)).max(50).optional(),
})

/** A responder's own page: who they are here, what they want to be asked, and where they are reached. */
export function meRoutes(app: FastifyInstance, context: HttpContext): void {
  const { db, clock } = context
  const own = ownAddresses(context)

  app.get(
    '/api/desk/me',
    atDesk(context, (holder) => db.read(holder.account, (reader) => readMe(reader, holder.account, holder.person))),
  )

  app.patch(
    '/api/desk/me',
    atDesk(context, async (holder, request, reply) => {
      const body = patchBody.parse(request.body)
      const { account, person } = holder
      if (body.state) {
        const parts = { db, road: context.road, now: () => clock.now() }
        const changed = await changeMembership(parts, { account, person, state: body.state, by: 'own' })
        if (!changed.ok) return refuse(reply, changed.refusal, holder.language)
      }
      const me = await db.write(account, async (tx) => {
        const known = await knownTopics(tx, account, body.topics ?? [])
        if (!known) return null
        await patchMe(tx, account, person, body, clock.now())
        return readMe(tx, account, person)
      })
      return me ?? refuse(reply, 'unknown-choice', holder.language)
    }),
  )

  app.post('/api/desk/addresses', atDesk(context, own.add))
  app.post('/api/desk/addresses/confirm', atDesk(context, own.confirm))
  app.delete('/api/desk/addresses/:id', atDesk(context, own.remove))

  app.patch('/api/desk/addresses/:id', atDesk(context, own.change))
  app.post('/api/desk/addresses/:id/test', atDesk(context, own.test))
  app.get('/api/desk/media', atDesk(context, own.media))
}

async function readMe(reader: Reader, account: AccountId, person: PersonId): Promise<Me> {
  const row = await reader
    .selectFrom('responder')
    .innerJoin('person', (join) =>
      join
        .onRef('person.account_id', '=', 'responder.account_id')
        .onRef('person.person_id', '=', 'responder.person_id'),
    )
    .leftJoin('criteria', (join) =>
      join
        .onRef('criteria.account_id', '=', 'responder.account_id')
        .onRef('criteria.person_id', '=', 'responder.person_id'),
    )
    .select([
      'person.name',
      'person.language',
      'responder.alias',
      'responder.state',
      'responder.role',
      'responder.capacity',
      'responder.per_hour',
      'criteria.wants',
    ])
    .where('responder.account_id', '=', account)
    .where('responder.person_id', '=', person)
    .executeTakeFirstOrThrow()
  return {
    person,
    name: row.name ?? '',
    alias: row.alias,
    language: row.language,
    role: row.role,
    state: row.state === 'active' || row.state === 'left' ? row.state : 'paused',
    capacity: row.capacity,
    perHour: row.per_hour,
    topics: [...(listWanted(row.wants ?? {}, 'topic') ?? [])],
    languages: [...(listWanted(row.wants ?? {}, 'language') ?? [])],
    addresses: await listAddresses(reader, account, person),
  }
}

async function knownTopics(tx: Writer, account: AccountId, topics: readonly string[]): Promise<boolean> {
  if (topics.length === 0) return true
  const rows = await tx
    .selectFrom('topic')
    .select('topic_id')
    .where('account_id', '=', account)
    .where('topic_id', 'in', topics as never)
    .execute()
  return rows.length === new Set(topics).size
}

async function patchMe(
  tx: Writer,
  account: AccountId,
  person: PersonId,
  patch: z.infer<typeof patchBody>,
  now: Date,
): Promise<void> {
  const { name, language, alias, capacity, perHour } = patch
  if (name !== undefined || language !== undefined) {
    await tx
      .updateTable('person')
      .set({
        ...(name === undefined ? {} : { name }),
        ...(language === undefined ? {} : { language: nearestLanguage(language) }),
      })
      .where('account_id', '=', account)
      .where('person_id', '=', person)
      .execute()
    if (name !== undefined) await identityChanged(tx, account, person)
  }
  if (alias !== undefined || capacity !== undefined || perHour !== undefined) {
    await tx
      .updateTable('responder')
      .set({
        ...(alias === undefined ? {} : { alias }),
        ...(capacity === undefined ? {} : { capacity }),
        ...(perHour === undefined ? {} : { per_hour: perHour }),
      })
      .where('account_id', '=', account)
      .where('person_id', '=', person)
      .execute()
  }
  if (patch.topics !== undefined || patch.languages !== undefined) {
    const current = await tx
      .selectFrom('criteria')
      .select('wants')
      .where('account_id', '=', account)
      .where('person_id', '=', person)
      .forUpdate()
      .executeTakeFirst()
    let wants = current?.wants ?? {}
    // No topic chosen means none; no language chosen means any, for a list of languages is a narrowing.
    if (patch.topics !== undefined) wants = withListWanted(wants, 'topic', patch.topics)
    if (patch.languages !== undefined)
      wants = withListWanted(wants, 'language', patch.languages.length > 0 ? patch.languages : null)
    const values = { wants: JSON.stringify(wants), updated_at: now }
    await tx
      .insertInto('criteria')
      .values({ account_id: account, person_id: person, ...values })
      .onConflict((conflict) => conflict.columns(['account_id', 'person_id']).doUpdateSet(values))
      .execute()
  }
  const isFreer = [capacity, perHour, patch.topics, patch.languages].some((one) => one !== undefined)
  if (isFreer) await wakeHunts(tx, account, now)
}
