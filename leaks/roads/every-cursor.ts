import type { MessageView, ServerFrame } from '@parley/protocol'
import { probe } from './probe.ts'
import type { RoadsRun } from './roads-run.ts'
import { same, sorted } from './same.ts'

/** Connections with every cursor there can be, and one beyond: what follows it and nothing else. */
export async function everyCursor(run: RoadsRun, person: string): Promise<void> {
  const should = run.shouldRead(person)
  const most = Math.max(0, ...[...should.values()].map(({ length }) => length))
  const name = run.personName(person)
  const random = run.random.fork(`cursors of ${name}`)
  for (let cursor = 0; cursor <= most + 1; cursor++) {
    const url = random.pick(run.stage.urls)
    const token = await tokenOf(run, person)
    if (token === null) return
    const rest = new Map(
      [...should].flatMap(([id, messages]) => {
        // Who holds more than there is begins anew.
        const from = cursor > messages.length ? 0 : cursor
        const after = messages.slice(from).map((message, index) => `${from + index + 1} ${message}`)
        return after.length > 0 ? [[id, after.join()] as const] : []
      }),
    )
    const cursors = Object.fromEntries([...run.world.rooms.keys()].map((id) => [id, cursor]))
    const at = { url, token, ear: run.stage.ear, person: name }
    const frames = await probe(at, cursors, (so) => sorted(messagesIn(run, so)) === sorted(rest))
    same(`what ${name} gets after ${cursor}`, messagesIn(run, frames), rest)
  }
}

async function tokenOf(run: RoadsRun, person: string): Promise<string | null> {
  if (run.world.gone.has(person)) return null
  const desk = run.stage.desks.get(run.stage.nameOf(person))
  return desk ? desk.token() : (run.visitors.get(person)?.token() ?? null)
}

function messagesIn(run: RoadsRun, frames: readonly ServerFrame[]): Map<string, string> {
  const got = new Map<string, string>()
  for (const frame of frames) {
    if (frame.t !== 'messages' || !run.isOurs(frame.interaction) || frame.messages.length === 0) continue
    got.set(frame.interaction, [got.get(frame.interaction) ?? [], line(frame.messages)].flat().join())
  }
  return got
}

const line = (messages: readonly MessageView[]) => messages.map(({ n, id }) => `${n} ${id}`).join()
