/** One line of a history, in the words of the laws. `by` does it; everything else is named by its id. */
export type Command = { readonly by: string } & (
  | { readonly op: 'say'; readonly rooms: readonly string[]; readonly message: string; readonly sealed?: true }
  | { readonly op: 'add'; readonly room: string; readonly people: readonly string[]; readonly history: History }
  | { readonly op: 'invite'; readonly room: string; readonly people: readonly string[]; readonly history: History }
  | { readonly op: 'answer-invitation'; readonly invitation: string; readonly accept: boolean }
  | { readonly op: 'withdraw-invitation'; readonly invitation: string }
  | { readonly op: 'leave'; readonly room: string }
  | { readonly op: 'remove'; readonly room: string; readonly person: string }
  | {
      readonly op: 'open-backchannel'
      readonly room: string
      readonly people: readonly string[]
      readonly history: History
    }
  | { readonly op: 'whisper'; readonly room: string; readonly message: string }
  | { readonly op: 'set-role'; readonly room: string; readonly person: string; readonly role: 'answering' | 'observer' }
  | { readonly op: 'observe'; readonly room: string; readonly history: 'none' | 'all' }
  | { readonly op: 'grant'; readonly room: string; readonly person: string; readonly history: 'none' | 'all' | Part }
  | { readonly op: 'revoke'; readonly room: string; readonly person: string }
  | { readonly op: 'let-see'; readonly conversation: string; readonly on: boolean; readonly history: 'none' | 'all' }
  | {
      readonly op: 'let-team-in'
      readonly conversation: string
      readonly team: string
      readonly history: 'none' | 'all'
    }
  | { readonly op: 'let-team-out'; readonly conversation: string; readonly team: string }
  | { readonly op: 'team-change'; readonly team: string; readonly person: string; readonly in: boolean }
  | { readonly op: 'transfer'; readonly ticket: string; readonly people: readonly string[] }
  | {
      readonly op: 'merge'
      readonly what: What
      readonly into: string
      readonly from: string
      readonly samePerson: boolean
    }
  | { readonly op: 'split'; readonly ticket: string; readonly rooms: readonly string[] }
  | {
      readonly op: 'split-messages'
      readonly ticket: string
      readonly room: string
      readonly messages: readonly string[]
      readonly people: readonly string[]
    }
  | { readonly op: 'copy'; readonly from: string; readonly to: string; readonly messages: readonly string[] }
  | { readonly op: 'link'; readonly a: string; readonly b: string }
  | { readonly op: 'file'; readonly room: string; readonly message: string }
  | { readonly op: 'close' | 'reopen'; readonly what: What; readonly thing: string }
  | { readonly op: 'seal'; readonly what: What | 'message'; readonly thing: string }
  | { readonly op: 'erase'; readonly conversation: string }
  | { readonly op: 'erase-person'; readonly person: string }
  | { readonly op: 'rename'; readonly room: string; readonly person: string; readonly alias: string }
  | {
      readonly op: 'set-fields'
      readonly what: What
      readonly thing: string
      readonly field: Field
      readonly value: string
    }
  | { readonly op: 'set-face'; readonly room: string; readonly person: string; readonly face: string | null }
  | { readonly op: 'undo'; readonly operation: string }
)
export type What = 'conversation' | 'ticket' | 'room'
export type Field = 'name' | 'category' | 'tags' | 'folder'
export type History = 'none' | 'all' | { readonly from: number }
/** By the numbers of whoever gives it. */
export interface Part {
  readonly from: number
  readonly to: number
}

/** What was answered: ids of what is new, and what was chosen where the laws leave a choice. */
export interface Answer {
  readonly operation?: string
  readonly conversation?: string
  readonly ticket?: string
  readonly room?: string
  /** What a new ticket opens with, where nothing is said. */
  readonly intake?: string
  /** By person. */
  readonly invitations?: ReadonlyMap<string, string>
  /** Who came in by it. */
  readonly joined?: readonly string[]
  /** In what an exchange began that somebody new has, and which ended with those whom it was taken from. */
  readonly closed?: readonly string[]
  /** Who it was taken from. */
  readonly taken?: readonly { readonly room: string; readonly person: string }[]
  readonly messages?: readonly string[]
}

/** A message at its place. Positions are the index, and only grow. */
export interface Slot {
  readonly message: string
  /** It was said elsewhere, and stands here besides. */
  readonly besides: boolean
  withdrawn: boolean
}
/** What one person has been given of one room: these slots and, while it is open, whatever comes. */
export interface Claim {
  person: string
  readonly room: Room
  readonly basis: 'member' | 'grant' | 'observer' | 'rule'
  readonly by: string | null
  /** What it hangs on, and ends with. */
  readonly why: string
  readonly slots: Set<Slot>
  open: boolean
}
export interface Seat {
  person: string
  role: 'asking' | 'answering' | 'observer'
  readonly manages: boolean
  here: boolean
  /** What they are called here, where somebody said so. */
  alias: string | null
  /** Behind which they stand as one with others, where they do. */
  face: string | null
  readonly joined: number
  left: number | null
}
export interface Room {
  readonly id: string
  ticket: string
  readonly parent: string | null
  readonly kind: 'intake' | 'exchange' | 'backchannel'
  readonly whisperer: string | null
  closed: boolean
  /** What it was merged into. */
  goesOnIn: string | null
  erased: boolean
  readonly slots: Slot[]
  /** Let in while it stood open. */
  readonly teams: Set<string>
  seats: Seat[]
}
export interface Ticket {
  readonly id: string
  readonly intake: string
  /** What it was split from. */
  readonly parent: string | null
  conversation: string
  closed: boolean
}
export interface Conversation {
  readonly id: string
  visitor: string
  closed: boolean
  mergedInto: string | null
  letsSee: { readonly by: string; readonly history: 'none' | 'all' } | null
}
export interface Invitation {
  readonly room: string
  readonly person: string
  readonly by: string
  readonly history: History
  /** What the history is of: the room, or the one that it was opened from. */
  readonly historyOf: string
  open: boolean
}
export type Role = 'visitor' | 'responder' | 'operator' | 'supervisor' | 'administrator'

/** Everything that is, when it is (steps, counted), and the ways back of everything that was done. */
export interface World {
  now: number
  /** What the house writes beside conversations, tickets and rooms. */
  readonly fields: Map<string, Map<Field, string>>
  /** What the house tells of that to who asks, and to who only answers. */
  tells: Readonly<Record<'visitor' | 'responder', readonly (Field | 'tickets' | 'links')[]>>
  /** From which the house chooses. */
  categories: readonly string[]
  /** Conversations, tickets, rooms and messages that are sealed. */
  readonly sealed: Set<string>
  /** Which rooms are linked with which. */
  readonly links: Set<readonly [string, string]>
  readonly roles: Map<string, Role>
  readonly teams: Map<string, Set<string>>
  readonly conversations: Map<string, Conversation>
  readonly tickets: Map<string, Ticket>
  readonly rooms: Map<string, Room>
  readonly authors: Map<string, string>
  claims: Claim[]
  readonly invitations: Map<string, Invitation>
  readonly done: Map<string, Deed>
  /** People who were erased, and what they said. */
  readonly gone: Set<string>
  readonly unsaid: Set<string>
  /** What was said where it was sealed, or said so: it never was open. */
  readonly hushed: Set<string>
  /** Rooms in which those who answer were let see each other when what is being undone began to go back. */
  letSeeAtUndo: ReadonlySet<Room>
  /** Who works in the house and can be done without. */
  readonly spare: Set<string>
}
/** What was done, what it was about, and the ways back. */
interface Deed {
  readonly by: string
  readonly rooms: readonly Room[]
  readonly back: (() => unknown)[]
  undone: boolean
  readonly final: boolean
}

export const emptyWorld = (): World => ({
  ...{ roles: new Map(), teams: new Map(), conversations: new Map(), tickets: new Map(), rooms: new Map() },
  ...{ authors: new Map(), claims: [], invitations: new Map(), done: new Map() },
  ...{
    gone: new Set<string>(),
    unsaid: new Set<string>(),
    hushed: new Set<string>(),
    spare: new Set<string>(),
    letSeeAtUndo: new Set<Room>(),
    sealed: new Set<string>(),
    now: 0,
    fields: new Map(),
    tells: { visitor: [], responder: [] },
    categories: [],
    links: new Set(),
  },
})

export const homeOf = (world: World, room: Room): string => get(world.tickets, room.ticket).conversation

/** The slots of a room that somebody may read, in order. */
export function reads(world: World, person: string, room: Room): Slot[] {
  if (room.erased || world.gone.has(person)) return []
  const claims = world.claims.filter((claim) => claim.person === person && claim.room === room)
  return room.slots.filter((slot) => !slot.withdrawn && claims.some(({ slots }) => slots.has(slot)))
}

/** Whether somebody knows of a room at all: they read something of it, or would read what comes. */
export function knows(world: World, person: string, room: Room): boolean {
  if (room.erased || world.gone.has(person)) return false
  const open = world.claims.some((claim) => claim.person === person && claim.room === room && claim.open)
  return open || reads(world, person, room).length > 0
}

/** A conversation that was merged is what it became. */
export function becameOf(world: World, id: string): string {
  const into = world.conversations.get(id)?.mergedInto
  return into ? becameOf(world, into) : id
}

/** An interaction that was merged goes on in another, however often. */
export function goesOn(world: World, id: string): Room {
  const room = get(world.rooms, id)
  return room.goesOnIn === null ? room : goesOn(world, room.goesOnIn)
}

/** Are those who answer let see each other there, or in what was merged into it? */
export function isLetSee(world: World, home: string): boolean {
  const isGiven = (claim: Claim) => claim.open && claim.why === 'let-see' && homeOf(world, claim.room) === home
  return get(world.conversations, home).letsSee !== null || world.claims.some(isGiven)
}

export function get<T>(map: ReadonlyMap<string, T>, id: string): T {
  const found = map.get(id)
  if (found === undefined) throw new Error(`the model knows no ${id}`)
  return found
}
