import { randomUUID } from 'node:crypto'
import type { ConversationView, SearchResponse } from '@parley/protocol'
import { homeOf } from '../model/world.ts'
import type { DeskCaller } from './desk-caller.ts'
import { asked } from './roads.ts'
import type { RoadsRun } from './roads-run.ts'
import { same } from './same.ts'

/** Everything that can be asked for at the desk: found words are compared, and what comes of the rest is searched. */
export async function everyCall(run: RoadsRun, desk: DeskCaller): Promise<void> {
  const should = run.shouldRead(run.stage.person(desk.name))
  const readable = new Set([...should.values()].flat())
  await everySearch(run, desk, readable)
  await everyConversation(run, desk, should)
  await everyExport(run, desk, [...should.keys()])
  await everyLongMessage(run, desk, readable)
  for (const conversation of run.world.conversations.keys()) {
    await desk.calls('GET', `/api/desk/operations?conversation=${conversation}`)
  }
  for (const path of asked) await desk.calls('GET', path)
}

async function everySearch(run: RoadsRun, desk: DeskCaller, readable: ReadonlySet<string>): Promise<void> {
  const hits = new Map<string, number>()
  for (const word of run.words.values()) {
    const { body } = await desk.calls<SearchResponse>('GET', `/api/desk/search?q=${word}`)
    for (const hit of body.hits) hits.set(hit.message, 1)
  }
  const should = [...readable].filter((message) => run.words.has(message))
  same(`what ${desk.name} finds`, hits, new Map(should.map((id) => [id, 1])))
}

/** One after the other by its id: as long as they may read it, or not there. */
async function everyConversation(
  { world }: RoadsRun,
  desk: DeskCaller,
  should: ReadonlyMap<string, readonly string[]>,
): Promise<void> {
  const nothing = await desk.calls('GET', `/api/desk/conversations/${randomUUID()}`)
  for (const [conversation, { mergedInto }] of world.conversations) {
    if (mergedInto !== null) continue
    const own = [...should].flatMap(([id, messages]) => {
      const room = world.rooms.get(id)
      return room && homeOf(world, room) === conversation ? [[id, messages.length] as const] : []
    })
    const found = await desk.calls<ConversationView>('GET', `/api/desk/conversations/${conversation}`)
    if (own.length === 0) {
      if (found.text === nothing.text) continue
      throw new Error(`${desk.name} is told of ${conversation}: ${found.text}`)
    }
    const seen = found.body.interactions.flatMap(({ id, length }) =>
      world.rooms.has(id) ? [[id, length] as const] : [],
    )
    same(`what ${desk.name} sees of ${conversation}`, new Map(seen), new Map(own))
  }
}

async function everyExport(run: RoadsRun, desk: DeskCaller, known: readonly string[]): Promise<void> {
  const { world } = run
  const nothing = await desk.calls('GET', `/api/desk/conversations/${randomUUID()}/export?as=json`)
  for (const [conversation, { mergedInto }] of world.conversations) {
    const isTheirs = known.some((id) => {
      const room = world.rooms.get(id)
      return room && homeOf(world, room) === conversation
    })
    for (const as of ['json', 'text']) {
      const found = await desk.calls('GET', `/api/desk/conversations/${conversation}/export?as=${as}`)
      if (!isTheirs && mergedInto === null && found.text !== nothing.text) {
        throw new Error(`the export tells ${desk.name} of ${conversation}: ${found.text}`)
      }
    }
  }
}

async function everyLongMessage(run: RoadsRun, desk: DeskCaller, readable: ReadonlySet<string>): Promise<void> {
  const nothing = await desk.calls('GET', `/api/messages/${randomUUID()}/full`)
  for (const message of run.words.keys()) {
    if (readable.has(message)) continue
    const answer = await desk.calls('GET', `/api/messages/${message}/full`)
    if (answer.text !== nothing.text) throw new Error(`${desk.name} is told of ${message}: ${answer.text}`)
  }
}
