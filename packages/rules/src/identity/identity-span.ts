export type IdentityKind = 'known' | 'email' | 'url' | 'iban' | 'card' | 'ip' | 'phone' | 'handle'

/** A stretch of the plain text that identifies somebody, and what it stands for, in one form (`joe@example.com`, `+49301234567`). */
export type IdentitySpan = {
  readonly from: number
  readonly to: number
  readonly kind: IdentityKind
  readonly value: string
}
