import type { IncomingMessage } from 'node:http'
import proxyAddr from '@fastify/proxy-addr'

/**
 * The address of a client as the pages' routes see it too: the peer's, or, where the peer is one of the trusted proxies, the last one in
 * `X-Forwarded-For` that no trusted proxy wrote for itself.
 */
export function clientIpBehind(trusted: readonly string[]): (request: IncomingMessage) => string {
  if (trusted.length === 0) return (request) => request.socket.remoteAddress ?? 'unknown'
  const isTrusted = proxyAddr.compile([...trusted])
  return (request) => proxyAddr(request, isTrusted) ?? 'unknown'
}
