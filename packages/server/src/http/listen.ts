import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'

export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => void

export interface Listening {
  readonly server: Server
  readonly port: number
  /** Requests go to this from now on; before, they are told to come back in a moment. */
  handOver(handler: RequestHandler): void
}

/** Takes the port first, so that a port in use is known before anything else is started, and links can name it. */
export async function listen(wanted: { host: string; port: number }): Promise<Listening> {
  let handler: RequestHandler = (_, response) => {
    response.writeHead(503, { 'retry-after': '1' }).end()
  }
  const server = createServer({ requestTimeout: 120_000, headersTimeout: 20_000 }, (request, response) =>
    handler(request, response),
  )
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(wanted.port, wanted.host, () => {
      server.off('error', reject)
      resolve()
    })
  })
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('the server has no port')
  return {
    server,
    port: address.port,
    handOver(next) {
      handler = next
    },
  }
}
