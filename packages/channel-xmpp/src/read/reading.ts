import type { Said } from '@parley/model'
import type { Jid } from '../jid.ts'
import type { ErrorCondition, ErrorType } from './conditions.ts'

/** What a stanza says, by what it asks of us. `to` is one of our addresses, whether in use or not. */
export type Reading =
  | Message
  | { kind: 'typing'; from: Jid; to: Jid; isTyping: boolean }
  /** Of a message of ours: it arrived, or was shown. */
  | { kind: 'receipt'; from: Jid; to: Jid; of: string; state: 'delivered' | 'read' }
  /** A message of ours came back; `of` null where it does not say which. */
  | { kind: 'bounce'; from: Jid; to: Jid; of: string | null; type: ErrorType; condition: ErrorCondition }
  | { kind: 'presence'; from: Jid; to: Jid; what: PresenceKind }
  | { kind: 'query'; from: Jid; to: Jid; id: string; asks: QueryKind; node: string | null }
  /** An answer to a query of ours, or a query that is our own echo. */
  | { kind: 'answer'; id: string; from: Jid }
  /** Nothing that anybody waits for an answer to. */
  | { kind: 'ignored'; why: IgnoredBecause }
  /** Cannot be taken: the sender is told so by an error stanza. `text` is for a person. */
  | { kind: 'refused'; why: RefusedBecause; of: Refused; type: ErrorType; condition: ErrorCondition; text: string }

export interface Message {
  kind: 'message'
  from: Jid
  to: Jid
  /** The stanza's own id, which errors and receipts repeat; null when it has none. */
  id: string | null
  /** By which the sender's program knows the message again (XEP-0359), else `id`. */
  originId: string | null
  type: 'chat' | 'normal'
  wantsReceipt: boolean
  /** Another installation's notice. */
  isAutomatic: boolean
  said: Said
  /** Where files lie, to be fetched; at most `mostFiles`. */
  files: FileReference[]
  writtenAt: Date | null
  language: string | null
  title: string | null
}

export interface FileReference {
  url: string
  /** As the sender says; null when only the URL is known. */
  name: string | null
  type: string | null
}

export type PresenceKind = 'there' | 'gone' | 'subscribe' | 'unsubscribe' | 'probe'

export type QueryKind = 'ping' | 'version' | 'vcard' | 'info' | 'items' | 'unknown'

export type IgnoredBecause =
  | 'not-a-stanza'
  | 'headline'
  | 'carbon'
  | 'room'
  | 'nothing-to-read'
  | 'error-without-reference'
  | 'presence-without-meaning'

export type RefusedBecause = 'malformed' | 'room' | 'encrypted' | 'forwarded-only' | 'too-large' | 'too-deep'

/** What an error stanza has to repeat. */
export interface Refused {
  name: 'message' | 'presence' | 'iq'
  from: Jid
  to: string
  id: string | null
}
