import { headerLength, type MessageFields, type Optional, type Pdu, type WireAddress } from './pdu.ts'

/** The bytes of one PDU, with its length before it. Texts must fit their fields: what goes in is ours. */
export function writePdu(pdu: Pdu): Buffer {
  const body = Buffer.concat(bodyOf(pdu))
  const head = Buffer.alloc(headerLength)
  head.writeUInt32BE(headerLength + body.length, 0)
  head.writeUInt32BE(pdu.command, 4)
  head.writeUInt32BE(pdu.status, 8)
  head.writeUInt32BE(pdu.sequence, 12)
  return Buffer.concat([head, body])
}

function bodyOf({ body }: Pdu): Uint8Array[] {
  switch (body.kind) {
    case 'bind': {
      const { systemId, password, systemType, addressRange } = body.bind
      const version = Uint8Array.of(0x34, 0, 0)
      return [text(systemId), text(password), text(systemType), version, text(addressRange)]
    }
    case 'message':
      return messageOf(body.message)
    case 'answer':
      return [text(body.id), ...optionalOf(body.optional)]
    case 'empty':
    case 'unread':
      return []
  }
}

function messageOf(message: MessageFields): Uint8Array[] {
  const { serviceType, source, destination, esmClass, registeredDelivery, dataCoding, shortMessage, optional } = message
  return [
    text(serviceType),
    ...addressOf(source),
    ...addressOf(destination),
    // No protocol and priority, not scheduled, valid as long as the SMSC keeps things.
    Uint8Array.of(esmClass, 0, 0, 0, 0, registeredDelivery, 0, dataCoding, 0, shortMessage.length),
    shortMessage,
    ...optionalOf(optional),
  ]
}

function addressOf({ ton, npi, value }: WireAddress): Uint8Array[] {
  return [Uint8Array.of(ton, npi), text(value)]
}

function optionalOf(optional: Optional): Uint8Array[] {
  return [...optional].flatMap(([tag, value]) => {
    const head = Buffer.alloc(4)
    head.writeUInt16BE(tag, 0)
    head.writeUInt16BE(value.length, 2)
    return [head, value]
  })
}

function text(value: string): Uint8Array {
  return Buffer.from(`${value}\0`, 'latin1')
}
