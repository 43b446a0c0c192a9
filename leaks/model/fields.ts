import type { Hand } from './hand.ts'
import { type Field, get, homeOf, type Room, type World } from './world.ts'

/** Beside one thing, as far as somebody is shown it. */
export type ShownFields = Partial<Record<Field, string>>

const all = ['name', 'category', 'tags', 'folder', 'tickets', 'links'] as const

/** What the house writes beside things is its own: who works in it sees it all, others what the house tells them. */
export function fieldsToldTo(world: World, person: string): ReadonlySet<(typeof all)[number]> {
  const role = get(world.roles, person)
  return new Set(role === 'visitor' || role === 'responder' ? world.tells[role] : all)
}

export function fieldsShown(world: World, person: string, thing: string): ShownFields {
  const told = fieldsToldTo(world, person)
  const beside = [...(world.fields.get(thing) ?? [])].filter(([field, value]) => told.has(field) && value !== '')
  return Object.fromEntries(beside.toSorted())
}

export function setsField(hand: Hand, thing: string, { field, value }: { field: Field; value: string }): void {
  const beside = besides(hand.world, thing)
  const before = beside.get(field) ?? ''
  beside.set(field, value)
  hand.back.push(() => beside.set(field, before))
}

/** The nearest category there is: what is opened from a room begins with it. */
export function beginsWithCategory(world: World, { id }: { id: string }, source: Room): void {
  const near = [source.id, source.ticket, homeOf(world, source)].map((thing) =>
    world.fields.get(thing)?.get('category'),
  )
  besides(world, id).set('category', near.find(Boolean) ?? '')
}

/** What others wrote there may name whose it was; what kind of thing it is does not. */
export function forgetsFields(world: World, thing: string): void {
  const category = world.fields.get(thing)?.get('category')
  // Nothing that is undone later brings them back.
  world.fields.set(thing, new Map(category ? [['category', category]] : []))
}

function besides({ fields }: World, thing: string): Map<Field, string> {
  const beside = fields.get(thing) ?? new Map<Field, string>()
  fields.set(thing, beside)
  return beside
}
