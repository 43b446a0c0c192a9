import type { ConversationView, PollResponse, ServerFrame } from '@parley/protocol'
import { knows, reads, type World } from '../model/world.ts'
import type { Overheard } from './overheard.ts'

/** Whose place a participant is, and where. */
export type Places = ReadonlyMap<string, { readonly room: string; readonly person: string }>

/**
 * The frames that one person heard, in their order: each is about what they knew of then, nobody who only observes moves in them unless
 * they may see that, and none tells a view again that they have already. Null when all is so.
 */
export function whatFramesTell(
  heard: readonly Overheard[],
  { person, worldsAt, places }: { person: string; worldsAt: (step: number) => readonly World[]; places: Places },
): string | null {
  const told = new Map<string, string>()
  const polled = new Map<string, number>()
  for (const { step, bytes } of heard) {
    const worlds = worldsAt(step)
    for (const frame of framesIn(bytes, polled)) {
      const wrong = wrongIn(frame, { person, worlds, places }) ?? toldAgain(frame, told)
      if (wrong) return `in step ${step}: ${wrong}`
    }
  }
  return null
}

/** A socket brings one, an answer to a poll several; those of an answer that was lost on its way come again, under the same numbers. */
function framesIn(bytes: string, polled: Map<string, number>): readonly ServerFrame[] {
  if (!bytes.startsWith('{')) return []
  const value: ServerFrame | Partial<PollResponse> = JSON.parse(bytes)
  if ('t' in value) return [value]
  const { session = '', seq = 0, frames = [] } = value
  const before = polled.get(session) ?? 0
  polled.set(session, Math.max(before, seq))
  return frames.slice(Math.max(0, before - (seq - frames.length)))
}

function wrongIn(
  frame: ServerFrame,
  { person, worlds, places }: { person: string; worlds: readonly World[]; places: Places },
): string | null {
  if (frame.t === 'conversation') return observersIn(frame.conversation, person, worlds)
  if (frame.t !== 'seen' && frame.t !== 'tick' && frame.t !== 'typing') return null
  const { interaction } = frame
  const those = worlds.filter(({ rooms }) => rooms.has(interaction))
  // What is of another history is none of ours.
  if (those.length === 0) return null
  const known = those.filter((world) => isKnown(world, person, interaction))
  if (known.length === 0) return `${frame.t} tells of ${interaction}`
  if (frame.t === 'tick' && !known.some((world) => isRead(world, person, interaction, frame.message))) {
    return `a tick tells of ${frame.message}`
  }
  const place = places.get(frame.participant)
  if (!place || place.person === person) return null
  return known.every((world) => isHiddenObserver(world, person, place)) ? `${frame.t} tells of an observer` : null
}

function observersIn(view: ConversationView, person: string, worlds: readonly World[]): string | null {
  for (const { id, participants } of view.interactions) {
    const those = worlds.filter(({ rooms }) => rooms.has(id))
    if (those.length === 0) continue
    const observes = ({ you, role, state }: (typeof participants)[number]) =>
      !you && role === 'observer' && state === 'here'
    if (participants.some(observes) && !those.some((world) => seesObservers(world, person, id))) {
      return `a conversation shows an observer in ${id}`
    }
  }
  return null
}

/** Whoever is told the same again learns that something happened that is not theirs to see. */
function toldAgain(frame: ServerFrame, told: Map<string, string>): string | null {
  if (frame.t === 'welcome') {
    told.clear()
    for (const view of frame.conversations) told.set(view.id, shown(view))
  }
  if (frame.t !== 'conversation') return null
  const { conversation } = frame
  const before = told.get(conversation.id)
  told.set(conversation.id, shown(conversation))
  return before === shown(conversation) ? `the same is told again of ${conversation.id}` : null
}

/** What messages and watermarks move is told by frames of their own. */
const moving = new Set(['length', 'delivered', 'read'])
const shown = (view: ConversationView) => JSON.stringify(view, (key, value) => (moving.has(key) ? undefined : value))

function isKnown(world: World, person: string, id: string): boolean {
  const room = world.rooms.get(id)
  return room !== undefined && knows(world, person, room)
}

function isRead(world: World, person: string, id: string, wanted: string): boolean {
  const room = world.rooms.get(id)
  return room !== undefined && reads(world, person, room).some(({ message }) => message === wanted)
}

function seesObservers(world: World, person: string, id: string): boolean {
  const own = world.rooms.get(id)?.seats.find((seat) => seat.person === person)
  return ['supervisor', 'administrator'].includes(world.roles.get(person) ?? '') || own?.role === 'observer'
}

function isHiddenObserver(world: World, person: string, place: { room: string; person: string }): boolean {
  const seat = world.rooms.get(place.room)?.seats.find((one) => one.person === place.person)
  return seat?.role === 'observer' && !seesObservers(world, person, place.room)
}
