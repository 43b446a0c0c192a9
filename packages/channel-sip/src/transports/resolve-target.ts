import { promises as dns } from 'node:dns'
import { isIP } from 'node:net'
import type { SipAddress } from '../parse/parse-uri.ts'
import type { SipTransport, Target } from './flow.ts'

/** The questions that RFC 3263 asks of the DNS. Each rejects or gives nothing where there is no such record. */
export interface SipResolver {
  naptr(name: string): Promise<readonly { service: string; order: number; preference: number; replacement: string }[]>
  srv(name: string): Promise<readonly { name: string; port: number; priority: number; weight: number }[]>
  addresses(name: string): Promise<readonly string[]>
}

export const systemResolver: SipResolver = {
  naptr: (name) => dns.resolveNaptr(name),
  srv: (name) => dns.resolveSrv(name),
  addresses: async (name) => (await dns.lookup(name, { all: true })).map(({ address }) => address),
}

/**
 * Where a request for `uri` may be sent, the best first, at most six (RFC 3263 §4). `usable` are the transports that we have; empty when
 * none is left or the name is not known.
 */
export async function resolveTarget(
  uri: Pick<SipAddress, 'scheme' | 'host' | 'port' | 'params'>,
  usable: readonly SipTransport[],
  resolver: SipResolver,
): Promise<Target[]> {
  const { host, port, scheme } = uri
  const address = host.replace(/^\[|\]$/g, '')
  const asked = transportOf(uri)
  if (asked === undefined) return []
  const isSecure = scheme === 'sips'
  const allowed = usable.filter((one) => (!isSecure || one === 'TLS' || one === 'WSS') && (!asked || one === asked))
  const [usual] = asked ? allowed : allowed.filter((one) => one === (isSecure ? 'TLS' : 'UDP') || one === 'TCP')
  const first = usual ?? allowed[0]
  if (!first) return []
  if (isIP(address) || port !== null) {
    const to = isIP(address) ? [address] : await quietly(resolver.addresses(address))
    return to.map((each) => ({ transport: first, address: each, port: port ?? usualPort(first), name: address }))
  }
  const found = await bySrv(address, asked ? [asked] : await byNaptr(address, allowed, resolver), allowed, resolver)
  if (found.length > 0) return found.slice(0, 6)
  const addresses = await quietly(resolver.addresses(address))
  return addresses
    .map((each) => ({ transport: first, address: each, port: usualPort(first), name: address }))
    .slice(0, 6)
}

/** Null where the address does not say; undefined for one that we do not have. */
function transportOf({ params }: Pick<SipAddress, 'params'>): SipTransport | null | undefined {
  const named = params.get('transport')?.toUpperCase()
  return named ? transports.find((one) => one === named) : null
}

const transports: readonly SipTransport[] = ['UDP', 'TCP', 'TLS', 'WS', 'WSS']

function usualPort(transport: SipTransport): number {
  if (transport === 'WS') return 80
  if (transport === 'WSS') return 443
  return transport === 'TLS' ? 5061 : 5060
}

const services: Readonly<Record<string, SipTransport>> = {
  'sip+d2u': 'UDP',
  'sip+d2t': 'TCP',
  'sips+d2t': 'TLS',
  'sip+d2w': 'WS',
  'sips+d2w': 'WSS',
}

/** In the order in which the domain wants them; without NAPTR records all of ours. */
async function byNaptr(host: string, allowed: readonly SipTransport[], resolver: SipResolver): Promise<SipTransport[]> {
  const records = [...(await quietly(resolver.naptr(host)))]
  records.sort((a, b) => a.order - b.order || a.preference - b.preference)
  const named = records.flatMap(({ service }) => services[service.toLowerCase()] ?? [])
  const wanted = named.filter((one) => allowed.includes(one))
  return wanted.length > 0 ? wanted : [...allowed]
}

async function bySrv(
  host: string,
  wanted: readonly SipTransport[],
  allowed: readonly SipTransport[],
  resolver: SipResolver,
): Promise<Target[]> {
  const targets: Target[] = []
  for (const transport of wanted.filter((one) => allowed.includes(one))) {
    const label = srvLabels[transport]
    if (!label || targets.length >= 6) continue
    const records = [...(await quietly(resolver.srv(`${label}.${host}`)))]
    // By priority; within one the heavier first, which is near enough for what so few messages need.
    records.sort((a, b) => a.priority - b.priority || b.weight - a.weight)
    for (const { name, port } of records.slice(0, 6)) {
      const addresses = await quietly(resolver.addresses(name))
      targets.push(...addresses.map((address) => ({ transport, address, port, name: host })))
    }
  }
  return targets
}

const srvLabels: Readonly<Partial<Record<SipTransport, string>>> = {
  UDP: '_sip._udp',
  TCP: '_sip._tcp',
  TLS: '_sips._tcp',
}

async function quietly<T>(asked: Promise<readonly T[]>): Promise<readonly T[]> {
  try {
    return await asked
  } catch {
    return []
  }
}
