import type { RelayAddresses } from '../compose/relay-addresses.ts'
import type { Inside } from '../smtp-in/smtp-in.ts'
import { recipientsOf } from './recipients-of.ts'
import type { FetchedMail } from './watch-mailbox.ts'

/** Nothing is wrong with the mail, nor with the mailbox: we cannot store it now. Everything stays where it is. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable'
}

/** One mail from a mailbox: for which addresses of ours, and what became of it. */
export async function takeFetched(raw: Uint8Array, addresses: RelayAddresses, inside: Inside): Promise<FetchedMail> {
  try {
    const { traced, written } = recipientsOf(raw)
    // Where the servers on the way named an address of ours, the writer's own list adds nothing but what others get for themselves.
    const first = await ours(traced, addresses, inside)
    const recipients = first.length > 0 ? first : await ours(written, addresses, inside)
    if (recipients.length === 0) return { become: 'aside', why: 'for no address of ours' }
    const taken = await inside.take(raw, recipients, { by: 'mailbox' })
    return taken.outcome === 'taken' ? { become: 'done' } : { become: 'aside', why: `refused ${taken.code}` }
  } catch (cause) {
    throw new StoreUnavailable('a mail could not be stored', { cause })
  }
}

async function ours(candidates: string[], addresses: RelayAddresses, inside: Inside): Promise<string[]> {
  const found: string[] = []
  for (const address of candidates) {
    const known = addresses.recognise(address)
    if (known.kind === 'bounce') found.push(address)
    const own =
      known.kind === 'relay' ? known.address : known.kind === 'elsewhere' ? address.trim().toLowerCase() : null
    if (own !== null && (await inside.mayReceive(own)).accepts) found.push(own)
    if (found.length >= 100) break
  }
  return found
}
