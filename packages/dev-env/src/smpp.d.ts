declare module 'smpp' {
  import type { EventEmitter } from 'node:events'
  import type { Server as NetServer, Socket } from 'node:net'

  export interface Pdu {
    command: string
    command_id: number
    command_status: number
    sequence_number: number
    system_id?: string
    password?: string
    source_addr?: string
    destination_addr?: string
    esm_class?: number
    data_coding?: number
    registered_delivery?: number
    short_message?: { message: string | Buffer; udh?: Buffer[] }
    message_id?: string
    response(options?: Record<string, unknown>): Pdu
  }
  export class Session extends EventEmitter {
    socket: Socket
    send(pdu: Pdu): boolean
    deliver_sm(options: Record<string, unknown>, answered: (pdu: Pdu) => void): boolean
    enquire_link(options: Record<string, unknown>, answered: (pdu: Pdu) => void): boolean
    bind_transceiver(options: Record<string, unknown>, answered: (pdu: Pdu) => void): boolean
    submit_sm(options: Record<string, unknown>, answered: (pdu: Pdu) => void): boolean
    close(): void
    destroy(): void
  }
  export interface Server extends NetServer {
    sessions: Session[]
  }
  const smpp: {
    connect(options: { host: string; port: number }): Session
    createServer(
      options: { key?: string; cert?: string; [other: string]: unknown },
      onSession: (session: Session) => void,
    ): Server
  }
  export default smpp
}
