import { randomUUID } from 'node:crypto'
import type { ConversationView, SearchResponse } from '@parley/protocol'
import type { DeskCaller } from './desk-caller.ts'
import { judgeMarks, readMarks } from './judge-marks.ts'
import { asked } from './roads.ts'
import { type RoadsRun, within } from './roads-run.ts'
import { same } from './same.ts'

type Reads = ReadonlyMap<string, readonly string[]>

/** Everything that can be asked for at the desk: found words and exports are compared, and what comes of the rest is searched. */
export async function everyCall(run: RoadsRun, desk: DeskCaller): Promise<void> {
  const should = run.shouldRead(run.stage.person(desk.name))
  const readable = new Set([...should.values()].flat())
  await everySearch(run, desk, readable)
  await everyConversation(run, desk, should)
  await everyExport(run, desk, should)
  await everyLongMessage(run, desk, readable)
  for (const conversation of run.world.conversations.keys()) {
    await desk.calls('GET', `/api/desk/operations?conversation=${conversation}`)
    await desk.calls('GET', `/api/desk/deliveries?conversation=${conversation}`)
  }
  for (const path of asked) await desk.calls('GET', path)
}

async function everySearch(run: RoadsRun, desk: DeskCaller, readable: ReadonlySet<string>): Promise<void> {
  const found = async (words: string) => {
    const hits: string[] = []
    for (let after = ''; ; ) {
      const path = `/api/desk/search?q=${words}${after && `&after=${after}`}`
      const { body } = await desk.calls<SearchResponse>('GET', path)
      hits.push(...body.hits.map(({ message }) => message).filter((id) => run.words.has(id)))
      if (body.next === null) return hits
      after = body.next
    }
  }
  const hits = await found(`canary${run.mark}x`)
  const times = (id: string) => hits.filter((hit) => hit === id).length
  // What is sealed is not found.
  const isSealed = (id: string) => run.world.sealed.has(id)
  const should = [...readable].filter(
    (message) => run.words.has(message) && !run.world.unsaid.has(message) && !isSealed(message),
  )
  same(`what ${desk.name} finds`, new Map(hits.map((id) => [id, times(id)])), new Map(should.map((id) => [id, 1])))
  const hidden = [...run.words].filter(([message]) => !readable.has(message)).map(([, word]) => word)
  for (const word of run.random.fork(desk.name).shuffle(hidden).slice(0, 3)) {
    const some = await found(word)
    if (some.length > 0) throw new Error(`${desk.name} finds ${word} in ${some}`)
  }
}

/** One after the other by its id: as long as they may read it, or not there. */
async function everyConversation(run: RoadsRun, desk: DeskCaller, should: Reads): Promise<void> {
  const nothing = await desk.calls('GET', `/api/desk/conversations/${randomUUID()}`)
  for (const conversation of run.world.conversations.keys()) {
    const own = within(run, should, conversation)
    const found = await desk.calls<ConversationView>('GET', `/api/desk/conversations/${conversation}`)
    if (own.size === 0) {
      if (found.text === nothing.text) continue
      throw new Error(`${desk.name} is told of ${conversation}: ${found.text}`)
    }
    judgeMarks(run, run.stage.person(desk.name), found.body.interactions, await readMarks(run))
    const seen = found.body.interactions.flatMap(({ id, length }) => (run.isOurs(id) ? [[id, length] as const] : []))
    const lengths = new Map([...own].map(([id, messages]) => [id, messages.length]))
    same(`what ${desk.name} sees of ${conversation}`, new Map(seen), lengths)
  }
}

async function everyExport(run: RoadsRun, desk: DeskCaller, should: Reads): Promise<void> {
  const nothing = await desk.calls('GET', `/api/desk/conversations/${randomUUID()}/export?as=json`)
  for (const conversation of run.world.conversations.keys()) {
    const own = within(run, should, conversation)
    const said = [...own.values()].flat().filter((id) => !run.world.unsaid.has(id))
    const words = said.flatMap((id) => run.words.get(id) ?? [])
    for (const as of ['json', 'text']) {
      const found = await desk.calls('GET', `/api/desk/conversations/${conversation}/export?as=${as}`)
      const isNothing = found.text === nothing.text
      if (isNothing !== (own.size === 0))
        throw new Error(`the export tells ${desk.name} of ${conversation}: ${found.text}`)
      const wanted = new Map(words.map((word) => [word, 1]))
      same(`what ${desk.name} takes along of ${conversation}`, run.canariesIn(found.text), wanted)
    }
  }
}

async function everyLongMessage(run: RoadsRun, desk: DeskCaller, readable: ReadonlySet<string>): Promise<void> {
  const nothing = await desk.calls('GET', `/api/messages/${randomUUID()}/full`)
  const some = run.random
    .fork(`${desk.name} full`)
    .shuffle([...run.words])
    .slice(0, 6)
  for (const [message, word] of some) {
    const answer = await desk.calls('GET', `/api/messages/${message}/full`)
    if (run.world.unsaid.has(message) && !answer.text.includes(word)) continue
    if (readable.has(message) ? !answer.text.includes(word) : answer.text !== nothing.text)
      throw new Error(`${desk.name} is told of ${message}: ${answer.text}`)
  }
}
