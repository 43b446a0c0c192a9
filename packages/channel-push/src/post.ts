import { type Agent, request } from 'node:https'

export type PostAnswer =
  | { kind: 'answered'; status: number; retryAfter: string | null }
  /** `isSent`: the request may have been read, so nobody can say whether it was taken. */
  | { kind: 'broken'; reason: string; isSent: boolean }

const mostBytes = 64 * 1024

/** One POST to a push service. Redirects are not followed: nothing but the host that was checked is called. */
export function post(
  agent: Agent,
  { endpoint, headers, body }: { endpoint: string; headers: Record<string, string | number>; body: Buffer },
  timeoutMs: number,
): Promise<PostAnswer> {
  return new Promise((resolve) => {
    let isSent = false
    const calling = request(endpoint, { method: 'POST', headers, agent, timeout: timeoutMs }, (response) => {
      // What it says is of no use to us: it is read to its end, so that the connection can be used again, but not without one.
      let left = mostBytes
      response.on('error', () => undefined)
      response.on('data', (chunk: Buffer) => {
        left -= chunk.byteLength
        if (left < 0) response.destroy()
      })
      resolve({
        kind: 'answered',
        status: response.statusCode ?? 0,
        retryAfter: response.headers['retry-after'] ?? null,
      })
    })
    calling.on('timeout', () => calling.destroy(Object.assign(new Error('time-out'), { code: 'ETIMEDOUT' })))
    calling.on('error', (error) => {
      const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name
      resolve({ kind: 'broken', reason: code, isSent })
    })
    calling.on('socket', (socket) => {
      if (!socket.connecting) isSent = true
      else socket.once('secureConnect', () => (isSent = true))
    })
    calling.end(body)
  })
}
