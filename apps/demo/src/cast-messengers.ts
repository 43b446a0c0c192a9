import type { CastPhone } from './cast-phones.ts'

/** The domain of the messengers' owners: a server on this machine that speaks with no other. */
export const messengerDomain = 'messenger.example'

/** The domain of Parley's own addresses there. */
export const chatDomain = 'chat.example'

/** Anybody with a messenger may write to it. */
export const shopJid = `help@${chatDomain}`

/** Messengers of the demo; what a phone has for a number is a JID here. */
export const castMessengers: readonly CastPhone[] = [
  {
    id: 'gus',
    name: 'Gus Petrosyan',
    alias: 'Sorrel',
    number: `gus@${messengerDomain}`,
    topics: ['orders'],
    languages: ['en'],
  },
  {
    id: 'anas-messenger',
    name: 'Ana Ferreira',
    alias: null,
    number: `ana@${messengerDomain}`,
    topics: [],
    languages: ['en', 'pt'],
  },
]

export const isMessenger = ({ number }: CastPhone): boolean => number.includes('@')
