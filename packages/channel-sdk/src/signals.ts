/** Hints that pass by the road: they are never stored, may be lost, and betray nobody who may not be seen. */

export interface InboundTyping {
  /** The address of ours that is written to. */
  to: string
  /** The writer's address, as `Inbound.from.address`. */
  from: string
  isTyping: boolean
}

export interface OutboundTyping {
  /** The reader's address. */
  to: string
  /** The token of the place in which somebody types; the channel makes its address from it as for a message. */
  token: string
  isTyping: boolean
}

export interface InboundPresence {
  /** The address whose program came or went. */
  address: string
  isThere: boolean
}
