import type { ConversationView } from '@parley/protocol'
import { fieldsShown, fieldsToldTo, type ShownFields } from '../model/fields.ts'
import { shownOf } from '../model/shown.ts'
import { get, type World } from '../model/world.ts'

/** What somebody is shown beside a conversation, its tickets and its interactions: the house's fields, links, and what is sealed. */
export function compareBeside(
  world: World,
  person: string,
  view: ConversationView,
  fail: (what: string) => never,
): void {
  const told = fieldsToldTo(world, person)
  const isTold = get(world.roles, person) !== 'visitor'
  const be = (what: string, is: unknown, should: unknown) => {
    const [shown, wanted] = [is, should].map((value) => JSON.stringify(value))
    if (shown !== wanted) fail(`${person} is shown ${shown} beside ${what} and should be shown ${wanted}`)
  }
  const sealed = (thing: string) => isTold && world.sealed.has(thing)
  be(view.id, [beside(view), view.sealed === true], [fieldsShown(world, person, view.id), sealed(view.id)])
  for (const shown of view.interactions) {
    const room = get(world.rooms, shown.id)
    const should = shownOf(world, person, room)
    be(room.id, [beside(shown), shown.sealed === true], [should.fields, should.sealed])
    be(`${room.id} as its ticket`, shown.ticket, told.has('tickets') ? room.ticket : undefined)
  }
  const rooms = view.interactions.map(({ id }) => id)
  const tickets = new Set(told.has('tickets') ? rooms.map((id) => get(world.rooms, id).ticket) : [])
  be(
    `${view.id} as its tickets`,
    (view.tickets ?? []).map((one) => [one.id, beside(one), one.sealed === true]).toSorted(),
    [...tickets].map((id) => [id, fieldsShown(world, person, id), sealed(id)]).toSorted(),
  )
}

function beside({ name, category, tags, folder }: ShownIn): ShownFields {
  const shown = { category, folder, name, tags: tags?.join() }
  return JSON.parse(JSON.stringify(shown))
}

interface ShownIn {
  readonly name?: string
  readonly category?: string
  readonly tags?: readonly string[]
  readonly folder?: string
}
