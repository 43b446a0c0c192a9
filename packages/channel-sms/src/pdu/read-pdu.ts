import { ByteReader } from './byte-reader.ts'
import { answerTo, commands } from './codes.ts'
import type { Body, MessageFields, Optional, Pdu } from './pdu.ts'

export type PduReading =
  | { ok: true; pdu: Pdu }
  /** `command` and `sequence` are from its head, so that it can be answered. */
  | { ok: false; because: string; command: number; sequence: number }

/**
 * Reads one whole PDU, whose first four bytes have been checked to be its length (`PduFrames`). Whatever the bytes are, this returns: each
 * field is bounded by the standard's own maximum, and an optional parameter by what is left.
 */
export function readPdu(bytes: Uint8Array): PduReading {
  const reader = new ByteReader(bytes)
  reader.skip(4)
  const [command, status, sequence] = [reader.uint32(), reader.uint32(), reader.uint32()]
  if (reader.isShort) return { ok: false, because: 'shorter than its own head', command: 0, sequence: 0 }
  const body = readBody(reader, command, status)
  if (reader.isShort) return { ok: false, because: reader.isShort, command, sequence }
  return { ok: true, pdu: { command, status, sequence, body } }
}

function readBody(reader: ByteReader, command: number, status: number): Body {
  switch (command) {
    case commands.bindReceiver:
    case commands.bindTransmitter:
    case commands.bindTransceiver:
      return readBind(reader)
    case commands.submitSm:
    case commands.deliverSm:
      return { kind: 'message', message: readMessage(reader) }
    case commands.dataSm:
      return { kind: 'message', message: readDataMessage(reader) }
    case answerTo(commands.bindReceiver):
    case answerTo(commands.bindTransmitter):
    case answerTo(commands.bindTransceiver):
      return readAnswer(reader, status)
    case answerTo(commands.submitSm):
    case answerTo(commands.deliverSm):
    case answerTo(commands.dataSm):
      return readAnswer(reader, status)
    case commands.unbind:
    case commands.enquireLink:
    case answerTo(commands.unbind):
    case answerTo(commands.enquireLink):
    case commands.genericNack:
      return { kind: 'empty' }
    default:
      return { kind: 'unread' }
  }
}

function readBind(reader: ByteReader): Body {
  const [systemId, password, systemType] = [
    reader.text(16, 'system_id'),
    reader.text(9, 'password'),
    reader.text(13, 'system_type'),
  ]
  reader.skip(3)
  return { kind: 'bind', bind: { systemId, password, systemType, addressRange: reader.text(41, 'address_range') } }
}

function readMessage(reader: ByteReader): MessageFields {
  const serviceType = reader.text(6, 'service_type')
  const source = readAddress(reader, 21, 'source_addr')
  const destination = readAddress(reader, 21, 'destination_addr')
  const esmClass = reader.uint8()
  reader.skip(2)
  reader.text(17, 'schedule_delivery_time')
  reader.text(17, 'validity_period')
  const registeredDelivery = reader.uint8()
  reader.skip(1)
  const dataCoding = reader.uint8()
  reader.skip(1)
  const shortMessage = reader.bytes(reader.uint8(), 'short_message')
  const optional = readOptional(reader)
  return { serviceType, source, destination, esmClass, registeredDelivery, dataCoding, shortMessage, optional }
}

function readDataMessage(reader: ByteReader): MessageFields {
  const serviceType = reader.text(6, 'service_type')
  const source = readAddress(reader, 65, 'source_addr')
  const destination = readAddress(reader, 65, 'destination_addr')
  const [esmClass, registeredDelivery, dataCoding] = [reader.uint8(), reader.uint8(), reader.uint8()]
  const optional = readOptional(reader)
  return {
    serviceType,
    source,
    destination,
    esmClass,
    registeredDelivery,
    dataCoding,
    shortMessage: new Uint8Array(),
    optional,
  }
}

function readAddress(reader: ByteReader, most: number, field: string) {
  return { ton: reader.uint8(), npi: reader.uint8(), value: reader.text(most, field) }
}

// §4.4.2: with a refusal the body means nothing, and may be missing. An id without its end is still the id of what was taken.
function readAnswer(reader: ByteReader, status: number): Body {
  if (status !== 0 || reader.left === 0) return { kind: 'answer', id: '', optional: new Map() }
  const id = reader.textOrRest(65, 'message_id')
  return { kind: 'answer', id, optional: readOptional(reader) }
}

function readOptional(reader: ByteReader): Optional {
  const optional = new Map<number, Uint8Array>()
  while (reader.left > 0 && !reader.isShort) {
    const tag = reader.uint16()
    const value = reader.bytes(reader.uint16(), 'optional parameter')
    if (!optional.has(tag)) optional.set(tag, value)
  }
  return optional
}
