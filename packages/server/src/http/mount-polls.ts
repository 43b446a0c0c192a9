import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'

/** Long polling reads its own body, within the limits of the real-time contract. */
export function mountPolls(
  app: FastifyInstance,
  web: { handlePoll(request: IncomingMessage, response: ServerResponse): void },
): void {
  app.register(async (polls) => {
    polls.removeAllContentTypeParsers()
    polls.addContentTypeParser('*', (_, __, done) => done(null))
    polls.post('/rt/poll', (request, reply) => {
      reply.hijack()
      web.handlePoll(request.raw, reply.raw)
    })
  })
}
