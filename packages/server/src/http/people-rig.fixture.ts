import type { CreatedAccount } from '../accounts/index.ts'
import { type LinkRig, startLinkRig } from './link/link-rig.fixture.ts'

export interface Answer<T> {
  readonly status: number
  readonly body: T & { reason?: string }
}

export interface PeopleRig extends LinkRig {
  /** A responder's browser, signed in. */
  atDesk(responder: CreatedAccount['responders'][number] | undefined, email: string): Promise<DeskCaller>
  /** A browser that follows a one-time link. */
  byLink(link: string): Promise<DeskCaller>
  ask<T>(method: string, path: string, body?: unknown): Promise<Answer<T>>
}

export type DeskCaller = <T>(method: string, path: string, body?: unknown, origin?: string) => Promise<Answer<T>>

/** A server with its mail in memory, and whoever works at its desk as a program. */
export async function startPeopleRig(options: Parameters<typeof startLinkRig>[0] = {}): Promise<PeopleRig> {
  const rig = await startLinkRig(options)
  const { parley } = rig
  const caller =
    (cookie: string): DeskCaller =>
    async <T>(method: string, path: string, body?: unknown, origin = parley.url) => {
      const response = await fetch(`${parley.url}${path}`, {
        method,
        headers: { cookie, origin, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      return { status: response.status, body: (await response.json()) as T & { reason?: string } }
    }
  const byLink = async (link: string): Promise<DeskCaller> => {
    const answer = await fetch(`${parley.url}/api/auth/one-time-link/use`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: parley.url },
      body: JSON.stringify({ key: link.split('#')[1] }),
    })
    const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0])
    return caller(cookies.join('; '))
  }
  return {
    ...rig,
    byLink,
    ask: caller(''),
    async atDesk(responder, email) {
      if (!responder) throw new Error('there is no such responder')
      const { account } = parley.account
      await parley.server.signIn.createSignInFor(account, responder.person, email)
      const link = await parley.server.signIn.oneTimeLink({ account, person: responder.person })
      if (!link) throw new Error('there is no way to sign in')
      return byLink(link)
    },
  }
}
