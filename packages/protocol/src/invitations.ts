/** GET `/api/desk/invitations`: what you are asked into and may accept or decline (`answer-invitation`), newest first; and whom you have asked. */
export interface InvitationsView {
  open: PlaceInvitationView[]
  sent: SentInvitationView[]
}

/** What an invitation shows before it is accepted: what its inviter wrote into it, and nothing else of what it leads to. */
export interface PlaceInvitationView {
  id: string
  /** Who asks, as they are called there. */
  by: string
  site: string
  note: string
  /** `backchannel`: who asks the house does not see it. */
  kind: 'exchange' | 'backchannel'
  at: string
  /** It can be accepted until then. */
  until: string
}

export interface SentInvitationView {
  id: string
  conversation: string
  interaction: string
  /** Who was asked, as they are called where nothing else was chosen. */
  alias: string
  at: string
  until: string
  state: 'open' | 'accepted' | 'declined' | 'withdrawn' | 'expired'
}

/**
 * GET `/api/desk/colleagues?q=&team=`: who can be asked, added, whispered or handed to. `next`: pass it as `after` for more. Operators and above see
 * everyone, with name, role and load; whoever only answers sees those with whom they share a team, by alias and state, and finds them by alias.
 */
export interface ColleaguesView {
  colleagues: ColleagueView[]
  next: string | null
}
export interface ColleagueView {
  id: string
  alias: string
  /** Null too for whoever only answers. */
  name: string | null
  /** Left out for whoever only answers, as are `open` and `capacity`. */
  role?: 'responder' | 'operator' | 'supervisor' | 'administrator'
  /** `here`: a desk of theirs is open now. `away`: it is not, and they take questions. */
  state: 'here' | 'away' | 'paused'
  /** Open exchanges that they are in, and how many they want at most; null: no limit. */
  open?: number
  capacity?: number | null
  /** To whoever only answers, those that they are in themselves. */
  teams: string[]
}

/** GET `/api/desk/watch?after=` (supervisors and administrators): conversations that go on, the latest first, whether they are in them or not. */
export interface WatchPage {
  conversations: WatchedView[]
  next: string | null
}
export interface WatchedView {
  id: string
  site: string
  state: 'open' | 'closed'
  /** How its asker is called. */
  asker: string
  topic: string | null
  language: string
  hunt: 'not-begun' | 'looking' | 'found' | 'nobody'
  startedAt: string
  lastAt: string
  interactions: {
    id: string
    kind: 'intake' | 'exchange' | 'backchannel'
    state: 'open' | 'closed'
    /** Left out where it is none. */
    purpose?: 'whisper'
    parent: string | null
    people: { person: string; alias: string; role: 'initiator' | 'responder' | 'observer' | 'virtual' }[]
    /** Are you in it, or watching it? */
    you: 'member' | 'observer' | 'none'
  }[]
}
