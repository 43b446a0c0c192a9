import {
  acceptInvitation,
  addPeople,
  type Change,
  type Decided,
  leaveInteraction,
  mayBringInto,
  mayDoAt,
  observe,
  openBackchannel,
  placeOf,
  removeFrom,
  type Shape,
  setPlace,
  standingAt,
  transfer,
  type Who,
  watches,
  whisper,
  whyNotInto,
} from '@parley/rules'
import type { Answer, Command } from '../model/world.ts'
import type { RulesHouse } from './rules-house.ts'

type Of<Op> = Extract<Command, { op: Op }>

/** How each is decided by the rules: an answer, or null where it is refused. */
export const decisions: { readonly [Op in Command['op']]?: (house: RulesHouse, command: Of<Op>) => Answer | null } = {
  say: (house, { by, rooms, message }) => {
    const changes = rooms.flatMap((room) => {
      const shape = house.in(room)
      if (shape?.interactions.get(room)?.state !== 'open' || shape.state !== 'open') return []
      return mayDoAt(shape, house.who(by), 'say', room).ok ? [house.placing(shape, room, message, by)] : []
    })
    if (changes.length < rooms.length) return null
    house.make(changes)
    return {}
  },
  add: (house, { by, room, people, history }) =>
    inShape(house, by, room, (shape, who) => {
      if (people.some((person) => house.who(person).role === null)) return null
      return addPeople(shape, { by: who, interaction: room, people, history }, house.newId)
    }),
  invite: (house, { by, room, people, history }) => {
    const shape = house.in(room)
    if (!shape || !mayBringInto(shape, house.who(by), room, 'invite').ok) return null
    if (people.some((person) => house.who(person).role === null || whyNotInto(shape, room, person))) return null
    return { invitations: new Map(people.map((person) => [person, house.invite({ room, person, by, history })])) }
  },
  'answer-invitation': (house, { by, invitation, accept }) => {
    const invited = house.invitations.get(invitation)
    if (!invited || invited.person !== by) return null
    house.invitations.delete(invitation)
    if (!accept) return {}
    const { room, person, history } = invited
    return inShape(house, by, room, (shape) =>
      acceptInvitation(
        shape,
        { interaction: room, person, by: house.who(invited.by), history, historyOf: room, via: null },
        house.newId,
      ),
    )
  },
  'withdraw-invitation': (house, { by, invitation }) => {
    const invited = house.invitations.get(invitation)
    if (!invited || !(invited.by === by || watches(house.who(by)))) return null
    house.invitations.delete(invitation)
    return {}
  },
  leave: (house, { by, room }) => inShape(house, by, room, (shape, who) => leaveInteraction(shape, who, room)),
  remove: (house, { by, room, person }) =>
    inShape(house, by, room, (shape, who) => removeFrom(shape, who, placeOf(shape, room, person)?.id ?? '')),
  'open-backchannel': (house, { by, room, people }) =>
    inShape(house, by, room, (shape, who) => {
      if (people.some((person) => house.who(person).role === null || whyNotInto(shape, room, person) === 'asks-here')) {
        return null
      }
      return openBackchannel(shape, { by: who, from: room, name: null, category: null }, house.newId)
    }),
  whisper: (house, { by, room, message }) =>
    inShape(house, by, room, (shape, who) => {
      const decided = whisper(shape, { by: who, parent: room }, house.newId)
      if (decided.ok) house.saysAfter = { interaction: decided.interaction, message, by }
      return decided
    }),
  observe: (house, { by, room, history }) =>
    inShape(house, by, room, (shape, who) =>
      observe(shape, { by: who, interaction: room, all: history === 'all' }, house.newId),
    ),
  'set-role': (house, { by, room, person, role }) =>
    inShape(house, by, room, (shape, who) => {
      const place = placeOf(shape, room, person)?.id ?? ''
      const standing = standingAt(shape, who, room)
      if (standing.part === 'none' && !watches(who)) return null
      const { manages } = standing
      const context = { place, by, watches: watches(who), manages, alias: '', others: [], identities: [] }
      const decided = setPlace(shape, context, { role: role === 'observer' ? role : 'responder' }, house.newId)
      return decided.ok && decided.changes.length > 0 ? { ok: true, changes: [...decided.changes] } : null
    }),
  transfer: (house, { by, ticket, people }) => {
    const [to = ''] = people
    const shape = house.shapes.find(({ tickets }) => tickets.some(({ id }) => id === ticket))
    if (!shape || house.who(to).role === null) return null
    const wanted = { ticket, by, watches: watches(house.who(by)), to, meant: [to] } as const
    const decided = transfer(shape, { ...wanted, history: 'all', circle: 'private' }, house.newId)
    if (!decided.ok) return null
    const taken = decided.from.map(({ interaction, person }) => ({ room: interaction, person }))
    return house.done(by, decided.changes, {
      ...{ taken, joined: [to], closed: closedBy(decided.changes) },
      ...(decided.interaction === null ? {} : { room: decided.interaction }),
    })
  },
  close: (house, { by, what, thing }) => setState(house, by, { what, thing, is: 'closed' }),
  reopen: (house, { by, what, thing }) => setState(house, by, { what, thing, is: 'open' }),
  undo: (house, { by, operation }) => house.undo(by, operation),
}

function inShape(
  house: RulesHouse,
  by: string,
  room: string,
  decide: (shape: Shape, who: Who) => Decided | null,
): Answer | null {
  const shape = house.in(room)
  const decided = shape ? decide(shape, house.who(by)) : null
  if (!decided?.ok) return null
  const { changes } = decided
  const opens = changes.find((change) => change.kind === 'open-interaction')
  return house.done(by, changes, { joined: joinedBy(house, changes), ...(opens ? { room: opens.interaction } : {}) })
}

const closedBy = (changes: readonly Change[]): string[] =>
  changes.flatMap((one) =>
    one.kind === 'state' && one.is === 'closed' && 'interaction' in one.of ? [one.of.interaction] : [],
  )

function joinedBy(house: RulesHouse, changes: readonly Change[]): string[] {
  const places = new Map(house.shapes.flatMap(({ participants }) => participants.map(({ id, person }) => [id, person])))
  return changes.flatMap((change) => {
    if (change.kind === 'join') return [change.person]
    return change.kind === 'return' ? [places.get(change.place) ?? ''] : []
  })
}

function setState(
  house: RulesHouse,
  by: string,
  { what, thing, is }: { what: string; thing: string; is: 'open' | 'closed' },
): Answer | null {
  if (what !== 'room') return null
  return inShape(house, by, thing, (shape, who) => {
    const was = shape.interactions.get(thing)?.state
    if (was === undefined || was === is || !mayDoAt(shape, who, 'close', thing).ok) return null
    return { ok: true, changes: [{ kind: 'state', of: { interaction: thing }, was, is }] }
  })
}
