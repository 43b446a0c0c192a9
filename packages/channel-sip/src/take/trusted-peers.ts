import { BlockList, isIP } from 'node:net'

/** Whether an IP address is one of `peers`: addresses, or networks such as 10.0.0.0/8. */
export function trustedPeers(peers: readonly string[]): (address: string) => boolean {
  const list = new BlockList()
  for (const peer of peers) {
    const [address = '', bits] = peer.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (bits === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(bits), family)
  }
  return (address) => isIP(address) !== 0 && list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}
