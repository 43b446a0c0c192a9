import { createServer, type Server } from 'node:http'
import type { NewProgramKey, ProgramProblem, ProgramScope, ProgramView } from '@parley/protocol'
import { programScopes } from '@parley/protocol'
import { Postbox } from '../link/link-rig.fixture.ts'
import { type DeskCaller, type PeopleRig, startPeopleRig } from '../people-rig.fixture.ts'
import { calls } from './calls.ts'
import type { Endpoint } from './endpoint.ts'

export interface Called<T> {
  readonly status: number
  readonly body: T & Partial<ProgramProblem>
  readonly headers: Headers
}

export type Caller = <T>(
  method: Endpoint['method'],
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Called<T>>

export interface ProgramRig extends PeopleRig {
  readonly administrator: DeskCaller
  /** What goes to programs' endpoints. */
  readonly hooks: Postbox
  /** A program with a key, active or as it is made. */
  program(options?: { name?: string; active?: boolean; scopes?: ProgramScope[] }): Promise<{
    id: string
    secret: string
    call: Caller
  }>
  /** Calls with this key; what is answered is what the description says, and not a field more. */
  caller(secret: string): Caller
}

export async function startProgramRig(options: Parameters<typeof startPeopleRig>[0] = {}): Promise<ProgramRig> {
  const hooks = new Postbox('api')
  const post = new Postbox()
  const rig = await startPeopleRig({ channels: [post, hooks], settings: { programHosts: ['127.0.0.1'] }, ...options })
  const administrator = await rig.atDesk(rig.parley.account.responders[0], 'bo@people.test')
  const caller =
    (secret: string): Caller =>
    async <T>(method: Endpoint['method'], path: string, body?: unknown, headers: Record<string, string> = {}) => {
      const response = await fetch(`${rig.parley.url}/api/v1${path}`, {
        method,
        headers: {
          authorization: `Bearer ${secret}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const answered = (await response.json()) as T & Partial<ProgramProblem>
      check(method, path, response, answered)
      return { status: response.status, body: answered, headers: response.headers }
    }
  return {
    ...rig,
    post,
    hooks,
    administrator,
    caller,
    async program({ name = 'Weather bot', active = true, scopes = [...programScopes] } = {}) {
      const base = '/api/desk/admin/programs'
      const made = await administrator<ProgramView>('POST', base, { name, alias: 'Barometer', language: 'en' })
      const { id } = made.body
      if (active) await administrator('PATCH', `${base}/${id}`, { state: 'active' })
      const key = await administrator<NewProgramKey>('POST', `${base}/${id}/keys`, { name: 'first', scopes })
      return { id, secret: key.body.secret, call: caller(key.body.secret) }
    },
  }
}

function check(method: string, path: string, response: Response, body: unknown): void {
  const type = response.headers.get('content-type') ?? ''
  if (!response.ok) {
    const { status, code, detail, title } = body as ProgramProblem
    if (!type.startsWith('application/problem+json') || status !== response.status || !code || !detail || !title) {
      throw new Error(`${method} ${path} was refused by no problem: ${type} ${JSON.stringify(body)}`)
    }
    return
  }
  const [bare = ''] = path.split('?')
  const described = calls.find(
    (call) => call.method === method && new RegExp(`^${call.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(bare),
  )
  if (!described) throw new Error(`${method} ${path} is not described`)
  const parsed = described.answer.parse(body)
  if (JSON.stringify(parsed) !== JSON.stringify(body)) {
    throw new Error(`${method} ${path} answers what is not described: ${JSON.stringify(body)}`)
  }
}

/** A program's end of its webhooks, for pings. */
export async function startEnd(
  echo = true,
): Promise<{ url: string; asked: string[]; close(): void; echo(is: boolean): void }> {
  const asked: string[] = []
  let isEchoing = echo
  const server: Server = createServer((request, response) => {
    let body = ''
    request.on('data', (part: Buffer) => {
      body += part.toString()
    })
    request.on('end', () => {
      asked.push(body)
      const { challenge } = (JSON.parse(body) as { data: { challenge: string } }).data
      response.end(JSON.stringify(isEchoing ? { challenge } : {}))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}/hook`,
    asked,
    close: () => server.close(),
    echo: (is) => {
      isEchoing = is
    },
  }
}
