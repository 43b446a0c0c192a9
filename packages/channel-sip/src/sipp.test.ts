import { createSocket } from 'node:dgram'
import { RecordingHost } from '@parley/channel-sdk/conformance'
import { runSipp, seeded, seedOfThisRun } from '@parley/dev-env'
import { describeWithPeers } from '@parley/dev-env/with-peers'
import { expect, test } from 'vitest'
import { createSipChannel } from './sip-channel.ts'
import { aMessage, DOMAIN, OUR_ADDRESS } from './sip-rig.fixture.ts'

const seed = seedOfThisRun()

await describeWithPeers(['sipp'], 'under the load of SIPp', () => {
  test.each(['udp', 'tcp'] as const)(
    `each of 500 messages by %s is stored once and answered, while noise and broken messages rain (seed ${seed})`,
    async (transport) => {
      const host = new RecordingHost().uses(OUR_ADDRESS)
      const channel = createSipChannel({
        domain: DOMAIN,
        listen: { host: '127.0.0.1', udp: 0, tcp: 0, tls: null, ws: null, wss: null },
        proxy: null,
      })
      await channel.start(host)
      const rain = rains(channel.ports.UDP ?? 0)
      const result = await runSipp({
        to: `sip:${OUR_ADDRESS}`,
        target: { host: '127.0.0.1', port: channel.ports[transport === 'udp' ? 'UDP' : 'TCP'] ?? 0 },
        transport,
        count: 500,
        perSecond: 250,
        expects: 200,
      })
      rain.stop()
      expect(result).toMatchObject({ ok: true })
      expect(host.received).toHaveLength(500)
      expect(new Set(host.received.map(({ said }) => said.full.trim())).size).toBe(500)
      expect(host.logged).toEqual([])
      await channel.stop()
    },
    90_000,
  )
})

/** What nobody should send, a hundred times a second. */
function rains(port: number): { stop(): void } {
  const random = seeded(seed)
  const socket = createSocket('udp4')
  const timer = setInterval(() => {
    const whole = Buffer.from(aMessage({ transport: 'UDP', to: 'nobody@elsewhere.example' }))
    socket.send(random.bytes(random.int(1, 1_200)), port, '127.0.0.1')
    socket.send(whole.subarray(0, random.int(1, whole.length - 1)), port, '127.0.0.1')
    socket.send(Buffer.from(whole.toString().split('\r\n').reverse().join('\r\n')), port, '127.0.0.1')
  }, 30)
  return {
    stop() {
      clearInterval(timer)
      socket.close()
    },
  }
}
