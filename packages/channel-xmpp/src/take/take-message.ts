import type { AddressVerdict, Receipt } from '@parley/channel-sdk'
import { composeError, type StanzaError } from '../compose/compose-error.ts'
import { composeReceipt } from '../compose/compose-message.ts'
import type { Message } from '../read/reading.ts'
import { fetchFiles } from './fetch-files.ts'
import { inboundOf } from './inbound-of.ts'
import type { IntakeParts } from './intake.ts'

/** Takes a message and answers its sender only when it is durable. Rejects when it cannot be stored now. */
export async function takeMessage(message: Message, raw: Uint8Array, parts: IntakeParts): Promise<void> {
  const { host, connection, domain, channel } = parts
  const { from, to, id } = message
  if (from.domain === domain) {
    host.log.warn('xmpp.loop', { channel })
    return
  }
  const error = await take(message, raw, parts)
  if (error) connection.write(composeError({ name: 'message', from, to: to.bare, id }, error))
  else if (message.wantsReceipt && id !== null) connection.write(composeReceipt(to.bare, from.full, id, message.type))
}

/** Why it was not taken; null when it was. */
async function take(message: Message, raw: Uint8Array, parts: IntakeParts): Promise<StanzaError | null> {
  const { host, channel, files } = parts
  const verdict = await host.mayReceive(message.to.bare)
  if (!verdict.accepts) return addressErrors[verdict.because]
  const fetched = await fetchFiles(message.files, verdict.maxBytes, files)
  if (!fetched.ok) {
    host.log.info('xmpp.file-refused', { channel, why: fetched.why, reason: fetched.reason })
    return fileErrors[fetched.why]
  }
  const receipt = await host.receive(inboundOf(message, { channel, raw, attachments: fetched.attachments }))
  return receipt.outcome === 'refused' ? { ...refusals[receipt.because], text: receipt.text } : null
}

export const addressErrors: Readonly<Record<Extract<AddressVerdict, { accepts: false }>['because'], StanzaError>> = {
  unknown: { type: 'cancel', condition: 'item-not-found', text: 'There is nobody at this address.' },
  retired: { type: 'cancel', condition: 'gone', text: 'This address is no longer in use.' },
  'too-many': { type: 'wait', condition: 'resource-constraint', text: 'Too many messages. Please try again later.' },
}

const fileErrors: Readonly<Record<'too-large' | 'refused' | 'passing', StanzaError>> = {
  'too-large': { type: 'modify', condition: 'not-acceptable', text: 'The file is too large to be taken here.' },
  refused: { type: 'modify', condition: 'not-acceptable', text: 'The file could not be fetched from where it lies.' },
  passing: {
    type: 'wait',
    condition: 'resource-constraint',
    text: 'The file could not be fetched right now. Please send it again in a few minutes.',
  },
}

const refusals: Readonly<
  Record<Extract<Receipt, { outcome: 'refused' }>['because'], Pick<StanzaError, 'type' | 'condition'>>
> = {
  'unknown-address': { type: 'cancel', condition: 'item-not-found' },
  'retired-address': { type: 'cancel', condition: 'gone' },
  'too-large': { type: 'modify', condition: 'not-acceptable' },
  'too-many': { type: 'wait', condition: 'resource-constraint' },
  loop: { type: 'cancel', condition: 'policy-violation' },
  'nothing-in-it': { type: 'modify', condition: 'bad-request' },
  malformed: { type: 'modify', condition: 'bad-request' },
}
