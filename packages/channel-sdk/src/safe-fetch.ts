import { lookup as lookUpName } from 'node:dns/promises'
import http from 'node:http'
import https from 'node:https'
import { isIP } from 'node:net'
import { isPublicAddress } from './is-public-address.ts'

export interface SafeFetchOptions {
  method?: 'GET' | 'HEAD' | 'POST'
  /** Names in lower case. None of them but `accept…` and `user-agent` goes to another host that we are redirected to. */
  headers?: Readonly<Record<string, string>>
  body?: Uint8Array | string
  /** Of the answer's body. */
  maxBytes: number
  /** For all of it: looking up the name, every redirect, the last byte. */
  timeoutMs: number
  /** How many redirects to follow; with 0 the redirect itself is the answer. */
  redirects: number
  /** `['https']` where http is not good enough. Default both. */
  schemes?: readonly ('http' | 'https')[]
  /**
   * Hosts that may be reached wherever they stand, as `name`, `name:port`, `ip` or `[ipv6]:port`: for tests, and for operators who want one
   * of their own. Without a port, all of its ports.
   */
  allow?: readonly string[]
  /** Finds the addresses of a name. Default the system's resolver. */
  lookUp?: (name: string) => Promise<string[]>
  /** Certificates to trust beside the usual ones, PEM. */
  ca?: string
}

export type SafeFetchResult =
  /** An answer, whatever its status. Header names in lower case; of a repeated header the values joined by a comma. */
  | { ok: true; status: number; headers: Readonly<Record<string, string>>; bytes: Uint8Array }
  /** `detail` is for a log or an operator: a code, never the address. */
  | { ok: false; because: SafeFetchRefusal; detail?: string }

export type SafeFetchRefusal =
  /** Nothing was sent, for what the URL is: not one, another scheme, with a user or password, … */
  | 'bad-url'
  /** Nothing was sent: the host stands where strangers may not send us. */
  | 'not-public'
  /** Nothing was sent: the name is unknown, the connection or TLS did not come about. */
  | 'no-such-host'
  | 'cannot-connect'
  | 'bad-certificate'
  /** The request may have been taken. */
  | 'too-slow'
  | 'too-large'
  | 'broken'
  | 'too-many-redirects'
  /** A redirect from https to http, or one that would take a body to another host. */
  | 'bad-redirect'

/**
 * Calls a URL that somebody else named (a webhook, a provider's media file) without letting them reach what only we can reach. The name is
 * looked up here, what it stands for is checked, and exactly the checked address is connected to, so that a name cannot stand for something
 * else a moment later; each redirect is checked anew. Never throws for what the outside can cause.
 */
export async function safeFetch(url: string, options: SafeFetchOptions): Promise<SafeFetchResult> {
  const deadline = AbortSignal.timeout(options.timeoutMs)
  let step: Step = { url, method: options.method ?? 'GET', headers: options.headers ?? {}, body: options.body }
  for (let redirects = 0; ; redirects++) {
    const target = await checkUrl(step.url, options, deadline)
    if (!target.ok) return target
    const answer = await request(step, target, options, deadline)
    const location = answer.ok ? answer.headers.location : undefined
    if (!answer.ok || location === undefined || options.redirects === 0 || !isRedirect(answer.status)) return answer
    if (redirects >= options.redirects) return { ok: false, because: 'too-many-redirects' }
    const next = follow(step, target.url, answer.status, location)
    if (!next) return { ok: false, because: 'bad-redirect' }
    step = next
  }
}

interface Step {
  url: string
  method: string
  headers: Readonly<Record<string, string>>
  body: Uint8Array | string | undefined
}

type Target = { ok: true; url: URL; addresses: string[] } | { ok: false; because: SafeFetchRefusal; detail?: string }

async function checkUrl(text: string, options: SafeFetchOptions, deadline: AbortSignal): Promise<Target> {
  if (text.length > 2048 || !URL.canParse(text)) return { ok: false, because: 'bad-url' }
  // Parsing also brings 0x7f.1, 2130706433 and the like into their usual form.
  const url = new URL(text)
  const schemes = options.schemes ?? ['http', 'https']
  if (!schemes.some((scheme) => url.protocol === `${scheme}:`)) {
    return { ok: false, because: 'bad-url', detail: 'scheme' }
  }
  if (url.username || url.password) return { ok: false, because: 'bad-url', detail: 'userinfo' }
  const name = url.hostname.replace(/^\[|\]$/g, '')
  if (!name) return { ok: false, because: 'bad-url' }
  const found = isIP(name) ? [name] : await addressesOf(name, options, deadline)
  if (!Array.isArray(found)) return found
  const addresses = isAllowed(url, options.allow ?? []) ? found : found.filter(isPublicAddress)
  return addresses.length > 0 ? { ok: true, url, addresses } : { ok: false, because: 'not-public' }
}

async function addressesOf(
  name: string,
  { lookUp }: SafeFetchOptions,
  deadline: AbortSignal,
): Promise<string[] | Extract<Target, { ok: false }>> {
  const search = lookUp ? lookUp(name) : systemLookUp(name)
  const found = await Promise.race([search.catch(codeOf), whenAborted(deadline)])
  if (found === null) return { ok: false, because: 'too-slow' }
  if (typeof found === 'string') return { ok: false, because: 'no-such-host', detail: found }
  const addresses = found.filter((address) => isIP(address))
  return addresses.length > 0 ? addresses : { ok: false, because: 'no-such-host' }
}

async function systemLookUp(name: string): Promise<string[]> {
  return (await lookUpName(name, { all: true })).map(({ address }) => address)
}

function whenAborted(signal: AbortSignal): Promise<null> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(null)
    signal.addEventListener('abort', () => resolve(null), { once: true })
  })
}

function isAllowed(url: URL, allow: readonly string[]): boolean {
  const port = url.port || (url.protocol === 'https:' ? '443' : '80')
  const bare = url.hostname.replace(/^\[|\]$/g, '')
  return allow.some((entry) => entry === bare || entry === url.hostname || entry === `${url.hostname}:${port}`)
}

function request(
  { method, headers, body }: Step,
  { url, addresses }: { url: URL; addresses: string[] },
  options: SafeFetchOptions,
  deadline: AbortSignal,
): Promise<SafeFetchResult> {
  const isSecure = url.protocol === 'https:'
  const bytes = typeof body === 'string' ? Buffer.from(body) : body
  return new Promise((resolve) => {
    let isConnected = false
    let hasAnswered = false
    const broken = (error: unknown) => resolve({ ok: false, ...judgeError(error, isConnected, deadline.aborted) })
    const outgoing = (isSecure ? https : http).request(url, {
      method,
      // Answers are read as they come: a compressed one could unpack to any size.
      headers: {
        ...headers,
        'accept-encoding': 'identity',
        ...(bytes ? { 'content-length': String(bytes.byteLength) } : {}),
      },
      // A connection of its own, never one that was opened for another name.
      agent: false,
      maxHeaderSize: 16 * 1024,
      signal: deadline,
      // Only what was checked is connected to.
      lookup: (_name, asked, give) => {
        const known = addresses.map((address) => ({ address, family: isIP(address) }))
        const [first] = known
        if (asked.all) give(null, known)
        else if (first) give(null, first.address, first.family)
      },
      ...(isSecure && options.ca ? { ca: options.ca } : {}),
    })
    outgoing.on('socket', (socket) => {
      socket.once(isSecure ? 'secureConnect' : 'connect', () => {
        isConnected = true
      })
    })
    outgoing.on('error', broken)
    // A server that switches protocols ends the connection without a response and without an error.
    outgoing.on('close', () => hasAnswered || broken(undefined))
    outgoing.on('response', (incoming) => {
      hasAnswered = true
      readBounded(incoming, options.maxBytes).then((read) => {
        if (!read) {
          outgoing.destroy()
          return resolve({ ok: false, because: 'too-large' })
        }
        resolve({ ok: true, status: incoming.statusCode ?? 0, headers: joined(incoming.headers), bytes: read })
      }, broken)
    })
    outgoing.end(bytes)
  })
}

async function readBounded(incoming: http.IncomingMessage, maxBytes: number): Promise<Uint8Array | undefined> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of incoming) {
    if (!Buffer.isBuffer(part)) continue
    size += part.byteLength
    if (size > maxBytes) return undefined
    parts.push(part)
  }
  return Buffer.concat(parts)
}

function judgeError(error: unknown, isConnected: boolean, isLate: boolean) {
  const detail = codeOf(error)
  if (isLate) return { because: 'too-slow' as const }
  if (detail === 'HPE_HEADER_OVERFLOW') return { because: 'too-large' as const, detail }
  if (isConnected) return { because: 'broken' as const, detail }
  const isAboutTls = /CERT|SIGNATURE|ISSUER|ALTNAME|^ERR_(SSL|TLS)|SELF_SIGNED/.test(detail)
  return { because: isAboutTls ? ('bad-certificate' as const) : ('cannot-connect' as const), detail }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'error'
}

function joined(headers: http.IncomingHttpHeaders): Record<string, string> {
  const entries = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value] as const],
  )
  return Object.fromEntries(entries)
}

const isRedirect = (status: number) => [301, 302, 303, 307, 308].includes(status)

/** What a redirect asks for, or undefined where it asks too much. */
function follow(step: Step, from: URL, status: number, location: string): Step | undefined {
  if (!URL.canParse(location, from.href)) return undefined
  const to = new URL(location, from)
  if (from.protocol === 'https:' && to.protocol !== 'https:') return undefined
  // RFC 9110 §15.4: only 307 and 308 keep a method that is not GET or HEAD.
  const keepsMethod = status === 307 || status === 308 || step.method === 'HEAD'
  const body = keepsMethod ? step.body : undefined
  const isElsewhere = to.origin !== from.origin
  if (isElsewhere && body !== undefined) return undefined
  return {
    url: to.href,
    method: keepsMethod ? step.method : 'GET',
    headers: isElsewhere ? harmless(step.headers) : step.headers,
    body,
  }
}

function harmless(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => /^(accept(-language)?|user-agent)$/.test(name)))
}
