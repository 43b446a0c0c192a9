import { randomUUID } from 'node:crypto'
import type { ProgramConversation, ProgramDelivery, ProgramMessages, ProgramPage } from '@parley/protocol'
import type { ProgramCaller } from './program-caller.ts'
import { type RoadsRun, within } from './roads-run.ts'
import { same } from './same.ts'

/** Everything that a program gets by REST: conversations and what was said are compared, the rest is searched. */
export async function everyProgram(run: RoadsRun, program: ProgramCaller): Promise<void> {
  const person = run.stage.person(program.name)
  if (run.world.gone.has(person)) return
  const should = run.shouldRead(person)
  const lengths = new Map([...should].map(([id, messages]) => [id, messages.length]))
  const own = (all: readonly ProgramConversation[]) =>
    new Map(
      all.flatMap(({ interactions }) =>
        interactions.flatMap(({ id, length }) => (run.isOurs(id) ? [[id, length] as const] : [])),
      ),
    )
  const listed = await everyPage<ProgramConversation>(program, '/conversations')
  same(`the list of ${program.name}`, own(listed), lengths)
  const nothing = await program.calls('GET', `/conversations/${randomUUID()}`)
  for (const conversation of run.world.conversations.keys()) {
    const wanted = within(run, should, conversation)
    const one = await program.calls<ProgramConversation>('GET', `/conversations/${conversation}`)
    if (one.status !== 200 && one.text !== nothing.text) throw new Error(`${program.name} is told ${one.text}`)
    same(
      `what ${program.name} sees of ${conversation}`,
      one.status === 200 ? own([one.body]) : new Map(),
      new Map([...wanted].map(([id, messages]) => [id, messages.length])),
    )
    for (const room of run.world.rooms.keys()) await everyMessage(run, program, { conversation, room, wanted })
  }
  for (const list of ['/offers?state=all', '/invitations']) await program.calls('GET', list)
  await everyPage(program, '/events')
  const deliveries = await everyPage<ProgramDelivery>(program, '/deliveries')
  // What is of another history is none of ours.
  const ours = deliveries.filter(({ conversation }) => run.world.conversations.has(conversation ?? ''))
  for (const { id } of run.random.fork('deliveries').shuffle(ours).slice(0, 3)) {
    await program.calls('GET', `/deliveries/${id}`)
    await program.calls('POST', `/deliveries/${id}/resend`)
  }
}

async function everyMessage(
  run: RoadsRun,
  program: ProgramCaller,
  of: { conversation: string; room: string; wanted: ReadonlyMap<string, readonly string[]> },
): Promise<void> {
  const at = `/conversations/${of.conversation}/messages?interaction=`
  const messages = of.wanted.get(of.room)
  const after = run.random.fork(of.room).int(0, 3)
  const found = await program.calls<ProgramMessages>('GET', `${at}${of.room}&after=${after}`)
  if (messages === undefined) {
    const nothing = await program.calls('GET', `${at}${randomUUID()}&after=${after}`)
    if (found.text !== nothing.text) throw new Error(`${program.name} is told of ${of.room}: ${found.text}`)
    return
  }
  const shown = found.body.messages.map(({ n, id }) => [String(n), id] as const)
  const rest = messages.slice(after).map((id, index) => [String(after + index + 1), id] as const)
  same(`what ${program.name} reads of ${of.room} after ${after}`, new Map(shown), new Map(rest))
}

async function everyPage<T>(program: ProgramCaller, path: string): Promise<T[]> {
  const items: T[] = []
  for (let after = ''; ; ) {
    const { status, body, text } = await program.calls<ProgramPage<T>>('GET', `${path}?limit=100${after}`)
    if (status !== 200) throw new Error(`${path} was refused: ${text}`)
    items.push(...body.items)
    // The next page of what happens is always there to be asked for.
    if (body.next === null || body.items.length < 100) return items
    after = `&after=${encodeURIComponent(body.next)}`
  }
}
