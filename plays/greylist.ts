import { once } from 'node:events'
import { createServer } from 'node:net'

/**
 * A policy server as Postfix asks it (its SMTPD_POLICY_README): everyone who writes to a recipient for the first time is told to come
 * again later, as greylisting does.
 */
export async function startGreylist(): Promise<{ restriction: string; deferred: string[]; stop(): Promise<void> }> {
  const known = new Set<string>()
  const deferred: string[] = []
  const server = createServer((socket) => {
    let asked = ''
    socket.on('error', () => {})
    socket.on('data', (bytes) => {
      asked += bytes.toString('latin1')
      for (let end = asked.indexOf('\n\n'); end >= 0; end = asked.indexOf('\n\n')) {
        const recipient = /^recipient=(.*)$/m.exec(asked.slice(0, end))?.[1] ?? ''
        asked = asked.slice(end + 2)
        const isNew = !known.has(recipient)
        known.add(recipient)
        if (isNew) deferred.push(recipient)
        socket.write(isNew ? 'action=450 4.7.1 Greylisted, try again in one minute\n\n' : 'action=DUNNO\n\n')
      }
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('the greylist has no port')
  return {
    restriction: `check_policy_service inet:127.0.0.1:${address.port}`,
    deferred,
    async stop() {
      server.close()
    },
  }
}
