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
    const recipients: string[] = []
    for (const address of recipientsOf(raw)) {
      const known = addresses.recognise(address)
      if (known.kind === 'bounce') recipients.push(address)
      if (known.kind === 'relay' && (await inside.mayReceive(known.address)).accepts) recipients.push(known.address)
      if (recipients.length >= 100) break
    }
    if (recipients.length === 0) return { become: 'aside', why: 'for no address of ours' }
    const taken = await inside.take(raw, recipients, { by: 'mailbox' })
    return taken.outcome === 'taken' ? { become: 'done' } : { become: 'aside', why: `refused ${taken.code}` }
  } catch (cause) {
    throw new StoreUnavailable('a mail could not be stored', { cause })
  }
}
