/** The addresses of ours on one relay domain, made and read in one place. All of them are compared in lower case: some systems fold local parts. */
export interface RelayAddresses {
  /** Where answers to this token go. */
  reply(token: string): string
  /** The envelope sender of a delivery, so that a bounce names it (variable envelope return path). */
  bounce(reference: string): string
  messageId(reference: string): string
  /** Sender of what nobody can answer. */
  readonly noReply: string
  /** What an address at the edge stands for. */
  recognise(address: string): RecognisedAddress
  /** Could only be ours, whoever asks: people may have addresses at the same domain, and those are not. */
  isOwn(address: string): boolean
  /** Our reference in a Message-ID that we minted, or null. */
  referenceIn(messageId: string): string | null
}

export type RecognisedAddress =
  | { kind: 'relay'; address: string }
  | { kind: 'bounce'; reference: string }
  | { kind: 'no-reply' }
  | { kind: 'elsewhere' }

// RFC 5321 §4.5.3.1.1: a local part has at most 64 octets, of which `bounce+` takes seven.
const referenceShape = /^[a-z0-9][a-z0-9._-]{0,56}$/
// Base32 of 96 bits or more: no person's name looks like it.
const mintedShape = /^[a-z2-7]{20,64}$/
const tokenShape = /^[a-z0-9][a-z0-9._-]{0,63}$/

export function relayAddresses(relayDomain: string): RelayAddresses {
  const domain = relayDomain.toLowerCase()
  const noReply = `no-reply@${domain}`
  return {
    noReply,
    reply: (token) => `${checked(token, tokenShape, 'relay token')}@${domain}`,
    bounce: (reference) => `bounce+${checked(reference, referenceShape, 'reference')}@${domain}`,
    messageId: (reference) => `<${checked(reference, referenceShape, 'reference')}@${domain}>`,
    recognise(address) {
      const lower = address.trim().toLowerCase()
      const at = lower.lastIndexOf('@')
      if (at < 1 || lower.slice(at + 1) !== domain) return { kind: 'elsewhere' }
      if (lower === noReply) return { kind: 'no-reply' }
      const local = lower.slice(0, at)
      if (!local.startsWith('bounce+')) return { kind: 'relay', address: lower }
      const reference = local.slice('bounce+'.length)
      return referenceShape.test(reference) ? { kind: 'bounce', reference } : { kind: 'elsewhere' }
    },
    isOwn(address) {
      const known = this.recognise(address)
      return known.kind === 'relay' ? mintedShape.test(known.address.split('@')[0] ?? '') : known.kind !== 'elsewhere'
    },
    referenceIn(messageId) {
      const [, local, host] = /^<?([^<>@\s]+)@([^<>@\s]+)>?$/.exec(messageId.trim().toLowerCase()) ?? []
      return host === domain && local && referenceShape.test(local) ? local : null
    },
  }
}

function checked(value: string, shape: RegExp, name: string): string {
  if (!shape.test(value))
    throw new Error(`A ${name} must be lower-case letters, digits, dots and hyphens, and fit a mail address`)
  return value
}
