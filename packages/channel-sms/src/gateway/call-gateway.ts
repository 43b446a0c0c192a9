import { type SafeFetchOptions, safeFetch } from '@parley/channel-sdk'

export type GatewayAnswer =
  | { kind: 'answered'; status: number; headers: Readonly<Record<string, string>>; body: string }
  /** Nothing was sent. */
  | { kind: 'unsent'; why: string }
  /** It may have been taken. */
  | { kind: 'unanswered'; why: string }

const certainlyUnsent = new Set(['bad-url', 'not-public', 'no-such-host', 'cannot-connect', 'bad-certificate'])

/** Calls the gateway that the operator named, wherever it stands, over a connection of its own: one that was kept may be dead, and then nobody knows whether a message was taken. */
export async function callGateway(
  url: URL,
  request: Pick<SafeFetchOptions, 'method' | 'headers' | 'body'>,
  timeoutMs = 30_000,
): Promise<GatewayAnswer> {
  const result = await safeFetch(url.href, {
    ...request,
    maxBytes: 100_000,
    timeoutMs,
    redirects: 0,
    allow: [url.hostname.replace(/^\[|\]$/g, '')],
  })
  if (result.ok) {
    const { status, headers, bytes } = result
    return { kind: 'answered', status, headers, body: Buffer.from(bytes).toString('utf8') }
  }
  const why = result.detail ? `${result.because}, ${result.detail}` : result.because
  return { kind: certainlyUnsent.has(result.because) ? 'unsent' : 'unanswered', why }
}

export function basicAuthorization(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
}
