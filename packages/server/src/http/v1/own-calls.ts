import { checkCriteria } from '@parley/rules'
import { z } from 'zod'
import { saveCriteria, wantingOf } from '../../hunting/index.ts'
import {
  listProgramDeliveries,
  listProgramEvents,
  readEndpoint,
  resendToProgram,
  rotateSecret,
  setEndpoint,
} from '../../programs/index.ts'
import { type Call, type Endpoint, endpoint, Refused } from './endpoint.ts'
import {
  byReference,
  criteriaBody,
  delivery,
  endpointBody,
  endpointView,
  event,
  pageOf,
  paging,
  self,
} from './schemas.ts'

const me = endpoint({
  method: 'GET',
  path: '/me',
  id: 'readSelf',
  scope: 'read',
  summary: 'The program, what its key may do, and where it is reached',
  answer: self,
  refusals: [],
  async handle({ context, caller }) {
    const { account, program, scopes } = caller
    return context.db.read(account, async (reader) => {
      const row = await reader
        .selectFrom('responder')
        .innerJoin('person', (join) =>
          join
            .onRef('person.account_id', '=', 'responder.account_id')
            .onRef('person.person_id', '=', 'responder.person_id'),
        )
        .select(['person.name', 'person.language', 'responder.alias', 'responder.state'])
        .where('responder.account_id', '=', account)
        .where('responder.person_id', '=', program)
        .executeTakeFirstOrThrow()
      const { alias, language } = row
      const state = row.state === 'active' ? 'active' : 'paused'
      const endpoint = await readEndpoint(reader, { account, program })
      return { id: program, name: row.name ?? '', alias, language, state, scopes: [...scopes], endpoint } as const
    })
  },
})

const criteria = z.object({ criteria: z.record(z.string(), z.unknown()) })

const readCriteria = endpoint({
  method: 'GET',
  path: '/criteria',
  id: 'readCriteria',
  scope: 'read',
  summary: 'Which questions the program wants',
  answer: criteria,
  refusals: ['not-there'],
  async handle({ context, caller }) {
    const { account, program } = caller
    const found = await context.db.read(account, (reader) => wantingOf(reader, account, program))
    return found ? { criteria: { ...found.criteria } } : new Refused('not-there')
  },
})

const writeCriteria = endpoint({
  method: 'PUT',
  path: '/criteria',
  id: 'saveCriteria',
  scope: 'manage',
  summary: 'Say which questions the program wants',
  body: criteriaBody,
  answer: criteria,
  refusals: ['not-there', 'bad-criteria'],
  async handle({ context, caller, body }) {
    const { account, program } = caller
    const checked = checkCriteria(body.criteria)
    if (!checked.ok) {
      const [first] = checked.problems
      return new Refused('bad-criteria', first ? { detail: `${first.path.join('.')}: ${first.code}` } : {})
    }
    const isSaved = await context.db.write(account, (tx) =>
      saveCriteria(tx, account, program, checked.criteria, context.clock.now()),
    )
    return isSaved ? { criteria: { ...checked.criteria } } : new Refused('not-there')
  },
})

const readOwnEndpoint = endpoint({
  method: 'GET',
  path: '/endpoint',
  id: 'readEndpoint',
  scope: 'read',
  summary: 'Where webhooks go',
  answer: endpointView,
  refusals: ['not-there'],
  async handle({ context, caller }) {
    const found = await context.db.read(caller.account, (reader) => readEndpoint(reader, caller))
    return found ?? new Refused('not-there')
  },
})

const writeEndpoint = endpoint({
  method: 'PUT',
  path: '/endpoint',
  id: 'setEndpoint',
  scope: 'manage',
  summary: 'Let webhooks go there. It is pinged first, and must answer with the challenge',
  body: endpointBody,
  answer: endpointView,
  refusals: ['bad-endpoint', 'endpoint-not-proven'],
  async handle({ context, caller, body }) {
    return setOwn(context, caller, body.url)
  },
})

const testEndpoint = endpoint({
  method: 'POST',
  path: '/endpoint/test',
  id: 'testEndpoint',
  scope: 'manage',
  summary: 'Ping the endpoint; one that failed or was not proven works again when it answers',
  answer: endpointView,
  refusals: ['not-there', 'endpoint-not-proven'],
  async handle({ context, caller }) {
    const found = await context.db.read(caller.account, (reader) => readEndpoint(reader, caller))
    return found ? setOwn(context, caller, found.url) : new Refused('not-there')
  },
})

async function setOwn(context: AnyCall['context'], caller: AnyCall['caller'], url: string) {
  const { db, programs, clock } = context
  const done = await setEndpoint({ db, programs, now: () => clock.now() }, caller, url)
  if (done.ok) return done.endpoint
  return new Refused(done.refusal, 'because' in done ? { detail: `The ping was not answered: ${done.because}.` } : {})
}

type AnyCall = Call<unknown, unknown, unknown>

const newSecret = endpoint({
  method: 'POST',
  path: '/endpoint/secret',
  id: 'newSecret',
  scope: 'manage',
  summary: 'Sign with another secret from now on; for a day the old one signs besides',
  answer: z.object({ secret: z.string().describe('whsec_…') }),
  refusals: ['not-there'],
  async handle({ context, caller }) {
    const secret = await context.db.write(caller.account, (tx) =>
      rotateSecret(tx, context.programs, caller, context.clock.now()),
    )
    return secret ? { secret } : new Refused('not-there')
  },
})

const listDeliveries = endpoint({
  method: 'GET',
  path: '/deliveries',
  id: 'listDeliveries',
  scope: 'read',
  summary: 'What went or goes to the endpoint, newest first, with every attempt',
  query: paging,
  answer: pageOf(delivery),
  refusals: ['bad-cursor'],
  async handle({ context, caller, query }) {
    const page = await context.db.read(caller.account, (reader) => listProgramDeliveries(reader, caller, query))
    return page ?? new Refused('bad-cursor')
  },
})

const oneDelivery = endpoint({
  method: 'GET',
  path: '/deliveries/{id}',
  id: 'readDelivery',
  scope: 'read',
  summary: 'One of them, by its webhook-id',
  params: byReference,
  answer: delivery,
  refusals: ['not-there'],
  handle: ({ context, caller, params }) => findDelivery(context, caller, params.id),
})

const resendDelivery = endpoint({
  method: 'POST',
  path: '/deliveries/{id}/resend',
  id: 'resendDelivery',
  scope: 'manage',
  summary: 'Send one again, under the same webhook-id',
  params: byReference,
  answer: delivery,
  refusals: ['not-there', 'under-way'],
  async handle({ context, caller, params }) {
    const { db, clock, outbox } = context
    const resent = await db.write(caller.account, (tx) => resendToProgram(tx, caller, params.id, clock.now()))
    if (!resent.ok) return new Refused(resent.because)
    outbox.wake()
    return findDelivery(context, caller, params.id)
  },
})

async function findDelivery(context: AnyCall['context'], caller: AnyCall['caller'], id: string) {
  const page = await context.db.read(caller.account, (reader) =>
    listProgramDeliveries(reader, caller, { limit: 1, id }),
  )
  return page?.items[0] ?? new Refused('not-there')
}

const listEvents = endpoint({
  method: 'GET',
  path: '/events',
  id: 'listEvents',
  scope: 'read',
  summary: 'What happened where the program takes part, oldest first; `next` is always where to go on from',
  query: paging,
  answer: pageOf(event),
  refusals: ['bad-cursor'],
  async handle({ context, caller, query }) {
    const { account, program } = caller
    const page = await listProgramEvents(context.db, { account, program, after: query.after, limit: query.limit })
    return page ?? new Refused('bad-cursor')
  },
})

export const ownCalls: readonly Endpoint[] = [
  me,
  readCriteria,
  writeCriteria,
  readOwnEndpoint,
  writeEndpoint,
  testEndpoint,
  newSecret,
  listDeliveries,
  oneDelivery,
  resendDelivery,
  listEvents,
]
