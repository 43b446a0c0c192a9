export const media = ['email', 'sms', 'xmpp', 'sip'] as const
export type BenchMedium = (typeof media)[number]

/** Who carries it: Parley whole; its channel alone, before a server that forgets; the library that the channel is built on, or would be. */
export const carriers = ['parley', 'channel', 'library'] as const
export type Carrier = (typeof carriers)[number]

/** What a process that carries is started with. */
export interface CarrierGiven {
  readonly carrier: Carrier
  readonly medium: BenchMedium
  readonly connectionString: string
  readonly people: number
  /** Where the peer listens, and what it wants to hear first. */
  readonly peer: { readonly port: number; readonly user: string; readonly password: string }
}

export interface CarrierFacts {
  /** Where the peer brings what people say; null where it uses the connection that the carrier has opened. */
  readonly port: number | null
}

export const domain = 'relay.test'
export const atOnce = 16

/** The addresses of people on a medium. */
export function personOn(medium: BenchMedium, index: number): string {
  if (medium === 'sms') return `+47406${String(10_000 + index)}`
  return medium === 'sip' ? `sip:p${index}@people.test` : `p${index}@people.test`
}

/** The address of ours that a carrier without a server has for a person. */
export function oursFor(medium: BenchMedium, index: number): string {
  if (medium === 'sms') return ownNumber
  return `${tokenOf(index)}@${domain}`
}

export const ownNumber = '+4759440001'

export function tokenOf(index: number): string {
  const digits = [...String(index)].map((digit) => 'abcdefghij'[Number(digit)]).join('')
  return digits.padStart(26, 'z')
}
