import { abilityContract } from '@parley/channel-sdk/conformance'
import { describe, it } from 'vitest'
import { aDelivery, aMessage, BO, DOMAIN, OUR_ADDRESS, overTcp, sipRig, toldBy } from './sip-rig.fixture.ts'

const anotherToken = 'bbcdefghijklmnopqrstuvwxyz'
const anotherAddress = `${anotherToken}@${DOMAIN}`
const idle = await sipRig()
const { abilities } = idle.channel
await idle.dispose()

const header = (raw: string, name: string) => new RegExp(`^${name}:\\s*(.*)$`, 'im').exec(raw)?.[1] ?? ''
const fromOf = (raw: string) => /sip:([^>;]+)/.exec(header(raw, 'From'))?.[1] ?? ''
const isTyping = (raw: string) => /im-iscomposing/.test(header(raw, 'Content-Type'))

describe('what SIP can do, kept by its channel', () => {
  const checks = abilityContract(abilities, async () => {
    const rig = await sipRig()
    const { channel, farEnd, host } = rig
    host.uses(anotherAddress)
    const words = () => farEnd.messages.filter((raw) => !isTyping(raw))
    const sends = async (to: string, type: string, text: string) => {
      await overTcp(channel.ports.TCP ?? 0, aMessage({ to, type, text, id: `signal-${Math.random()}` }))
    }
    return {
      channel,
      host,
      ourAddress: OUR_ADDRESS,
      anotherAddress,
      anotherToken,
      unknownAddress: `aaaaaaaaaaaaaaaaaaaaaaaaaa@${DOMAIN}`,
      delivery: (reference, text) =>
        aDelivery({ reference, content: { blocks: [{ kind: 'said', by: null, text, at: null }] } }),
      says: async (to, text, id) => toldBy(await overTcp(channel.ports.TCP ?? 0, aMessage({ to, text, id }))),
      arrived: async () => words(),
      arrivedFrom: async () => words().map(fromOf),
      typing: {
        says: (to, on) =>
          sends(
            to,
            'application/im-iscomposing+xml',
            `<?xml version="1.0" encoding="UTF-8"?><isComposing xmlns="urn:ietf:params:xml:ns:im-iscomposing"><state>${on ? 'active' : 'idle'}</state></isComposing>`,
          ),
        seen: async () =>
          farEnd.messages
            .filter(isTyping)
            .map((raw) => ({ from: fromOf(raw), isTyping: /<state>active<\/state>/.test(raw) })),
      },
      async reports(state) {
        for (const raw of words()) {
          // A message without an id of its own is reported by its Call-ID.
          const id = header(raw, 'Call-ID')
          const [kind, status] = {
            delivered: ['delivery-notification', 'delivered'],
            read: ['display-notification', 'displayed'],
            failed: ['delivery-notification', 'failed'],
          }[state]
          const imdn = `<?xml version="1.0" encoding="UTF-8"?><imdn xmlns="urn:ietf:params:xml:ns:imdn"><message-id>${id}</message-id><datetime>2026-11-22T10:00:00Z</datetime><${kind}><status><${status}/></status></${kind}></imdn>`
          const cpim = [
            `From: <${BO}>`,
            `To: <sip:${fromOf(raw)}>`,
            'DateTime: 2026-11-22T10:00:00Z',
            '',
            'Content-Type: message/imdn+xml',
            'Content-Disposition: notification',
            '',
            imdn,
          ].join('\r\n')
          await sends(fromOf(raw), 'message/cpim', cpim)
        }
      },
      refusesAddress: async () => undefined,
      goesAway: () => farEnd.close(),
      comesBack: () => farEnd.listen(),
      dispose: rig.dispose,
    }
  })
  for (const { title, run } of checks) it(title, run)
})
