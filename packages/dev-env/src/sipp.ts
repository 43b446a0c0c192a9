import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startDaemon } from './daemon.ts'
import { freePort } from './free-port.ts'
import { tempFolder } from './temp-folder.ts'
import { waitFor } from './wait-for.ts'

export type SippOptions = {
  /** A SIP address at the target. */
  to: string
  target: { host: string; port: number }
  transport: 'udp' | 'tcp'
  /** Messages in all, and in a second. */
  count: number
  perSecond: number
  /** The status that each has to be answered with. */
  expects: number
}

export type SippResult = { ok: boolean; output: string }

/** Sends messages with SIPp, and fails where one is not answered as expected. */
export async function runSipp({ to, target, transport, count, perSecond, expects }: SippOptions): Promise<SippResult> {
  await using folder = await tempFolder('sipp')
  const scenario = join(folder.path, 'message.xml')
  await writeFile(scenario, messageScenario(to, expects))
  const port = await freePort()
  const daemon = startDaemon({
    name: 'SIPp',
    command: '/usr/bin/sipp',
    args: [
      ...['-sf', scenario, '-nostdin', '-i', target.host, '-p', String(port)],
      ...['-t', transport === 'udp' ? 'u1' : 't1', '-m', String(count), '-r', String(perSecond)],
      ...['-timeout', '60', '-timeout_error', `${target.host}:${target.port}`],
    ],
    folder: folder.path,
    env: { TERM: 'dumb' },
    cwd: folder.path,
  })
  await waitFor('SIPp to end', () => !daemon.isRunning(), { timeoutMs: 90_000, instead: daemon.output })
  const output = daemon.output()
  const successful = [...output.matchAll(/Successful call\s*\|\s*\d+\s*\|\s*(\d+)/g)].at(-1)?.[1]
  return { ok: Number(successful) === count, output }
}

function messageScenario(to: string, expects: number): string {
  return `<?xml version="1.0" encoding="UTF-8" ?>
<!DOCTYPE scenario SYSTEM "sipp.dtd">
<scenario name="message">
  <send retrans="500">
    <![CDATA[
MESSAGE ${to} SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: <sip:bo@people.test>;tag=[pid]sipp[call_number]
To: <${to}>
Call-ID: [call_id]
CSeq: 1 MESSAGE
Max-Forwards: 70
Content-Type: text/plain
Content-Length: [len]

This is number [call_number].
    ]]>
  </send>
  <recv response="${expects}" />
</scenario>
`
}
