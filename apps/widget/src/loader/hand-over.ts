/** A key travels as `#parley=KEY`, or as `…&parley=KEY` behind a fragment that was there already: it reaches no server and no log. */
export function withKey(href: string, key: string): string {
  return `${href}${href.includes('#') ? '&' : '#'}parley=${key}`
}

/** The address without a key, and the key. */
export function takeKey(href: string): [href: string, key: string | undefined] {
  const [rest = '', key] = href.split(/[#&]parley=([\w.-]+)$/)
  return [rest, key]
}

/** Does a link lead to another one of the hosts? */
export function isHandOver({ protocol, host, hostname }: URL, here: string, hosts: readonly string[]): boolean {
  return protocol.startsWith('http') && host !== here && (hosts.includes(host) || hosts.includes(hostname))
}
