import type { Via } from '../parse/parse-via.ts'
import type { Flow } from '../transports/flow.ts'
import type { UdpTransport } from '../transports/udp.ts'

/**
 * Where the answer goes: over the connection that the request came by; for a datagram to where it came from, and to the port that its
 * sender names unless it asked for the one it was seen at (RFC 3261 §18.2.2, RFC 3581 §4).
 */
export function replyFlow(top: Via, from: Flow, udp: UdpTransport | null): Flow {
  if (from.transport !== 'UDP' || !udp || top.params.has('rport')) return from
  return udp.flowTo(from.remote.address, top.port ?? 5060)
}
