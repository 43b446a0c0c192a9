/** Where a person can be reached. */
export const media = ['web', 'email', 'sms', 'mms', 'xmpp', 'sip', 'push', 'api'] as const
export type Medium = (typeof media)[number]

/** Media that only say that something waits, and where: nobody can answer there, and no words are carried on there. */
export const oneWayMedia: readonly Medium[] = ['push']

/** An address of a person on a medium, as that medium writes it: `bo@example.org`, `+47…`, `bo@jabber.example`. */
export interface MediumAddress {
  medium: Medium
  value: string
}
