import { randomBytes } from 'node:crypto'
import { newTag, type SipAgent } from '../agent/sip-agent.ts'
import type { Target } from '../transports/flow.ts'
import { fromHeader } from './compose-message.ts'

export interface ProbeOptions {
  /** The proxy's address, as text. */
  readonly proxy: string
  readonly domain: string
  readonly houseUser: string
}

/** Asks the proxy whether it is there. Null: yes; any answer is a sign of life, whatever it says. */
export async function probeProxy(
  agent: SipAgent,
  targets: readonly Target[],
  { proxy, domain, houseUser }: ProbeOptions,
): Promise<string | null> {
  if (targets.length === 0) return 'its name is not known'
  const asked = agent.request(
    {
      method: 'OPTIONS',
      uri: proxy,
      from: fromHeader(houseUser, '', domain, newTag()),
      to: `<${proxy}>`,
      callId: `${randomBytes(12).toString('hex')}@${domain}`,
      cseq: 1,
      headers: [],
      body: new Uint8Array(),
    },
    targets,
  )
  let giveUp: NodeJS.Timeout | undefined
  const late = new Promise<null>((resolve) => {
    giveUp = setTimeout(() => resolve(null), patienceMs)
  })
  const heard = await Promise.race([asked, late])
  clearTimeout(giveUp)
  if (heard === null) return 'it does not answer'
  return heard.kind === 'response' ? null : heard.reason
}

// A proxy that takes longer has something that an operator should know.
const patienceMs = 3_000
