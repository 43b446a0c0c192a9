/** One PDU of SMPP 3.4, with its numbers as they stand on the wire. */
export interface Pdu {
  command: number
  status: number
  sequence: number
  body: Body
}

export type Body =
  | { kind: 'bind'; bind: Bind }
  /** submit_sm and deliver_sm, which are laid out alike, and data_sm, which has fewer fields. */
  | { kind: 'message'; message: MessageFields }
  /** What answers a bind (the name of the system) or a message (its id there), with what else came. */
  | { kind: 'answer'; id: string; optional: Optional }
  | { kind: 'empty' }
  /** A command that is not read here. */
  | { kind: 'unread' }

export interface Bind {
  systemId: string
  password: string
  systemType: string
  addressRange: string
}

export interface WireAddress {
  /** Type of number and numbering plan, §5.2.5 and .6. */
  ton: number
  npi: number
  value: string
}

export interface MessageFields {
  serviceType: string
  source: WireAddress
  destination: WireAddress
  /** §5.2.12. */
  esmClass: number
  registeredDelivery: number
  dataCoding: number
  /** As it came, before any alphabet; empty where the text stands in message_payload. */
  shortMessage: Uint8Array
  optional: Optional
}

/** Optional parameters by their tags; of a tag that came twice, the first. */
export type Optional = ReadonlyMap<number, Uint8Array>

/** Nothing that is said here is longer: a message_payload of 64 kB with its fields. */
export const longestPdu = 70_000
export const headerLength = 16
