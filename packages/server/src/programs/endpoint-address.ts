import type { PersonId } from '@parley/model'

/** A program's endpoint as an address: its URL, and behind the `#`, which never leaves us, whose it is and what signs. */
export interface EndpointAddress {
  readonly url: string
  readonly program: PersonId
  readonly secretNumber: number
  /** Until then the secret before signs too. */
  readonly oldSecretUntil: Date | null
  /** Whom the program speaks for there, by its own name for them; null for itself. */
  readonly outside: string | null
}

export function writeEndpoint({ url, program, secretNumber, oldSecretUntil, outside }: EndpointAddress): {
  value: string
  key: string
} {
  const facts = new URLSearchParams({ program, secret: String(secretNumber) })
  if (oldSecretUntil) facts.set('until', String(Math.floor(oldSecretUntil.getTime() / 1000)))
  if (outside !== null) facts.set('for', outside)
  return { value: `${url}#${facts}`, key: `${program}.${secretNumber}` }
}

/** The URL alone, as people know it. */
export const urlOf = (value: string): string => value.slice(0, value.indexOf('#'))
