import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { certificate } from '@parley/dev-env/certificate'
import { createTransport } from 'nodemailer'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { aMail, type EmailRig, emailRig, handing, OUR_ADDRESS, toldBy } from '../email-rig.fixture.ts'

describe('mail handed in under encryption', () => {
  let rig: EmailRig
  beforeEach(async () => {
    rig = await emailRig({
      smtpIn: {
        host: '127.0.0.1',
        port: 0,
        tls: certificate(),
        maxBytes: 5_000_000,
        maxConnections: 5,
        maxRecipients: 100,
      },
    })
    await rig.channel.start(rig.host)
  })
  afterEach(async () => {
    await rig.channel.stop()
    await rig.dispose()
  })

  it('STARTTLS is offered with a certificate, and mail is taken by it and without it', async () => {
    const port = rig.channel.smtpPort ?? 0
    const secure = createTransport({ host: '127.0.0.1', port, requireTLS: true, tls: { rejectUnauthorized: false } })
    await secure.sendMail({
      raw: aMail({ id: 'a@people.example' }),
      envelope: { from: 'bo@people.example', to: OUR_ADDRESS },
    })
    secure.close()
    expect(toldBy(await rig.speaks(handing(aMail({ id: 'b@people.example' }))))).toBe('taken')
    expect(rig.host.received).toHaveLength(2)
  })

  it('commands that stand in the clear behind STARTTLS are not carried out inside the encryption', async () => {
    const plain = connect({ host: '127.0.0.1', port: rig.channel.smtpPort ?? 0 })
    await answerTo(plain, '')
    await answerTo(plain, 'EHLO a.example\r\n')
    const injected = `STARTTLS\r\nEHLO evil.example\r\nMAIL FROM:<evil@people.example>\r\nRCPT TO:<${OUR_ADDRESS}>\r\n`
    expect(await answerTo(plain, injected)).toMatch(/^220 /)
    const secure = connectTls({ socket: plain, rejectUnauthorized: false })
    await once(secure, 'secureConnect')
    expect(await answerTo(secure, 'EHLO a.example\r\n')).toMatch(/^250/)
    expect(await answerTo(secure, 'DATA\r\n')).toMatch(/^503 /)
    secure.destroy()
  })

  it('a peer that only keeps the line is let go when the channel stops', async () => {
    const idle = connect({ host: '127.0.0.1', port: rig.channel.smtpPort ?? 0 })
    await once(idle, 'data')
    const letGo = once(idle, 'end')
    await rig.channel.stop()
    await letGo
    expect(rig.host.logged).toEqual([])
  })
})

async function answerTo(socket: Socket, line: string): Promise<string> {
  if (line !== '') socket.write(line)
  const [chunk] = await once(socket, 'data')
  return String(chunk)
}
