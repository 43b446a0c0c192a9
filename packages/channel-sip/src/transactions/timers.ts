/** Milliseconds (RFC 3261 §17.1.1.1, table 4). Tests shorten them; nothing else should. */
export interface SipTimers {
  /** An estimate of the way there and back. */
  readonly t1: number
  /** The longest pause between two repetitions. */
  readonly t2: number
  /** How long a datagram may wander about. */
  readonly t4: number
}

export const usualTimers: SipTimers = { t1: 500, t2: 4_000, t4: 5_000 }
