export type Outcome =
  /** The peer took responsibility. `providerIds`: its own ids for the parts it took, by which it will report (`DeliveryReport.of`); kept by the server. */
  | { status: 'sent'; providerIds?: readonly string[] }
  /** Certainly not delivered; worth trying again, not before `afterMs` when given. */
  | { status: 'retry'; reason: string; afterMs?: number }
  /** Certainly not delivered, and never will be. */
  | { status: 'rejected'; reason: string; scope: 'address' | 'message' }
  /** May or may not have been taken (the connection broke after the body and before the answer). */
  | { status: 'unknown'; reason: string }

export type Health =
  | { state: 'up' }
  | { state: 'starting' }
  /** Well, and another process holds the one connection that the peer allows: deliveries are left to that process. */
  | { state: 'standby' }
  /** Works in part, or reconnects: what an operator should know, and since when. */
  | { state: 'degraded' | 'down'; reason: string; since: Date }

/** What became of a delivery after it was handed over. */
export interface DeliveryReport {
  /** `reference`: ours, as given in `OutboundDelivery.reference`, where the medium brings it back. Else the peer's id from an earlier `sent`; a delivery in several parts is delivered when all of them are. */
  of: { reference: string } | { providerId: string }
  state: 'delivered' | 'read' | 'failed'
  /** For `failed`: whether the address itself is bad, or only this message. */
  scope?: 'address' | 'message'
  reason?: string
}
