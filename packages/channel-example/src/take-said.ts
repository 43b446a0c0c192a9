import { createHash } from 'node:crypto'
import type { ChannelHost } from '@parley/channel-sdk'
import { plainly } from '@parley/model'
import type { CarrierLine } from './carrier-line.ts'

/**
 * What somebody says to one of our addresses, and what the carrier is told about it: `took` only when it is durable, `later` when the server
 * cannot store it now.
 */
export async function takeSaid(
  host: ChannelHost,
  channel: string,
  { id, from, to, text }: Extract<CarrierLine, { kind: 'said' }>,
): Promise<'took' | 'refused' | 'later'> {
  try {
    const verdict = await host.mayReceive(to)
    if (!verdict.accepts) return 'refused'
    const raw = Buffer.from(text)
    if (raw.byteLength > verdict.maxBytes) return 'refused'
    const receipt = await host.receive({
      channel,
      // The carrier repeats a line under its id until it is answered, and uses ids again after a while.
      externalId: `${id} ${createHash('sha256').update(raw).digest('hex')}`,
      to,
      // The carrier lets nobody write under another's address; without such a promise it would be `unproven`.
      from: { address: from, standing: 'proven', why: 'the carrier vouches for it' },
      verdict: { kind: 'message' },
      said: plainly(text),
      attachments: [],
      raw,
      writtenAt: null,
      language: null,
      title: null,
    })
    return receipt.outcome === 'refused' ? 'refused' : 'took'
  } catch {
    host.log.warn('not-stored')
    return 'later'
  }
}
