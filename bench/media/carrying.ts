/** Something that carries messages between here and the peer of a medium. */
export interface Carrying {
  readonly port: number | null
  /** Resolves when it is on its way for good: taken by the peer, or durable with the server that will see to it. */
  send(person: number, text: string): Promise<void>
  stop(): Promise<void>
}
