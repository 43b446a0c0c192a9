import type { Medium } from '@parley/model'

/** The house, and what each may do in it. */
export const roles = {
  bo: 'responder',
  cleo: 'responder',
  dag: 'responder',
  edda: 'responder',
  gus: 'responder',
  olga: 'operator',
  otto: 'operator',
  sue: 'supervisor',
  ada: 'administrator',
} as const

/** As the house has them in its books: nobody outside is told. */
export const realNameOf = (name: string): string => `Really ${name}`

/** What they are called to those who may know of them: hidden from all others. */
export const aliasOf = (name: string): string => `Alias ${name}`

/** They answer over these; the others at the desk. Gus is a program. */
export const outside: Readonly<Record<string, { readonly medium: Medium; readonly address: string }>> = {
  bo: { medium: 'email', address: 'bo@people.test' },
  cleo: { medium: 'sms', address: '+4790055502' },
  dag: { medium: 'sip', address: 'sip:dag@phones.test' },
  edda: { medium: 'xmpp', address: 'edda@jabber.test' },
  gus: { medium: 'api', address: 'program-of-gus' },
}

/** Who answers by mail may sign in as well. */
export const isAtADesk = (name: string): boolean => outside[name] === undefined || outside[name].medium === 'email'

export const mailOf = (name: string): string => `${name}@people.test`

/** How somebody is known to those who write to them: nobody else ever learns any of it. */
export const addressesOf = (name: string, programUrl?: string): string[] => {
  const own = outside[name]
  if (own?.medium === 'api') return programUrl ? [programUrl] : [own.address]
  return own === undefined ? [mailOf(name)] : [...new Set([mailOf(name), own.address.replace(/^(sip:|\+)/, '')])]
}

/** In which our addresses are. */
export const domains = { mail: 'relay.test', sip: 'sip.relay.test', xmpp: 'chat.relay.test' }
