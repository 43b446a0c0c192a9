import { type AccountId, languages, type PersonId, parseId } from '@parley/model'
import type {
  CriteriaBody,
  CriteriaChoices,
  VerdictView,
  WhoWouldGetResponse,
  WouldIGetResponse,
} from '@parley/protocol'
import {
  type Criteria,
  checkCriteria,
  type HelpRequest,
  judge,
  type MatchVerdict,
  nextChange,
  prepareRequest,
} from '@parley/rules'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Reader } from '../../db/index.ts'
import { type Previewed, previewHunt, saveCriteria, wantingOf } from '../../hunting/index.ts'
import { roleOf } from '../../people/index.ts'
import type { Holder } from '../../realtime/index.ts'
import { parsePolicy } from '../../sites/index.ts'
import type { HttpContext } from '../context.ts'
import { refuse } from '../problem.ts'
import { refuseCriteria } from './criteria-problems.ts'
import { asAdministrator, atDesk } from './holder.ts'

const about = z
  .string()
  .max(120)
  .regex(/^(site|topic|product|language|region|url|network|(field|page|answer):.*\S.*)$/su)
const ids = z.array(z.uuid()).min(1).max(100)
const triedRequest = z.strictObject({
  facts: z
    .record(about, z.array(z.string().min(1).max(2_048)).min(1).max(50))
    .refine((facts) => Object.keys(facts).length <= 100, 'too many facts'),
  text: z.string().max(8_000).nullable(),
  target: z.strictObject({ people: ids.optional(), teams: ids.optional() }).optional(),
  at: z.iso.datetime({ offset: true }).optional(),
})
/** Criteria are read by checkCriteria, which names what is wrong. */
const criteriaBody = z.strictObject({ criteria: z.unknown() })
const wouldIGetBody = z.strictObject({ request: triedRequest, criteria: z.unknown().optional() })
const whoWouldGetBody = z.strictObject({
  request: triedRequest,
  instead: z.strictObject({ person: z.uuid(), criteria: z.unknown() }).optional(),
  from: z.number().int().min(0).max(1_000_000).default(0),
})
/** Criteria that are far too large are still to be refused with the place named, as `too-large` would not. */
const bodyLimit = 1_000_000

type WithPerson = FastifyRequest<{ Params: { person: string } }>

/** What responders want to be asked, edited by themselves and by administrators, and who would get a question. */
export function criteriaRoutes(app: FastifyInstance, context: HttpContext): void {
  const { db, clock } = context

  async function save(reply: FastifyReply, holder: Holder, person: PersonId | null, body: unknown) {
    const checked = checkCriteria(criteriaBody.parse(body).criteria)
    if (!checked.ok) return refuseCriteria(reply, checked.problems, holder.language)
    const { criteria } = checked
    const { account } = holder
    const isSaved =
      person !== null && (await db.write(account, (tx) => saveCriteria(tx, account, person, criteria, clock.now())))
    return isSaved ? ({ criteria } satisfies CriteriaBody) : refuse(reply, 'not-there', holder.language)
  }

  async function show(reply: FastifyReply, holder: Holder, person: PersonId | null) {
    const found = person && (await db.read(holder.account, (reader) => wantingOf(reader, holder.account, person)))
    return found ? ({ criteria: found.criteria } satisfies CriteriaBody) : refuse(reply, 'not-there', holder.language)
  }

  app.get(
    '/api/desk/me/criteria',
    atDesk(context, (holder, _, reply) => show(reply, holder, holder.person)),
  )
  app.put(
    '/api/desk/me/criteria',
    { bodyLimit },
    atDesk(context, (holder, request, reply) => save(reply, holder, holder.person, request.body)),
  )
  app.get(
    '/api/desk/admin/responders/:person/criteria',
    asAdministrator(context, (holder, request: WithPerson, reply) =>
      show(reply, holder, parseId<PersonId>(request.params.person)),
    ),
  )
  app.put(
    '/api/desk/admin/responders/:person/criteria',
    { bodyLimit },
    asAdministrator(context, (holder, request: WithPerson, reply) =>
      save(reply, holder, parseId<PersonId>(request.params.person), request.body),
    ),
  )

  app.get(
    '/api/desk/criteria-choices',
    atDesk(context, (holder) => db.read(holder.account, (reader) => readChoices(reader, holder))),
  )

  app.post(
    '/api/desk/me/would-i-get',
    { bodyLimit },
    atDesk(context, async (holder, request, reply) => {
      const body = wouldIGetBody.parse(request.body)
      const { account, person } = holder
      const own = await db.read(account, (reader) => wantingOf(reader, account, person))
      if (!own) return refuse(reply, 'not-there', holder.language)
      const checked =
        body.criteria === undefined ? { ok: true as const, criteria: own.criteria } : checkCriteria(body.criteria)
      if (!checked.ok) return refuseCriteria(reply, checked.problems, holder.language)
      const { criteria } = checked
      const now = body.request.at ? new Date(body.request.at) : clock.now()
      const verdict = judge({ person, teams: own.teams, criteria }, helpRequest(body.request), now)
      return { verdict: showVerdict(verdict, criteria, now), criteria } satisfies WouldIGetResponse
    }),
  )

  app.post(
    '/api/desk/admin/who-would-get',
    { bodyLimit },
    asAdministrator(context, async (holder, request, reply) => {
      const body = whoWouldGetBody.parse(request.body)
      const instead = body.instead && checkCriteria(body.instead.criteria)
      if (instead && !instead.ok) return refuseCriteria(reply, instead.problems, holder.language)
      const person = parseId<PersonId>(body.instead?.person ?? '')
      const now = body.request.at ? new Date(body.request.at) : clock.now()
      const preview = await db.read(holder.account, (reader) =>
        previewHunt(reader, holder.account, {
          request: prepareRequest(helpRequest(body.request)),
          now,
          from: body.from,
          instead: instead && person ? { person, criteria: instead.criteria } : null,
        }),
      )
      const show = (one: Previewed) => ({ ...one, verdict: showVerdict(one.verdict, one.criteria, now) })
      return {
        ...preview,
        people: preview.people.map(show),
        instead: preview.instead && show(preview.instead),
      } satisfies WhoWouldGetResponse
    }),
  )
}

function helpRequest({ facts, text, target }: z.infer<typeof triedRequest>): HelpRequest {
  const { people, teams } = target ?? {}
  return {
    facts,
    text,
    ...(target ? { target: { ...(people ? { people } : {}), ...(teams ? { teams } : {}) } } : {}),
  }
}

function showVerdict(verdict: MatchVerdict, { hours }: Criteria, now: Date): VerdictView {
  const isClosed = hours && (verdict.hours === 'closed' || verdict.hours === 'holiday')
  return { ...verdict, opensAt: isClosed ? (nextChange(hours, now)?.toISOString() ?? null) : null }
}

async function readChoices(reader: Reader, { account, person, language }: Holder): Promise<CriteriaChoices> {
  const named = (names: Readonly<Record<string, string>>): string => names[language] ?? names.en ?? ''
  const sites = await reader
    .selectFrom('site')
    .select(['site_id', 'name', 'policy'])
    .where('account_id', '=', account)
    .orderBy('name')
    .execute()
  const topics = await reader
    .selectFrom('topic')
    .select(['topic_id', 'site_id', 'names'])
    .where('account_id', '=', account)
    .orderBy('position')
    .execute()
  const windows = sites.map(({ policy }) => parsePolicy(policy).window)
  const fields = new Map(windows.flatMap(({ fields }) => fields).map((field) => [field.name, field]))
  return {
    sites: sites.map(({ site_id, name }) => ({ id: site_id, name })),
    topics: topics.map(({ topic_id, site_id, names }) => ({ id: topic_id, site: site_id, name: named(names) })),
    fields: [...fields.values()].map(({ name, label, choices = [] }) => ({
      name,
      label: named(label) || name,
      choices,
    })),
    regions: [...new Set(windows.flatMap(({ regions }) => regions))],
    languages: [...languages],
    teams: await readTeams(reader, account, person, named),
  }
}

async function readTeams(
  reader: Reader,
  account: AccountId,
  person: PersonId,
  named: (names: Readonly<Record<string, string>>) => string,
): Promise<CriteriaChoices['teams']> {
  if ((await roleOf(reader, account, person)) !== 'administrator') return []
  const teams = await reader
    .selectFrom('team')
    .select(['team_id', 'names'])
    .where('account_id', '=', account)
    .orderBy('position')
    .execute()
  return teams.map(({ team_id, names }) => ({ id: team_id, name: named(names) }))
}
