import {
  acceptInvitation,
  addPeople,
  type Change,
  copy,
  type Decided,
  type Deed,
  followTeam,
  grant,
  isSealedIn,
  leaveInteraction,
  letSee,
  letTeamIn,
  letTeamOut,
  mayBringInto,
  mayDo,
  mayDoAt,
  mayRead,
  mergeConversations,
  mergeInteractions,
  mergeTickets,
  observe,
  openBackchannel,
  placeOf,
  removeFrom,
  revoke,
  type Sealable,
  type Shape,
  seal,
  setPlace,
  splitInteractions,
  splitMessages,
  standingAmong,
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
  say: (house, { by, rooms, message, sealed = false }) => {
    const changes = rooms.flatMap((room) => {
      const shape = house.in(room)
      if (shape?.interactions.get(room)?.state !== 'open' || shape.state !== 'open') return []
      return mayDoAt(shape, house.who(by), 'say', room).ok ? [house.placing(shape, room, message, by)] : []
    })
    if (changes.length < rooms.length) return null
    if (sealed) house.sealed.add(message)
    house.make(changes)
    return {}
  },
  add: (house, { by, room, people, history }) =>
    inShape(house, by, room, (shape, who) => {
      if (people.some((person) => isNobody(house, shape, room, person))) return null
      return addPeople(shape, { by: who, interaction: room, people, history }, house.newId)
    }),
  invite: (house, { by, room, people, history }) => {
    const shape = house.in(room)
    if (!shape || !mayBringInto(shape, house.who(by), room, 'invite').ok) return null
    if (people.some((person) => isNobody(house, shape, room, person) || whyNotInto(shape, room, person))) return null
    return { invitations: house.invite(people, { room, by, history, historyOf: room }) }
  },
  'answer-invitation': (house, { by, invitation, accept }) => {
    const invited = house.invitations.get(invitation)
    if (!invited || invited.person !== by) return null
    house.invitations.delete(invitation)
    if (!accept) return {}
    const { person, history, historyOf } = invited
    const room = goesOnIn(house, invited.room)
    return inShape(house, by, room, (shape) =>
      acceptInvitation(
        shape,
        { interaction: room, person, by: house.who(invited.by), history, historyOf, via: null },
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
  'open-backchannel': (house, { by, room, people, history }) => {
    const answer = inShape(house, by, room, (shape, who) => {
      const isNotAsked = (person: string) =>
        isNobody(house, shape, room, person) || whyNotInto(shape, room, person) === 'asks-here'
      if (people.some(isNotAsked)) return null
      return openBackchannel(shape, { by: who, from: room, name: null, category: null }, house.newId)
    })
    if (!answer?.room) return null
    const others = people.filter((person) => person !== by)
    return { ...answer, invitations: house.invite(others, { room: answer.room, by, history, historyOf: room }) }
  },
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
    const shape = house.withTicket(ticket)
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
  grant: (house, { by, room, person, history }) =>
    inShape(house, by, room, (shape, who) => {
      const part = history === 'none' ? undefined : history
      return grant(shape, { interaction: room, person, by: who, part }, house.newId)
    }),
  revoke: (house, { by, room, person }) =>
    inShape(house, by, room, (shape, who) => revoke(shape, { interaction: room, person, by: who })),
  'let-see': (house, { by, conversation, on, history }) =>
    inConversation(house, by, conversation, (shape, { role }) => {
      const asks = shape.participants.some((place) => place.person === by && !place.left && place.role === 'initiator')
      if (!asks && role !== 'administrator') return null
      const anything = role === 'administrator'
      return letSee(shape, on ? { by, history, anything } : null, house.newId, anything ? null : by)
    }),
  'let-team-in': (house, { by, conversation, team, history }) =>
    inConversation(house, by, conversation, (shape, who) => {
      const members = [...(house.teams.get(team) ?? [])]
      return watches(who) ? letTeamIn(shape, { team, members, by, history }, house.newId) : null
    }),
  'let-team-out': (house, { by, conversation, team }) =>
    inConversation(house, by, conversation, (shape, who) => (watches(who) ? letTeamOut(shape, team) : null)),
  'team-change': (house, { team, person, in: isMember }) => {
    const members = house.teams.get(team) ?? new Set()
    house.teams.set(team, new Set(isMember ? [...members, person] : [...members].filter((one) => one !== person)))
    for (const shape of house.shapes) house.make(followTeam(shape, { team, person, isMember }, house.newId))
    return {}
  },
  merge: (house, { by, what, into, from, samePerson }) => {
    if (!mayWork(house, by)) return null
    if (what === 'conversation') {
      const both = house.shapes.filter(({ conversation }) => conversation === into || conversation === from)
      if (new Set(both).size < 2 || !watches(house.who(by))) return null
      const [open, sealed] = [into, from].map((id) => both.find(({ conversation }) => conversation === id)?.encryption)
      if (sealed === 'sealed' && open !== 'sealed') return null
      const same = samePerson ? {} : null
      return answered(house, by, mergeConversations(house.shapes, { into, from, same }))
    }
    const shape = what === 'ticket' ? house.withTicket(into) : house.in(into)
    const other = what === 'ticket' ? house.withTicket(from) : house.in(from)
    if (!shape || shape !== other || !knowsBoth(shape, house.who(by), [into, from])) return null
    if (what === 'ticket') return answered(house, by, mergeTickets(shape, { into, from }))
    if (isSealedIn(shape, from) && !isSealedIn(shape, into)) return null
    return answered(house, by, mergeInteractions(shape, { into, from, by }, house.newId))
  },
  split: (house, { by, ticket, rooms }) => {
    const shape = house.withTicket(ticket)
    if (!shape || !mayWork(house, by) || !knowsBoth(shape, house.who(by), [ticket])) return null
    const makes = house.newId()
    return answered(
      house,
      by,
      splitInteractions(shape, { ticket, interactions: rooms, name: null, makes }, house.newId),
    )
  },
  'split-messages': (house, { by, ticket, room, messages, people }) => {
    const shape = house.withTicket(ticket)
    if (!shape || house.in(room) !== shape || !mayWork(house, by)) return null
    if (!knowsBoth(shape, house.who(by), [ticket, room])) return null
    const [makes, exchange] = [house.newId(), house.newId()]
    const readable = mayRead(shape.spans.get(by) ?? [], room)
    const found = house.positions(room, messages)
    if (found.length < new Set(messages).size) return null
    const wanted = { ticket, name: null, makes, from: room, exchange, messages: found, people, by, readable }
    if (people.some((person) => house.who(person).role === null)) return null
    const decided = splitMessages(shape, wanted, house.newId)
    return answered(house, by, decided)
  },
  copy: (house, { by, from, to, messages }) => {
    const [source, shape] = [house.in(from), house.in(to)]
    if (!source || !shape || !mayWork(house, by) || !mayDoAt(shape, house.who(by), 'say', to).ok) return null
    if (!mayDoAt(source, house.who(by), 'copy', from).ok) return null
    if (source !== shape && !isSealedIn(shape, to) && messages.some((id) => house.sealed.has(id))) return null
    const readable = mayRead(source.spans.get(by) ?? [], from)
    const found = house.positions(from, messages)
    if (found.length < new Set(messages).size) return null
    const wanted = { to, messages: found, readable, standing: house.standing(to), by }
    return answered(house, by, copy(shape, wanted))
  },
  close: (house, { by, what, thing }) => setState(house, by, { what, thing, is: 'closed' }),
  // What was merged into another stays closed.
  reopen: (house, { by, what, thing }) =>
    house.in(thing)?.interactions.get(thing)?.mergedInto ? null : setState(house, by, { what, thing, is: 'open' }),
  // What they do to rows is none of the rules'.
  seal: (house, { by, what, thing }) => {
    const ofWhat = what === 'ticket' ? house.withTicket(thing) : house.in(thing)
    const shape = what === 'conversation' ? house.shapes.find((one) => one.conversation === thing) : ofWhat
    // Whose words a message has is the server's to know.
    if (!shape || what === 'message') return null
    const of = { [what === 'room' ? 'interaction' : what]: thing } as Exclude<Sealable, { message: string }>
    const decided = seal(shape, { of, by: house.who(by), message: null })
    if (!decided.ok) return null
    house.make(decided.changes)
    return {}
  },
  erase: (house, { by, conversation }) => {
    const shape = mayDoToAll(house, by, 'erase', conversation)
    if (!shape) return null
    house.erase(shape)
    return {}
  },
  undo: (house, { by, operation }) => house.undo(by, operation),
}

/** What was invited into an interaction that was merged into another leads into that one. */
function goesOnIn(house: RulesHouse, room: string): string {
  const into = house.in(room)?.interactions.get(room)?.mergedInto
  return into ? goesOnIn(house, into) : room
}

function mayDoToAll(house: RulesHouse, by: string, deed: Deed, conversation: string): Shape | null {
  const shape = house.shapes.find((one) => one.conversation === conversation)
  if (!shape) return null
  const standing = standingAmong(shape, house.who(by), new Set(shape.interactions.keys()))
  return mayDo(deed, standing).ok ? shape : null
}

function inConversation(
  house: RulesHouse,
  by: string,
  conversation: string,
  decide: (shape: Shape, who: Who) => Decided | null,
): Answer | null {
  const shape = house.shapes.find((one) => one.conversation === conversation)
  const decided = shape ? decide(shape, house.who(by)) : null
  return decided ? answered(house, by, decided) : null
}

/** Whether they have a part in each of these rooms or tickets, or watch. */
function knowsBoth(shape: Shape, who: Who, things: readonly string[]): boolean {
  return things.every((thing) => {
    const rooms = [...shape.interactions.values()].filter(({ id, ticket }) => id === thing || ticket === thing)
    return watches(who) || rooms.some(({ id }) => mayDoAt(shape, who, 'read', id).ok)
  })
}

const mayWork = (house: RulesHouse, person: string) => !['responder', null].includes(house.who(person).role)

/** Whom nobody can name: no colleague, nor who asks on the ticket, whose address somebody may know. */
function isNobody(house: RulesHouse, shape: Shape, room: string, person: string): boolean {
  const ticketOf = (interaction: string) => shape.interactions.get(interaction)?.ticket
  const asks = shape.participants.some(
    (place) => place.person === person && place.role === 'initiator' && ticketOf(place.interaction) === ticketOf(room),
  )
  return house.who(person).role === null && !asks
}

function inShape(
  house: RulesHouse,
  by: string,
  room: string,
  decide: (shape: Shape, who: Who) => Decided | null,
): Answer | null {
  const shape = house.in(room)
  const decided = shape ? decide(shape, house.who(by)) : null
  return decided ? answered(house, by, decided) : null
}

function answered(house: RulesHouse, by: string, decided: { ok: false } | { ok: true; changes: readonly Change[] }) {
  if (!decided.ok) return null
  const { changes } = decided
  const ticket = changes.find((change) => change.kind === 'open-ticket')
  const room = changes.find((change) => change.kind === 'open-interaction' && change.as !== 'intake')
  return house.done(by, changes, {
    ...{ joined: joinedBy(house, changes), closed: closedBy(changes) },
    ...(room?.kind === 'open-interaction' ? { room: room.interaction } : {}),
    ...(ticket?.kind === 'open-ticket' ? { ticket: ticket.ticket, intake: ticket.intake } : {}),
  })
}

const closedBy = (changes: readonly Change[]): string[] =>
  changes.flatMap((one) =>
    one.kind === 'state' && one.is === 'closed' && 'interaction' in one.of ? [one.of.interaction] : [],
  )

function joinedBy(house: RulesHouse, changes: readonly Change[]): string[] {
  const places = new Map(house.shapes.flatMap(({ participants }) => participants.map(({ id, person }) => [id, person])))
  return changes.flatMap((change) => {
    if (change.kind === 'join') return [change.person]
    // Who only watched comes in by that alone.
    const isSeat = change.kind === 'field' && change.field === 'role' && 'place' in change.of
    const place = change.kind === 'return' ? change.place : isSeat ? change.of.place : null
    return place === null ? [] : [places.get(place) ?? '']
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
