import { randomUUID } from 'node:crypto'
import type { Client } from '@parley/client'
import { type Seeded, WindowPerson, waitFor } from '@parley/dev-env'
import type { DeskCaller } from './desk-caller.ts'
import type { Schema } from './example-inputs.ts'
import { outsideRoads } from './outside-roads.ts'
import { ProgramCaller } from './program-caller.ts'
import { asked } from './roads.ts'
import type { RoadsStage } from './roads-stage.ts'
import { type Calls, Stranger } from './stranger.ts'
import { allOf, ofAConversation, sumOf, thingsOf } from './things.ts'

type Understood = ReadonlyMap<string, number>

/**
 * A second house on the same servers, with somebody at its desk, a visitor and a program. They try everything that there is with ids of
 * the first: each is told what they would be told of what never was, and nothing of the first changes. Answers how often each call was
 * understood, by what it was.
 */
export async function tryFromAnotherHouse(stage: RoadsStage, random: Seeded): Promise<Understood> {
  const desk = await stage.anotherHouse('eve', 'elsewhere')
  const visitor = await conversationThere(stage, desk, random)
  const program = await programThere(stage, desk)
  const connected = desk.connects(1, 'socket', () => random.next())
  const things = {
    own: await thingsOf(stage.rows, await accountOf(stage, desk)),
    theirs: await thingsOf(stage.rows, stage.account.account),
  }
  const operations = await operationsThereAre(stage)
  const all = {
    atDesk: new Stranger('somebody at another desk', things),
    byFrames: new Stranger('another desk, connected', things),
    visitor: new Stranger('a visitor of another house', things),
    program: new Stranger('a program of another house', things),
  }
  await changingNothing(stage, () =>
    Promise.all([
      tryAtDesk(all.atDesk, desk, operations),
      tryConnected(all.byFrames, connected, operations),
      visitor.client && tryConnected(all.visitor, visitor.client, operations),
      tryAsProgram(all.program, program, operations),
    ]),
  )
  await hearsNothing(stage, { desk, program, random })
  connected.stop()
  visitor.leaves()
  return summed(Object.values(all))
}

/** While the first house goes about its business, nothing that they have by themselves or ask for is of it. */
async function hearsNothing(
  stage: RoadsStage,
  { desk, program, random }: { desk: DeskCaller; program: ProgramCaller; random: Seeded },
): Promise<void> {
  const { heard } = stage.ear
  const before = heard.length
  const visitor = stage.visitor('kim', random)
  await stage.asked(visitor, ['bo', 'olga'], () => `words of ${random.int(1e8, 1e9)}`)
  await stage.settles()
  visitor.leaves()
  for (const path of [...asked, '/api/desk/search?q=words', '/api/desk/conversations']) await desk.calls('GET', path)
  for (const list of ['/conversations', '/offers?state=all', '/invitations', '/events', '/deliveries'])
    await program.calls('GET', list)
  const theirs = await allOf(stage.rows, stage.account.account)
  const own = await allOf(stage.rows, await accountOf(stage, desk))
  for (const { person, road, bytes } of heard.slice(before)) {
    if (!strangers.has(person)) continue
    const told = [...theirs].find((it) => !own.has(it) && bytes.includes(it))
    if (told) throw new Error(`${person}, who is of another house, is told ${told} over ${road}`)
    if (outsideRoads.has(road)) throw new Error(`${person} is told over ${road} of another house`)
  }
}

const strangers: ReadonlySet<string> = new Set(['eve', 'spy', 'a visitor there'])

/** Somebody of the house itself, with ids of a conversation in which they have no part. */
export async function tryWithoutPart(stage: RoadsStage, random: Seeded): Promise<Understood> {
  // Whatever has been going on in the house: each of them has a conversation that the other has no part in.
  for (const name of ['olga', 'otto']) {
    const visitor = stage.visitor('kim', random)
    await stage.asked(visitor, [name], () => `words for ${name}`)
    visitor.leaves()
  }
  await stage.settles()
  const { account } = stage.account
  for (const name of ['olga', 'otto']) {
    const person = stage.person(name)
    const found = await stage.rows<{ id: string; own: boolean }>(
      `select c.conversation_id as id, s.own from conversation c,
         lateral (select exists (select from span s where s.person_id = $2 and s.conversation_id = c.conversation_id) as own) s
       where c.account_id = $1 and c.merged_into is null order by c.created_at desc`,
      [account, person],
    )
    const own = found.find((one) => one.own)
    const others = found.find((one) => !one.own)
    const desk = stage.desks.get(name)
    if (!own || !others || !desk) continue
    const things = {
      own: await thingsOf(stage.rows, account, own.id),
      theirs: await thingsOf(stage.rows, account, others.id, person),
    }
    const stranger = new Stranger(`${name}, who has no part in it,`, { ...things, of: ofAConversation })
    const operations = await operationsThereAre(stage)
    await changingNothing(stage, () => tryAtDesk(stranger, desk, operations))
    return summed([stranger])
  }
  throw new Error('everybody has a part in everything')
}

async function changingNothing({ rows, account }: RoadsStage, does: () => Promise<unknown>): Promise<void> {
  // Receipts follow what was sent, and how far windows have come is written a moment later. What is gathered for a minute goes out first.
  await rows('update ticket set news_at = now() where news_at > now()')
  const comesSoon = `select 1 from provider_reference where state = 'sent'
    union all select 1 from ticket where due_at < now() + interval '10 seconds'
    union all select 1 from delivery where state = 'sending'
      or (state = 'queued' and due_at between now() - interval '20 seconds' and now() + interval '10 seconds') limit 1`
  let before = ''
  let times = 0
  await waitFor(
    'the house to rest',
    async () => {
      const now = await sumOf(rows, account.account)
      const isOnTheWay = (await rows(comesSoon)).length > 0
      times = now === before && !isOnTheWay ? times + 1 : 0
      before = now
      return times === 40
    },
    { timeoutMs: 90_000 },
  )
  await does()
  const after = await sumOf(rows, account.account)
  if (before !== after) throw new Error(`strangers changed what is not theirs:\n${differing(before, after)}`)
}

async function tryAtDesk(stranger: Stranger, desk: DeskCaller, operations: Operations): Promise<void> {
  const calls: Calls = (method, path, body) => desk.calls(method, path, body)
  const does = (name: string, input: unknown) =>
    calls('POST', `/api/desk/operations/${name}`, { operation: randomUUID(), input })
  await stranger.operates(operations, does, true)
  await stranger.asks('/api/desk', calls)
  await stranger.asks('/api/messages', calls)
}

async function tryConnected(stranger: Stranger, client: Client, operations: Operations): Promise<void> {
  await stranger.speaks(client)
  await stranger.operates(operations, async (operation, input) => {
    const done = await client.perform(operation, { ...(input as object) })
    const status = done.ok ? 200 : isMalformed(done.refusal) ? 400 : 404
    return { status, text: JSON.stringify(done) }
  })
}

async function tryAsProgram(stranger: Stranger, program: ProgramCaller, operations: Operations): Promise<void> {
  const calls: Calls = (method, path, body) => program.calls(method, path.replace('/api/v1', ''), body)
  await stranger.asks('/api/v1', calls)
  await stranger.asksBoth('POST /api/v1/replies', ({ token }) =>
    calls('POST', '/replies', { to: token, text: 'words' }),
  )
  await stranger.operates(operations, (name, input) => calls('POST', `/operations/${name}`, { input }))
}

function summed(all: readonly Stranger[]): Understood {
  const understood = new Map<string, number>()
  for (const one of all)
    for (const [what, times] of one.understood) understood.set(what, (understood.get(what) ?? 0) + times)
  return understood
}

const isMalformed = (refusal: string) => refusal.startsWith('malformed')

/** Somebody asks there, and is answered at its desk. */
async function conversationThere(stage: RoadsStage, desk: DeskCaller, random: Seeded): Promise<WindowPerson> {
  const [url = ''] = stage.urls
  const connect = {
    ...{ WebSocket: stage.ear.socket('a visitor there'), fetch: stage.ear.fetch('a visitor there', 'poll') },
    transport: 'socket' as const,
  }
  const visitor = new WindowPerson({ url, site: 'elsewhere', random, connect })
  await visitor.begins()
  visitor.says('Is anybody here?')
  const offer = await waitFor('the question', async () => {
    const { body } = await desk.calls<{ id: string }[]>('GET', '/api/desk/offers')
    return body[0]?.id ?? null
  })
  const answered = await desk.calls('POST', `/api/desk/offers/${offer}/answer`, { id: randomUUID(), text: 'Yes.' })
  if (answered.status !== 200) throw new Error(`the answer was refused: ${answered.text}`)
  return visitor
}

async function programThere(stage: RoadsStage, desk: DeskCaller): Promise<ProgramCaller> {
  const base = '/api/desk/admin/programs'
  const made = await desk.calls<{ id: string }>('POST', base, { name: 'spy', alias: 'Spy', language: 'en' })
  await desk.calls('PATCH', `${base}/${made.body.id}`, { state: 'active' })
  const scopes = ['read', 'answer', 'begin', 'manage']
  const key = await desk.calls<{ secret: string }>('POST', `${base}/${made.body.id}/keys`, { name: 'leaks', scopes })
  return new ProgramCaller({ name: 'spy', urls: stage.urls, key: key.body.secret, ear: stage.ear })
}

async function accountOf({ rows }: RoadsStage, desk: DeskCaller): Promise<string> {
  const { body } = await desk.calls<{ person: string }>('GET', '/api/desk/me')
  const [row] = await rows<{ account: string }>('select account_id as account from responder where person_id = $1', [
    body.person,
  ])
  return row?.account ?? ''
}

type Operations = ReadonlyMap<string, Schema>

/** With the shape of their inputs, from what our servers say of themselves. */
async function operationsThereAre({ urls }: RoadsStage): Promise<Operations> {
  const described = (await (await fetch(`${urls[0]}/api/v1/openapi.json`)).json()) as {
    paths: Record<string, { post?: { requestBody?: { content: { 'application/json': { schema: Schema } } } } }>
  }
  return new Map(
    Object.entries(described.paths).flatMap(([path, { post }]) => {
      const [, name] = /^\/api\/v1\/operations\/([\w-]+)$/.exec(path) ?? []
      const input = post?.requestBody?.content['application/json'].schema.properties?.input
      return name && input ? [[name, input] as const] : []
    }),
  )
}

function differing(before: string, after: string): string {
  const was = before.split('\n')
  return after
    .split('\n')
    .filter((line) => !was.includes(line))
    .join('\n')
}
