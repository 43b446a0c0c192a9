import { abilityContract } from '@parley/channel-sdk/conformance'
import { describe, it } from 'vitest'
import { aDelivery, aMail, emailRig, handing, OUR_ADDRESS, RELAY_DOMAIN, toldBy } from './email-rig.fixture.ts'

const anotherToken = 'a5x2mq7vb3ndtz4wj6ayrc2e'
const anotherAddress = `${anotherToken}@${RELAY_DOMAIN}`
const idle = await emailRig()
const { abilities } = idle.channel
await idle.dispose()

describe('what mail can do, kept by its channel', () => {
  const checks = abilityContract(abilities, async () => {
    const rig = await emailRig()
    const { channel, host, farEnd } = rig
    host.uses(anotherAddress)
    return {
      channel,
      host,
      ourAddress: OUR_ADDRESS,
      anotherAddress,
      anotherToken,
      unknownAddress: `aaaaaaaaaaaaaaaaaaaaaaaa@${RELAY_DOMAIN}`,
      delivery: (reference, text) =>
        aDelivery({ reference, content: { blocks: [{ kind: 'said', by: null, text, at: null }] } }),
      says: async (to, text, id) =>
        toldBy(await rig.speaks(handing(aMail({ text, to, id: `${id}@people.example` }), [to]))),
      arrived: async () => farEnd.mails.map(({ raw }) => raw),
      arrivedFrom: async () =>
        farEnd.mails.map(({ raw }) => /^From:[^\n]*?<([^>]+)>/im.exec(raw.replace(/\r\n\s/g, ' '))?.[1] ?? ''),
      async reports(state) {
        for (const { raw, from } of farEnd.mails) {
          const id = /^Message-ID:\s*(<[^>]+>)/im.exec(raw)?.[1] ?? ''
          const report = state === 'read' ? aReadReceipt(id) : aStatusReport(id, state)
          const to = state === 'read' ? OUR_ADDRESS : from
          await rig.speaks(handing(report.replace('{to}', to), [to], ''))
        }
      },
      refusesAddress: async () => undefined,
      goesAway: () => farEnd.close(),
      comesBack: async () => {
        await farEnd.listen()
      },
      dispose: rig.dispose,
    }
  })
  for (const { title, run } of checks) it(title, run)
})

/** RFC 3464. */
function aStatusReport(id: string, action: 'delivered' | 'failed'): string {
  return aReport('delivery-status', id, 'MAILER-DAEMON@people.example', [
    'Reporting-MTA: dns; mx.people.example',
    '',
    'Final-Recipient: rfc822; bo@people.example',
    `Action: ${action}`,
    `Status: ${action === 'failed' ? '5.1.1' : '2.0.0'}`,
  ])
}

/** RFC 8098. */
function aReadReceipt(id: string): string {
  return aReport('disposition-notification', id, 'bo@people.example', [
    'Final-Recipient: rfc822;bo@people.example',
    `Original-Message-ID: ${id}`,
    'Disposition: manual-action/MDN-sent-manually; displayed',
  ])
}

function aReport(type: string, id: string, from: string, fields: string[]): string {
  return [
    `From: <${from}>`,
    'To: {to}',
    'Date: Sun, 22 Nov 2026 10:00:00 +0000',
    `Message-ID: <report-${type}@people.example>`,
    `In-Reply-To: ${id}`,
    'Subject: Report',
    'MIME-Version: 1.0',
    `Content-Type: multipart/report; report-type=${type}; boundary="BOUND"`,
    '',
    '--BOUND',
    'Content-Type: text/plain',
    '',
    'A report.',
    '--BOUND',
    `Content-Type: message/${type}`,
    '',
    ...fields,
    '',
    '--BOUND',
    'Content-Type: text/rfc822-headers',
    '',
    `Message-ID: ${id}`,
    '',
    '--BOUND--',
    '',
  ].join('\r\n')
}
