import { createServer } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { aDelivery, type EmailRig, emailRig } from '../email-rig.fixture.ts'

describe('handing mail to a server', () => {
  let rig: EmailRig
  const begin = async (options: Parameters<typeof emailRig>[0] = {}) => {
    rig = await emailRig(options)
    await rig.channel.start(rig.host)
    return rig
  }
  afterEach(async () => {
    await rig.channel.stop()
    await rig.dispose()
  })

  it('A18: the line breaks after the final dot: the mail may be there, so the outcome is unknown', async () => {
    const { channel, farEnd } = await begin()
    farEnd.onMail = () => 'cut'
    const outcome = await channel.send(aDelivery())
    expect(outcome.status).toBe('unknown')
    expect(farEnd.mails).toHaveLength(1)
  })

  it('A18: sent once more after that, the mail has the same Message-ID, is marked, and says so', async () => {
    const { channel, farEnd } = await begin()
    farEnd.onMail = () => 'cut'
    await channel.send(aDelivery())
    farEnd.onMail = () => null
    expect((await channel.send(aDelivery({ maybeTwice: true }))).status).toBe('sent')
    const [first, second] = farEnd.mails.map(({ raw }) => raw)
    expect(messageId(second)).toBe(messageId(first))
    expect(first).not.toMatch(/^X-Parley-Maybe-Repeated/m)
    expect(second).toMatch(/^X-Parley-Maybe-Repeated: yes\r$/m)
    expect(second).toContain('You may have received this message before.')
  })

  it('the line breaks in the middle of the body: certainly not delivered, so it is tried again', async () => {
    const { channel, farEnd } = await begin()
    farEnd.cutsAfterBytes = 20_000
    const outcome = await channel.send(aDelivery({ attachments: [file(3_000_000)] }))
    expect(outcome.status).toBe('retry')
    expect(farEnd.mails).toHaveLength(0)
    farEnd.cutsAfterBytes = Number.POSITIVE_INFINITY
    expect((await channel.send(aDelivery({ attachments: [file(3_000_000)] }))).status).toBe('sent')
  })

  it('an attachment that cannot be read to its end never goes out as half a mail', async () => {
    const { channel, farEnd } = await begin()
    const broken = {
      ...file(100_000),
      open: async function* () {
        yield new Uint8Array(50_000)
      },
    }
    expect(await channel.send(aDelivery({ attachments: [broken] }))).toMatchObject({
      status: 'retry',
      reason: expect.stringContaining('attachment'),
    })
    expect(farEnd.mails).toHaveLength(0)
    expect((await channel.send(aDelivery())).status).toBe('sent')
  })

  it('one broken mail does not spoil the health of the channel, nor the next mail', async () => {
    const { channel, farEnd } = await begin()
    farEnd.onMail = ({ to }) => (to.includes('full@people.example') ? { code: 552, text: '5.2.2 mailbox full' } : null)
    expect(await channel.send(aDelivery({ to: 'full@people.example' }))).toMatchObject({
      status: 'rejected',
      scope: 'message',
    })
    expect(channel.health()).toEqual({ state: 'up' })
    expect((await channel.send(aDelivery())).status).toBe('sent')
  })

  it('a mail larger than the far end announces is rejected before a byte of it is sent', async () => {
    rig = await emailRig()
    rig.farEnd.sizeLimit = 100_000
    await rig.farEnd.close()
    await rig.farEnd.listen()
    await rig.channel.start(rig.host)
    const outcome = await rig.channel.send(aDelivery({ attachments: [file(200_000)] }))
    expect(outcome).toMatchObject({ status: 'rejected', scope: 'message', reason: expect.stringContaining('552') })
  })

  it('a mail larger than this channel sends is rejected with its size, without asking anybody', async () => {
    const { channel, farEnd } = await begin()
    const outcome = await channel.send(aDelivery({ attachments: [file(60_000_000)] }))
    expect(outcome).toMatchObject({
      status: 'rejected',
      scope: 'message',
      reason: expect.stringMatching(/too large for mail: about 8\d{7} bytes/),
    })
    expect(farEnd.mails).toHaveLength(0)
  })

  it('a wrong password is tried again later, and the channel says at once that it is down and why', async () => {
    rig = await emailRig()
    rig.farEnd.signIn = { user: 'parley', password: 'right' }
    await rig.farEnd.close()
    await rig.farEnd.listen()
    const port = rig.farEnd.port
    await rig.dispose()
    const { channel, farEnd } = await begin({
      smtpOut: { host: '127.0.0.1', port, tls: 'never', auth: { user: 'parley', password: 'wrong' } },
    })
    farEnd.signIn = { user: 'parley', password: 'right' }
    await farEnd.close()
    await farEnd.listen(port)
    expect(await channel.send(aDelivery())).toMatchObject({ status: 'retry', reason: expect.stringContaining('535') })
    expect(channel.health()).toMatchObject({ state: 'down', reason: expect.stringContaining('refused the sign-in') })
  })

  it('a server that takes the connection and says nothing is given up on', async () => {
    const silent = createServer(() => undefined)
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const address = silent.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const { channel } = await begin({ smtpOut: { host: '127.0.0.1', port, tls: 'never', connectTimeoutMs: 300 } })
    expect((await channel.send(aDelivery())).status).toBe('retry')
    silent.close()
  })

  it('connections are kept for the next mail, and never more than allowed', async () => {
    const { channel, farEnd } = await begin()
    for (let index = 0; index < 5; index++) await channel.send(aDelivery({ reference: `r${index}` }))
    // One for the mails, one that looked at the start whether the server is there.
    expect(farEnd.connections).toBeLessThanOrEqual(2)
    const outcomes = await Promise.all(
      Array.from({ length: 30 }, (_, index) => channel.send(aDelivery({ reference: `many${index}` }))),
    )
    expect(outcomes.every(({ status }) => status === 'sent')).toBe(true)
    expect(farEnd.connections).toBeLessThanOrEqual(4)
    expect(farEnd.mails).toHaveLength(35)
  })

  it('a kept connection that the far end has dropped meanwhile costs the mail nothing', async () => {
    const { channel, farEnd } = await begin()
    await channel.send(aDelivery({ reference: 'before' }))
    await farEnd.close()
    await farEnd.listen()
    expect((await channel.send(aDelivery({ reference: 'after' }))).status).toBe('sent')
  })

  it('stopping waits for the mail under way', async () => {
    const { channel, farEnd } = await begin()
    const sending = channel.send(aDelivery({ attachments: [file(2_000_000)] }))
    await channel.stop()
    expect((await sending).status).toBe('sent')
    expect(farEnd.mails).toHaveLength(1)
  })
})

function file(size: number, name = 'plan.bin') {
  return {
    name,
    type: 'application/octet-stream',
    size,
    url: 'https://parley.example/file',
    async *open() {
      for (let left = size; left > 0; left -= 65_536) yield new Uint8Array(Math.min(left, 65_536)).fill(7)
    },
  }
}

function messageId(raw: string | undefined): string | undefined {
  return /^Message-ID: (.*)\r$/im.exec(raw ?? '')?.[1]
}
