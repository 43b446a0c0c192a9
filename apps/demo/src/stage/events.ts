import type { ServerResponse } from 'node:http'
import type { Stage } from '../start-demo.ts'

export type Events = {
  /** Keeps this answer open and writes whose mails have changed (server-sent events). */
  follow(response: ServerResponse): void
  close(): void
}

/** Tells the open pocket pages that something came. A hint only: they read the lists again. */
export function openEvents({ people, mailboxes, phones }: Stage): Events {
  const following = new Set<ServerResponse>()
  const tell = (event: 'mail' | 'change') => (at: { person: string; id: string }) => {
    const person = people.find(({ email }) => email === at.person)
    if (!person) return
    write(event, { person: person.id, id: at.id })
  }
  const write = (event: 'mail' | 'text' | 'change', data: { person: string; id?: string }) => {
    const line = `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
    for (const response of following) response.write(line)
  }
  const offs = [
    mailboxes.on('mail', tell('mail')),
    mailboxes.on('change', tell('change')),
    phones?.on(({ person, came }) => write(came ? 'text' : 'change', { person: person.id })) ?? (() => undefined),
  ]
  const beat = setInterval(() => {
    for (const response of following) response.write(': still here\n\n')
  }, 20_000)
  return {
    follow(response) {
      if (following.size >= 50) {
        response.writeHead(503).end()
        return
      }
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
      response.write('retry: 1000\n\n')
      following.add(response)
      response.on('close', () => following.delete(response))
    },
    close() {
      clearInterval(beat)
      for (const off of offs) off()
      for (const response of following) response.end()
    },
  }
}
