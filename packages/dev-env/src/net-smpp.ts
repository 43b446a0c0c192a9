import { fileURLToPath } from 'node:url'
import { startDaemon, untilListening } from './daemon.ts'
import { freePort } from './free-port.ts'

/** What a service centre that speaks by Net::SMPP saw, in order. */
export type NetSmppEvent =
  | { kind: 'bind'; systemId: string }
  | { kind: 'submit'; to: string; from: string; dataCoding: number; esmClass: number; hex: string }
  /** What it was answered for the message that it delivered. */
  | { kind: 'answered'; status: number }
  | { kind: 'unbind' }

export type NetSmpp = {
  host: string
  port: number
  events(): NetSmppEvent[]
  output(): string
  stop(): Promise<void>
}

/**
 * A service centre written with Perl's Net::SMPP: takes what is submitted, sends its receipt, and for each text that holds a question mark
 * delivers an answer from that phone (`Yes to: …`). A text that holds "long" is answered with one in three parts, the last one first.
 */
export async function startNetSmpp(): Promise<NetSmpp> {
  const port = await freePort()
  const script = fileURLToPath(new URL('./net-smpp.pl', import.meta.url))
  const daemon = startDaemon({ name: 'Net::SMPP', command: '/usr/bin/perl', args: [script, String(port)] })
  await untilListening(daemon, { name: 'Net::SMPP', port, timeoutMs: 60_000 })
  return {
    host: '127.0.0.1',
    port,
    events: () =>
      daemon
        .output()
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line) as NetSmppEvent),
    output: () => daemon.output(),
    stop: () => daemon.stop(),
  }
}
