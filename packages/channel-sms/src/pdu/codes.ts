/** SMPP 3.4 §5.1.2.1: what a PDU asks for. An answer has the highest bit set. */
export const commands = {
  genericNack: 0x80000000,
  bindReceiver: 0x00000001,
  bindTransmitter: 0x00000002,
  submitSm: 0x00000004,
  deliverSm: 0x00000005,
  unbind: 0x00000006,
  bindTransceiver: 0x00000009,
  enquireLink: 0x00000015,
  dataSm: 0x00000103,
} as const

export const isAnswer = (command: number): boolean => command >= 0x80000000
export const answerTo = (command: number): number => command + 0x80000000

/** §5.1.3: those that we answer with. */
export const statuses = {
  ok: 0x00,
  invalidMessageLength: 0x01,
  invalidCommandLength: 0x02,
  invalidCommand: 0x03,
  invalidDestination: 0x0b,
  /** ESME_RX_T_APPN: the peer tries again. */
  temporary: 0x64,
  /** ESME_RX_P_APPN: never again. */
  permanent: 0x65,
  /** ESME_RX_R_APPN: this one was not taken, and why is between the sender and us. */
  refused: 0x66,
} as const

/** §5.3.2: optional parameters that are read or written here. */
export const tags = {
  receiptedMessageId: 0x001e,
  userMessageReference: 0x0204,
  sarReference: 0x020c,
  sarTotal: 0x020e,
  sarPart: 0x020f,
  networkErrorCode: 0x0423,
  messagePayload: 0x0424,
  messageState: 0x0427,
} as const
