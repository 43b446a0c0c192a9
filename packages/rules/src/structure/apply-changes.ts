import type { Change, Thing } from './changes.ts'
import type { Encryption, InteractionShape, LetsSee, PlaceShape, Right, Shape, TicketShape } from './shape.ts'
import { withoutWithdrawn } from './without-withdrawn.ts'

/**
 * The structures as they are once these changes are made. Conversations, tickets and interactions that a change names must be among them;
 * what stands in none of them is left out. Says nothing of rows, addresses or fields: those are the server's.
 */
export function applyChanges(shapes: readonly Shape[], changes: readonly Change[]): Shape[] {
  let now = shapes.map(toDraft)
  for (const change of changes) now = applyOne(now, change)
  return now.map(toShape)
}

interface Draft {
  conversation: string
  kind: Shape['kind']
  visitor: string
  state: Shape['state']
  teams: readonly string[]
  letsSee: LetsSee | null
  encryption: Encryption
  tickets: TicketShape[]
  interactions: InteractionShape[]
  participants: PlaceShape[]
  rights: Right[]
  last: Map<string, number>
}

function toDraft(shape: Shape): Draft {
  const { conversation, kind, visitor, state, tickets, interactions, participants, rights, lastPositions } = shape
  const { teams = [], letsSee = null, encryption = 'none' } = shape
  return {
    ...{ conversation, kind, visitor, state, teams, letsSee, encryption },
    tickets: [...tickets],
    interactions: [...interactions.values()],
    participants: [...participants],
    rights: [...rights],
    last: new Map(lastPositions),
  }
}

function toShape({ last, interactions, ...draft }: Draft): Shape {
  const byId = new Map(interactions.map((one) => [one.id, one]))
  return { ...draft, interactions: byId, spans: spansOfRights(draft.rights, byId), lastPositions: last }
}

/** What rights come to, by person: without what was withdrawn. */
export function spansOfRights<R extends Right>(
  rights: readonly R[],
  interactions: ReadonlyMap<string, Pick<InteractionShape, 'withdrawn'>>,
): Map<string, R[]> {
  const spans = new Map<string, R[]>()
  for (const right of rights) {
    const own = spans.get(right.person) ?? []
    own.push(...withoutWithdrawn(right, interactions.get(right.interaction)?.withdrawn ?? []))
    spans.set(right.person, own)
  }
  return spans
}

function applyOne(drafts: Draft[], change: Change): Draft[] {
  switch (change.kind) {
    case 'open-ticket': {
      const { ticket, intake, parent, like } = change
      const { tickets } = at(drafts, change)
      const { encryption = 'none' } = tickets.find(({ id }) => id === like) ?? {}
      tickets.push({ id: ticket, intake, state: 'open', parent, mergedInto: null, encryption })
      return drafts
    }
    case 'open-interaction': {
      const { interaction, ticket, parent, as, purpose } = change
      const draft = at(drafts, change)
      draft.interactions.push({
        ...{ id: interaction, ticket, parent, kind: as, purpose },
        ...{ state: 'open', mergedInto: null, withdrawn: [] },
        encryption: change.sealed ? 'sealed' : 'none',
      })
      draft.last.set(interaction, 0)
      return drafts
    }
    case 'join': {
      const { place, interaction, person, role, manages } = change
      at(drafts, change).participants.push({ id: place, interaction, person, role, manages, left: false })
      return drafts
    }
    case 'leave':
    case 'return':
      for (const draft of drafts) {
        draft.participants = replace(draft.participants, change.place, { left: change.kind === 'leave' })
      }
      return drafts
    case 'give': {
      const { right, interaction, person, from, to, basis, by, under = null } = change
      at(drafts, change).rights.push({ id: right, interaction, person, from, to, basis, by, under })
      return drafts
    }
    case 'end':
      for (const draft of drafts) draft.rights = replace(draft.rights, change.right, { to: change.is })
      return drafts
    case 'state':
      for (const draft of drafts) setState(draft, change.of, change.is)
      return drafts
    case 'merged':
      for (const draft of drafts) {
        if ('ticket' in change.of) draft.tickets = replace(draft.tickets, change.of.ticket, { mergedInto: change.is })
        if ('interaction' in change.of) {
          draft.interactions = replace(draft.interactions, change.of.interaction, { mergedInto: change.is })
        }
      }
      return drafts
    case 'move-interaction':
      for (const draft of drafts) {
        draft.interactions = replace(draft.interactions, change.interaction, { ticket: change.to })
      }
      return drafts
    case 'move-ticket':
      moveTicket(drafts, change)
      return drafts
    case 'place': {
      const draft = at(drafts, change)
      draft.last.set(change.interaction, Math.max(draft.last.get(change.interaction) ?? 0, change.position))
      return drafts
    }
    case 'withdraw':
      for (const draft of drafts) {
        draft.interactions = draft.interactions.map((one) =>
          one.id === change.interaction ? { ...one, withdrawn: [...one.withdrawn, change.position] } : one,
        )
      }
      return drafts
    case 'become': {
      const { places = [], rights = [], conversations = [], letting = [] } = change.rows
      for (const draft of drafts) {
        const { letsSee } = draft
        if (letsSee?.by === change.person && letting.includes(draft.conversation)) {
          draft.letsSee = { ...letsSee, by: change.is }
        }
        if (conversations.includes(draft.conversation)) draft.visitor = change.is
        for (const id of places) draft.participants = replace(draft.participants, id, { person: change.is })
        for (const id of rights) draft.rights = replace(draft.rights, id, { person: change.is })
      }
      return drafts
    }
    case 'field':
      for (const draft of drafts) {
        if (change.field === 'encryption') setEncryption(draft, change)
        else setTeams(draft, change)
      }
      if ('place' in change.of && (change.field === 'role' || change.field === 'manages')) {
        for (const draft of drafts) {
          draft.participants = replace(draft.participants, change.of.place, { [change.field]: change.is })
        }
      }
      return drafts
    case 'redirect':
    case 'link':
    case 'unlink':
      return drafts
  }
}

function at(drafts: readonly Draft[], { conversation }: { conversation: string }): Draft {
  const found = drafts.find((draft) => draft.conversation === conversation)
  if (!found) throw new Error('a change names a conversation that is not there')
  return found
}

function setState(draft: Draft, of: Thing, state: 'open' | 'pending' | 'closed'): void {
  if ('ticket' in of) draft.tickets = replace(draft.tickets, of.ticket, { state })
  // Only a ticket can be pending.
  else if (state === 'pending') return
  else if ('interaction' in of) draft.interactions = replace(draft.interactions, of.interaction, { state })
  else if ('conversation' in of && of.conversation === draft.conversation) draft.state = state
}

/** The fields of a conversation or an interaction that say who comes to read. */
function setTeams(draft: Draft, { of, field, is }: Extract<Change, { kind: 'field' }>): void {
  if ('conversation' in of && of.conversation === draft.conversation) {
    if (field === 'teams') draft.teams = is as readonly string[]
    if (field === 'lets_see') draft.letsSee = is as LetsSee | null
  } else if ('interaction' in of && field === 'teams') {
    draft.interactions = replace(draft.interactions, of.interaction, { teams: is as readonly string[] })
  }
}

function setEncryption(draft: Draft, { of, is }: Extract<Change, { kind: 'field' }>): void {
  const encryption = is as Encryption
  if ('interaction' in of) draft.interactions = replace(draft.interactions, of.interaction, { encryption })
  if ('ticket' in of) draft.tickets = replace(draft.tickets, of.ticket, { encryption })
  if ('conversation' in of && of.conversation === draft.conversation) draft.encryption = encryption
}

function moveTicket(drafts: readonly Draft[], { ticket, from, to }: Extract<Change, { kind: 'move-ticket' }>): void {
  const source = at(drafts, { conversation: from })
  const target = at(drafts, { conversation: to })
  const moved = new Set(source.interactions.flatMap((one) => (one.ticket === ticket ? [one.id] : [])))
  const [tickets, keptTickets] = part(source.tickets, ({ id }) => id === ticket)
  const [interactions, keptInteractions] = part(source.interactions, ({ id }) => moved.has(id))
  const [participants, keptParticipants] = part(source.participants, ({ interaction }) => moved.has(interaction))
  const [rights, keptRights] = part(source.rights, ({ interaction }) => moved.has(interaction))
  Object.assign(source, {
    tickets: keptTickets,
    interactions: keptInteractions,
    participants: keptParticipants,
    rights: keptRights,
  })
  target.tickets.push(...tickets)
  target.interactions.push(...interactions)
  target.participants.push(...participants)
  target.rights.push(...rights)
  for (const id of moved) {
    target.last.set(id, source.last.get(id) ?? 0)
    source.last.delete(id)
  }
}

function part<T>(all: readonly T[], test: (one: T) => boolean): [T[], T[]] {
  return [all.filter(test), all.filter((one) => !test(one))]
}

function replace<T extends { id: string }>(all: readonly T[], id: string, change: Partial<T>): T[] {
  return all.map((one) => (one.id === id ? { ...one, ...change } : one))
}
