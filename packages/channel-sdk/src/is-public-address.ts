import { BlockList, isIP } from 'node:net'

/**
 * May a server of ours connect to this IP address because a stranger named it? Only where it belongs to the public internet: not this
 * machine, its neighbours, a cloud's metadata service, a multicast group, or an IPv6 form in which any IPv4 address can hide.
 * Anything that is not an address in its usual spelling is not public.
 */
export function isPublicAddress(ip: string): boolean {
  // A zone (fe80::1%eth0) only makes sense for addresses of a local link.
  if (ip.includes('%')) return false
  const family = isIP(ip)
  if (family === 4) return !reserved.check(ip, 'ipv4')
  return family === 6 && globalUnicast.check(ip, 'ipv6') && !reserved.check(ip, 'ipv6')
}

// All that IANA has given out for the public so far. Outside of it lie ::1, fc00::/7, fe80::/10, ff00::/8, and the forms that carry an
// IPv4 address: ::a.b.c.d, ::ffff:a.b.c.d (RFC 4291 §2.5.5) and NAT64 (64:ff9b::/96 RFC 6052, 64:ff9b:1::/48 RFC 8215).
const globalUnicast = subnets('2000::/3')

// IANA's special-purpose registries (RFC 6890) as far as they are not for everyone's use.
const reserved = subnets(
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10', // behind a provider's NAT (RFC 6598)
  '127.0.0.0/8',
  '168.63.129.16/32', // Azure's own services, in every virtual machine
  '169.254.0.0/16', // link-local, with the metadata services of most clouds
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4', // multicast
  '240.0.0.0/4', // reserved, and broadcast
  '2001::/23', // Teredo, which carries IPv4, and other protocol assignments
  '2001:db8::/32',
  '2002::/16', // 6to4, which carries IPv4
  '3fff::/20',
)

function subnets(...cidrs: string[]): BlockList {
  const list = new BlockList()
  for (const cidr of cidrs) {
    const [net = '', prefix] = cidr.split('/')
    list.addSubnet(net, Number(prefix), net.includes(':') ? 'ipv6' : 'ipv4')
  }
  return list
}
