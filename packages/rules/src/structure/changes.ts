import type { SpanBasis } from '../point-of-view.ts'
import type { InteractionShape, PlaceRole } from './shape.ts'

/**
 * What an operation does to a structure, one row's worth each. An operation decides (pure, on a `Shape`) and gives changes; they are
 * applied to rows by the server (`writeChanges`), to a shape in memory by `applyChanges`, and turned round by `undoChanges`. Each carries
 * what it replaces, so that it can be undone.
 */
export type Change =
  | {
      readonly kind: 'open-ticket'
      readonly conversation: string
      readonly ticket: string
      readonly intake: string
      readonly parent: string | null
      /** What it is about and how people are let in are taken over from this one. */
      readonly like: string | null
      readonly name: string | null
    }
  | {
      readonly kind: 'open-interaction'
      readonly conversation: string
      readonly interaction: string
      readonly ticket: string
      readonly parent: string | null
      readonly as: InteractionShape['kind']
      readonly purpose: InteractionShape['purpose']
      readonly name: string | null
      readonly category: string | null
      /** From its beginning, as what it was opened from is. */
      readonly sealed?: true
    }
  | { readonly kind: 'state'; readonly of: Thing; readonly was: State; readonly is: State }
  | {
      readonly kind: 'join'
      readonly place: string
      readonly conversation: string
      readonly interaction: string
      readonly person: string
      readonly role: PlaceRole
      readonly manages: boolean
      readonly by: string | null
      /** Null: as the person is called elsewhere in the ticket, else chosen for them. */
      readonly alias: string | null
      readonly face: string | null
      /** Over what they came in; null: chosen for them. */
      readonly via: { readonly medium: string; readonly address: string | null } | null
    }
  | { readonly kind: 'leave'; readonly place: string; readonly because: string | null }
  | { readonly kind: 'return'; readonly place: string }
  | {
      readonly kind: 'give'
      readonly right: string
      readonly conversation: string
      readonly interaction: string
      readonly person: string
      readonly from: number
      readonly to: number | null
      readonly basis: SpanBasis
      readonly by: string | null
      /** `let-see`, or the team that was let in: what it ends with. */
      readonly under?: string
    }
  /** `is` below its `from`: it gives nothing any more. */
  | { readonly kind: 'end'; readonly right: string; readonly was: number | null; readonly is: number | null }
  | { readonly kind: 'move-ticket'; readonly ticket: string; readonly from: string; readonly to: string }
  | { readonly kind: 'move-interaction'; readonly interaction: string; readonly from: string; readonly to: string }
  /** What was merged, and into what: conversations, tickets, interactions. */
  | { readonly kind: 'merged'; readonly of: Thing; readonly was: string | null; readonly is: string | null }
  /** A message that stands elsewhere is placed here besides. */
  | {
      readonly kind: 'place'
      readonly conversation: string
      readonly interaction: string
      readonly position: number
      readonly message: string
      readonly by: string
    }
  | { readonly kind: 'withdraw'; readonly interaction: string; readonly position: number }
  /** Addresses of one place lead to another from now on; null: to itself. */
  | { readonly kind: 'redirect'; readonly place: string; readonly was: string | null; readonly is: string | null }
  /** One person's places, rights, addresses and keys are another's: they are one. Rows are named, so that they can go back. */
  | {
      readonly kind: 'become'
      readonly person: string
      readonly is: string
      readonly rows: Readonly<Record<string, readonly string[]>>
    }
  | { readonly kind: 'field'; readonly of: Thing; readonly field: string; readonly was: unknown; readonly is: unknown }
  | { readonly kind: 'link' | 'unlink'; readonly a: Thing; readonly b: Thing; readonly by: string }

export type Thing =
  | { readonly conversation: string }
  | { readonly ticket: string }
  | { readonly interaction: string }
  | { readonly place: string }

/** What an encryption can be named on: a whole, a part of it, or one thing that was said. */
export type Sealable = Exclude<Thing, { place: string }> | { readonly message: string }

export type State = 'open' | 'pending' | 'closed'
