/** One message, offer or notice on its way to one person. Nothing in it identifies the other side. */
export interface OutboundDelivery {
  /** Stands for this delivery on the medium (Message-ID, VERP, receipt id): random, the same on every attempt, tells nothing. */
  reference: string
  /** The person's address. */
  to: string
  /** Where an answer goes; null for a notice that nobody can answer. */
  relay: OutboundRelay | null
  /** The address of ours to send from where `abilities.addresses` is `pooled` and `relay` is null; left out where the account has none. */
  own?: string
  kind: 'message' | 'offer' | 'notice'
  language: string
  content: Content
  attachments: OutboundAttachment[]
  thread: Thread
  /** An earlier attempt may have arrived: mark it where the medium can. */
  maybeTwice: boolean
}

/** The address of ours that stands for the reader's place: what an answer is written to. */
export interface OutboundRelay {
  /** 26 characters of lower-case base32, for media with an address per place. */
  token: string
  /** Who speaks from there, as the reader may see it. */
  alias: string
  /** Where `abilities.addresses` is `pooled`, and only there. */
  pooled?: PooledRelay
}

export interface PooledRelay {
  /** The address of ours to send from. */
  own: string
  /** Where `own` stands for several places of this reader: a short word to set before the text; an answer begins with it. Else null. */
  tag: string | null
}

/** Holds one exchange together in the reader's program. `references` are earlier `reference`s to the same person, oldest first; none for media of style `lines`, which show a thread by themselves. */
export interface Thread {
  subject: string
  references: string[]
}

/** What is to be said, before a medium gives it its form: short media take `blocks` of kind text and link only. */
export interface Content {
  blocks: Block[]
}

export type Block =
  /** Someone's words. `by` is an alias; null on a medium or in a thread where it is plain who speaks. */
  | { kind: 'said'; by: string | null; text: string; at: Date | null }
  /** A line of the house: why you get this, what a reply does. */
  | { kind: 'note'; text: string }
  /** What was said before, oldest first; shown folded or quoted where the medium can. */
  | { kind: 'earlier'; title: string; entries: { by: string; text: string; at: Date }[] }
  | { kind: 'link'; label: string; url: string }
  /** A code to type, set apart. */
  | { kind: 'code'; label: string; code: string }

export interface OutboundAttachment {
  name: string
  type: string
  /** In bytes, as `open` gives them. */
  size: number
  open(): AsyncIterable<Uint8Array>
  /** A page of ours that shows and gives the file, to whoever has the address, until it expires. For media that carry links only. */
  url: string
}
