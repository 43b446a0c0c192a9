import type { Fact } from '@parley/rules'
import { networkOfIp } from './network-of-ip.ts'
import type { RegionOfIp } from './region-of-ip.ts'

export interface Implied {
  readonly facts: readonly Fact[]
  /** For those who are asked, where the site tells them: "a visitor from Iceland". */
  readonly region: string | null
}

/** What an IP address implies, as far as the site wants to know. The address itself is not kept, and goes no further than here. */
export async function impliedFacts(
  regionOf: RegionOfIp,
  ip: string,
  policy: { readonly region: 'no' | 'match' | 'tell'; readonly network: boolean },
): Promise<Implied> {
  const region = policy.region === 'no' ? null : regionOf(ip)
  const network = policy.network ? await networkOfIp(ip) : null
  return {
    facts: [
      ...(region ? [{ about: 'region', value: region, source: 'implied' } as const] : []),
      ...(network ? [{ about: 'network', value: network, source: 'implied' } as const] : []),
    ],
    region: policy.region === 'tell' ? region : null,
  }
}
