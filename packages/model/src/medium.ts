/** Where a person can be reached. */
export const media = ['web', 'email', 'sms', 'mms', 'xmpp', 'sip', 'push', 'api'] as const
export type Medium = (typeof media)[number]

/** An address of a person on a medium, as that medium writes it: `bo@example.org`, `+47…`, `bo@jabber.example`. */
export interface MediumAddress {
  medium: Medium
  value: string
}
