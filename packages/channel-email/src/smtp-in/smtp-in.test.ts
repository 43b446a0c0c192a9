import { connect } from 'node:net'
import { deflateSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  aDelivery,
  aMail,
  type EmailRig,
  emailRig,
  handing,
  OUR_ADDRESS,
  RELAY_DOMAIN,
  toldBy,
} from '../email-rig.fixture.ts'

const SECOND = `zzzzzzzzzzzzzzzzzzzzzzzz@${RELAY_DOMAIN}`
const RETIRED = `yyyyyyyyyyyyyyyyyyyyyyyy@${RELAY_DOMAIN}`
const SMALL = `xxxxxxxxxxxxxxxxxxxxxxxx@${RELAY_DOMAIN}`
const BUSY = `wwwwwwwwwwwwwwwwwwwwwwww@${RELAY_DOMAIN}`
const BOUNCE = `bounce+r7f3a9c2e41b@${RELAY_DOMAIN}`

describe('mail handed in by other servers', () => {
  let rig: EmailRig
  const options = { host: '127.0.0.1', port: 0, maxBytes: 5_000_000, maxConnections: 20, maxRecipients: 100 }
  const begin = async (
    changes: Partial<typeof options> & { silenceTimeoutMs?: number; connectionTimeoutMs?: number } = {},
  ) => {
    rig = await emailRig({ smtpIn: { ...options, ...changes } })
    rig.host.uses(SECOND)
    rig.host.addresses.set(RETIRED, { accepts: false, because: 'retired' })
    rig.host.addresses.set(SMALL, { accepts: true, maxBytes: 2_000 })
    rig.host.addresses.set(BUSY, { accepts: false, because: 'too-many' })
    await rig.channel.start(rig.host)
  }
  beforeEach(() => begin())
  afterEach(async () => {
    await rig.channel.stop()
    await rig.dispose()
  })
  const again = async (changes: Parameters<typeof begin>[0]) => {
    await rig.channel.stop()
    await rig.dispose()
    await begin(changes)
  }

  it('A15 takes what anyone writes to a site’s public address, at whatever domain that is', async () => {
    rig.host.addresses.set('help@shop.example', { accepts: true, maxBytes: 1_000_000 })
    const answers = await rig.speaks(handing(aMail(), ['Help@Shop.example']))
    expect(answers[3]).toMatch(/^250 /)
    await expect.poll(() => rig.host.received.map(({ to }) => to), { timeout: 30_000 }).toEqual(['help@shop.example'])
  })

  describe('says in words what is wrong, and what to do', () => {
    it.each([
      [
        'an address that never was',
        `aaaaaaaaaaaaaaaaaaaaaaaa@${RELAY_DOMAIN}`,
        /^550 5\.1\.1 There is no such address here/,
      ],
      ['an address that is no more', RETIRED, /^550 5\.1\.6 This conversation address is closed/],
      ['an address that gets too much', BUSY, /^452 4\.5\.3 Too many messages/],
      ['the sender of notices', `no-reply@${RELAY_DOMAIN}`, /^550 5\.1\.1 Nobody reads this address/],
      ['another domain', 'bo@elsewhere.example', /^550 5\.7\.1 Mail for other domains/],
    ])('%s', async (_, to, expected) => {
      const answers = await rig.speaks(handing(aMail(), [to]))
      expect(answers[3]).toMatch(expected)
      expect(rig.host.received).toEqual([])
    })

    it('a mail larger than the limit, when its size is announced', async () => {
      const answers = await rig.speaks([
        'EHLO a.example\r\n',
        'MAIL FROM:<bo@people.example> SIZE=9000000\r\n',
        'QUIT\r\n',
      ])
      expect(answers.join('\n')).toMatch(/^552 /m)
    })

    it('a mail larger than its address takes, when its size is announced', async () => {
      const answers = await rig.speaks([
        'EHLO a.example\r\n',
        'MAIL FROM:<bo@people.example> SIZE=3000\r\n',
        `RCPT TO:<${SMALL}>\r\n`,
        'QUIT\r\n',
      ])
      expect(answers[3]).toMatch(/^552 5\.3\.4 The message is larger than 2 kB/)
    })

    it('a mail larger than its address takes, when it was announced as nothing', async () => {
      const answers = await rig.speaks(handing(aMail({ to: SMALL, text: 'x\r\n'.repeat(5_000) }), [SMALL]))
      expect(answers.join('\n')).toMatch(
        /552 5\.3\.4 The message is larger than 2 kB, the most that is taken here\. Please send less/,
      )
      expect(rig.host.received).toEqual([])
    })

    it('a mail with nothing in it', async () => {
      const answers = await rig.speaks(handing(aMail({ text: '  \r\n \r\n' })))
      expect(answers.join('\n')).toMatch(/554 5\.6\.0 There is nothing in the message/)
    })

    it('a mail of ours that comes back', async () => {
      await rig.channel.send(aDelivery())
      const own = rig.farEnd.mails[0]?.raw ?? ''
      const answers = await rig.speaks(handing(own))
      expect(answers.join('\n')).toMatch(/554 5\.4\.6 This message has been here before/)
      expect(rig.host.received).toEqual([])
    })

    it('a server that cannot store now', async () => {
      rig.host.answer = () => Promise.reject(new Error('down'))
      const answers = await rig.speaks(handing(aMail()))
      expect(answers.join('\n')).toMatch(
        /451 4\.3\.0 The message cannot be stored at the moment\. Please try again later/,
      )
    })

    it('an address book that cannot be asked now', async () => {
      rig.host.mayReceive = () => Promise.reject(new Error('down'))
      expect((await rig.speaks(handing(aMail())))[3]).toMatch(/^451 /)
    })
  })

  it('one mail to two of our addresses is taken for each of them', async () => {
    expect(toldBy(await rig.speaks(handing(aMail(), [OUR_ADDRESS, SECOND])))).toBe('taken')
    expect(rig.host.received.map(({ to }) => to)).toEqual([OUR_ADDRESS, SECOND])
    expect(new Set(rig.host.received.map(({ externalId }) => externalId)).size).toBe(1)
  })

  it('taken for one address and refused for another, its writer hears of both', async () => {
    rig.host.answer = ({ to }) =>
      to === SECOND
        ? { outcome: 'refused', because: 'retired-address', text: 'This conversation is closed.' }
        : { outcome: 'accepted', messageId: 'm' }
    const answers = await rig.speaks(handing(aMail(), [OUR_ADDRESS, SECOND]))
    expect(answers.join('\n')).toMatch(
      /550 This conversation is closed\. \(This concerns 1 of 2 addresses; the other 1 got the message\.\)/,
    )
  })

  it('taken for one address and not storable for another, the whole mail is asked for again', async () => {
    rig.host.answer = ({ to }) => {
      if (to === SECOND) throw new Error('down')
      return { outcome: 'accepted', messageId: 'm' }
    }
    expect(toldBy(await rig.speaks(handing(aMail(), [OUR_ADDRESS, SECOND])))).toBe('try-again')
  })

  it('a mail that is being given while the channel stops gets its answer', async () => {
    let store = () => {}
    rig.host.answer = () => new Promise((resolve) => (store = () => resolve({ outcome: 'accepted', messageId: 'm' })))
    const speaking = rig.speaks(handing(aMail()))
    while (rig.host.received.length === 0) await new Promise((resolve) => setTimeout(resolve, 10))
    const stopping = rig.channel.stop()
    store()
    expect(toldBy(await speaking)).toBe('taken')
    await stopping
  })

  it('tokens are known in upper case too', async () => {
    expect(toldBy(await rig.speaks(handing(aMail(), [OUR_ADDRESS.toUpperCase()])))).toBe('taken')
    expect(rig.host.received[0]?.to).toBe(OUR_ADDRESS)
  })

  it('what another server says about a sender is believed from our own relays, and from nobody else', async () => {
    const vouched = aMail({
      headers: ['Authentication-Results: mx.garden.example; dmarc=pass header.from=people.example'],
    })
    for (const [trustedRelays, standing] of [
      [[], 'unproven'],
      [['127.0.0.1'], 'proven'],
    ] as const) {
      await rig.channel.stop()
      await rig.dispose()
      rig = await emailRig({
        smtpIn: { ...options, trustedRelays: [...trustedRelays] },
        trustedAuthservIds: ['mx.garden.example'],
      })
      await rig.channel.start(rig.host)
      await rig.speaks(handing(vouched))
      expect(rig.host.received[0]?.from).toMatchObject({ address: 'bo@people.example', standing })
    }
  })

  it.each([
    ['nothing but a subject', '', 'stop'],
    ['a subject and a line of its own', 'This message was automatically generated by Gmail.', 'stop'],
    [
      'a subject, under which a person wrote',
      'Please stop the delivery, I moved.',
      'Please stop the delivery, I moved.',
    ],
  ])('the unsubscribe button of a mail program writes %s: only what it writes says stop', async (_, text, said) => {
    const pressed = `From: Bo <bo@people.example>\r\nTo: ${OUR_ADDRESS}\r\nMessage-ID: <u@x.example>\r\nSubject: stop\r\n\r\n${text}\r\n`
    expect(toldBy(await rig.speaks(handing(pressed)))).toBe('taken')
    expect(rig.host.received[0]?.said.visible.trim()).toBe(said)
  })

  it('a vacation notice is kept as automatic, never as an answer', async () => {
    await rig.speaks(handing(aMail({ headers: ['Auto-Submitted: auto-replied'] }), [OUR_ADDRESS], ''))
    expect(rig.host.received[0]?.verdict).toEqual({ kind: 'automatic', why: 'vacation' })
  })

  describe('reports about what we sent', () => {
    it('A18: a final bounce fails the delivery that it names, and says whether the address is bad', async () => {
      expect(
        toldBy(
          await rig.speaks(
            handing(bounce('failed', '5.1.1', '550 5.1.1 <bo@people.example>: unknown user'), [BOUNCE], ''),
          ),
        ),
      ).toBe('taken')
      expect(rig.host.reports).toEqual([
        { of: { reference: 'r7f3a9c2e41b' }, state: 'failed', scope: 'address', reason: '550 5.1.1 …: unknown user' },
      ])
    })

    it('a mailbox that is full is a failure of the message', async () => {
      await rig.speaks(handing(bounce('failed', '5.2.2', '552 5.2.2 mailbox full'), [BOUNCE], ''))
      expect(rig.host.reports).toMatchObject([{ state: 'failed', scope: 'message' }])
    })

    it('a delay is not a failure: the peer still tries', async () => {
      expect(toldBy(await rig.speaks(handing(bounce('delayed', '4.4.1', '450 4.4.1 no route'), [BOUNCE], '')))).toBe(
        'taken',
      )
      expect(rig.host.reports).toEqual([])
    })

    it('a bounce that comes to the From address is known by the Message-ID it quotes', async () => {
      await rig.speaks(handing(bounce('failed', '5.1.1', '550 5.1.1 unknown user'), [OUR_ADDRESS], ''))
      expect(rig.host.reports).toMatchObject([{ of: { reference: 'r7f3a9c2e41b' }, state: 'failed', scope: 'address' }])
      expect(rig.host.received).toEqual([])
    })

    it('a vacation notice to the return path shows that the mail arrived, and is no answer', async () => {
      await rig.speaks(handing(aMail({ headers: ['Auto-Submitted: auto-replied'], to: BOUNCE }), [BOUNCE], ''))
      expect(rig.host.reports).toEqual([{ of: { reference: 'r7f3a9c2e41b' }, state: 'delivered', reason: 'vacation' }])
      expect(rig.host.received).toEqual([])
    })

    it('a read receipt marks the delivery as read', async () => {
      const receipt = aMail({
        headers: [
          `References: <r7f3a9c2e41b@${RELAY_DOMAIN}>`,
          'MIME-Version: 1.0',
          'Content-Type: multipart/report; report-type=disposition-notification; boundary=b',
        ],
        text: '--b\r\nContent-Type: text/plain\r\n\r\nseen\r\n--b\r\nContent-Type: message/disposition-notification\r\n\r\nDisposition: manual-action/MDN-sent-manually; displayed\r\n--b--',
      })
      await rig.speaks(handing(receipt))
      expect(rig.host.reports).toEqual([{ of: { reference: 'r7f3a9c2e41b' }, state: 'read' }])
    })

    it('a person who writes to the return path is told where to write', async () => {
      const answers = await rig.speaks(handing(aMail(), [BOUNCE]))
      expect(answers.join('\n')).toMatch(/550 5\.7\.1 This address takes delivery reports only/)
    })
  })

  describe('hostile input', () => {
    it.each([
      ['a lone line feed around the dot', '\n.\n'],
      ['a lone carriage return around the dot', '\r.\r'],
      ['a line feed before the dot', '\n.\r\n'],
      ['a line feed after the dot', '\r\n.\n'],
      ['a carriage return before the dot', '\r.\r\n'],
      ['a NUL in the end', '\r\n\0.\r\n'],
    ])('%s does not end a mail: what follows is no second mail', async (_, end) => {
      const smuggled = `${aMail({ text: 'first' })}more${end}MAIL FROM:<ceo@people.example>\r\nRCPT TO:<${SECOND}>\r\nDATA\r\nFrom: ceo@people.example\r\n\r\nsmuggled\r\n`
      await rig.speaks(handing(smuggled))
      expect(rig.host.received.map(({ to }) => to)).toEqual([OUR_ADDRESS])
      expect(Buffer.from(rig.host.received[0]?.raw ?? []).toString()).toContain('smuggled')
    })

    it('a dot that comes in a packet of its own does not end a mail early', async () => {
      const mail = `From: Bo <bo@people.example>\r\nMessage-ID: <d@x>\r\n\r\nfirst\r\n..\r\nRSET\r\nstill the mail\r\n`
      await rig.speaks(handing(mail))
      expect(rig.host.received).toHaveLength(1)
      expect(rig.host.received[0]?.said.full).toContain('still the mail')
    })

    it('commands sent all at once are answered in order, and BDAT is not known here', async () => {
      const all = handing(aMail()).slice(0, 3).join('')
      const answers = await rig.speaks([`${all}DATA\r\n`, aMail(), '.\r\n', 'BDAT 10 LAST\r\n', 'QUIT\r\n'])
      expect(answers.join('\n')).toMatch(/354 /)
      expect((await rig.speaks(['EHLO a.example\r\n', 'BDAT 10 LAST\r\n', 'QUIT\r\n']))[2]).toMatch(/^500 /)
      expect((await rig.speaks(['EHLO a.example\r\n', 'QUIT\r\n']))[1]).not.toMatch(/CHUNKING|AUTH|STARTTLS/)
    })

    it('five thousand recipients: the first hundred are heard, and asking for strangers ends the conversation', async () => {
      const known = Array.from({ length: 5_000 }, (_, index) => `${`c${index}`.padEnd(24, 'q')}@${RELAY_DOMAIN}`)
      rig.host.uses(...known)
      const answers = await rig.speaks(handing(aMail(), known))
      expect(answers.filter((answer) => answer.startsWith('452')).length).toBe(4_900)
      expect(rig.host.received).toHaveLength(100)
      const strangers = known.map((address) => address.replace('@', 'x@'))
      const refused = await rig.speaks(handing(aMail(), strangers))
      expect(refused.at(-1)).toMatch(/^421 4\.7\.0 Too many unknown addresses/)
      expect(refused.length).toBeLessThan(30)
    }, 30_000)

    it.each([
      ['an address header of 135 kB', () => aMail({ headers: [`Cc: ${'<a@b.c>, '.repeat(15_000)}`] })],
      ['an address header nested in brackets', () => aMail({ headers: [`Cc: ${'('.repeat(135_000)}`] })],
      ['NUL in header and body', () => aMail({ headers: ['X-Nul: a\0b'], text: 'hello \0 there' })],
      [
        'invalid UTF-8',
        () =>
          Buffer.concat([
            Buffer.from(aMail({ headers: ['Content-Type: text/plain; charset=utf-8'] })),
            Buffer.from([0xff, 0xfe, 0xc3, 0x28, 0x0d, 0x0a]),
          ]),
      ],
      [
        'a part that never ends',
        () =>
          aMail({
            headers: ['Content-Type: multipart/mixed; boundary=x'],
            text: '--x\r\nContent-Type: text/plain\r\n\r\nhello',
          }),
      ],
      [
        'a thousand parts inside each other',
        () =>
          aMail({
            headers: ['Content-Type: multipart/mixed; boundary=b0'],
            text: Array.from(
              { length: 1_000 },
              (_, i) => `--b${i}\r\nContent-Type: multipart/mixed; boundary=b${i + 1}\r\n\r\n`,
            ).join(''),
          }),
      ],
      ['a line of a megabyte', () => aMail({ text: 'x'.repeat(1_000_000) })],
    ])('%s: an answer in words or a message, and an unharmed process', async (_, mail) => {
      const answers = await rig.speaks(handing(mail()))
      expect(['taken', 'refused']).toContain(toldBy(answers))
      expect(toldBy(await rig.speaks(handing(aMail({ id: 'after@people.example' }))))).toBe('taken')
    })

    it('nothing but bytes: refused in words', async () => {
      const answers = await rig.speaks(handing(Buffer.from(`${'\u0001\u0002'.repeat(2_000)}\r\n`)))
      expect(answers.join('\n')).toMatch(/554 5\.6\.0/)
    })

    it('a file that would unpack to gigabytes is passed on closed', async () => {
      const bomb = deflateSync(Buffer.alloc(50_000_000))
      const mail = aMail({
        headers: ['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b'],
        text: `--b\r\nContent-Type: text/plain\r\n\r\nsee file\r\n--b\r\nContent-Type: application/zip; name=b.zip\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=b.zip\r\n\r\n${bomb.toString('base64').replace(/.{76}/g, '$&\r\n')}\r\n--b--`,
      })
      expect(toldBy(await rig.speaks(handing(mail)))).toBe('taken')
      expect(rig.host.received[0]?.attachments[0]?.bytes.byteLength).toBe(bomb.byteLength)
    })

    it('a command line without end, and web browsers, are hung up on', async () => {
      expect((await rig.speaks(['X'.repeat(100_000)])).at(-1)).toMatch(/^421/)
      expect((await rig.speaks(['POST / HTTP/1.1\r\n'])).at(-1)).toMatch(/^421/)
    })

    it('a line that breaks in the middle of a mail leaves nothing behind', async () => {
      const steps = handing(aMail())
      await new Promise<void>((resolve) => {
        const socket = connect({ host: '127.0.0.1', port: rig.channel.smtpPort ?? 0 })
        let index = 0
        socket.on('data', () => {
          const step = steps[index++]
          if (step === undefined) return
          if (index < 5) socket.write(step)
          else socket.write(step.slice(0, 100), () => socket.destroy())
        })
        socket.on('close', () => resolve())
      })
      expect(toldBy(await rig.speaks(handing(aMail({ text: 'whole' }))))).toBe('taken')
      expect(rig.host.received.map(({ said }) => said.visible)).toEqual(['whole'])
    })

    it('a peer that falls silent, or drips for ever, is hung up on', async () => {
      await again({ silenceTimeoutMs: 400, connectionTimeoutMs: 60_000 })
      expect((await rig.speaks(['EHLO a.example\r\n'])).at(-1)).toMatch(/^421|^250/)
      await again({ silenceTimeoutMs: 5_000, connectionTimeoutMs: 600 })
      const dripping = connect({ host: '127.0.0.1', port: rig.channel.smtpPort ?? 0 })
      dripping.on('error', () => undefined)
      dripping.resume()
      const drip = setInterval(() => dripping.write('N'), 50)
      await new Promise<void>((resolve) => dripping.on('close', () => resolve()))
      clearInterval(drip)
      expect(toldBy(await rig.speaks(handing(aMail())))).toBe('taken')
    }, 20_000)

    it('one peer cannot take every connection', async () => {
      await again({ maxConnections: 4 })
      const hogs = Array.from({ length: 3 }, () =>
        connect({ host: '127.0.0.1', port: rig.channel.smtpPort ?? 0 }).resume(),
      )
      await Promise.all(hogs.map((hog) => new Promise((resolve) => hog.once('data', resolve))))
      expect((await rig.speaks([])).at(-1)).toMatch(/^421 4\.7\.0 Too many connections/)
      for (const hog of hogs) hog.destroy()
    })
  })
})

function bounce(action: string, status: string, diagnostic: string): string {
  return [
    'From: MAILER-DAEMON@mx.people.example',
    `To: ${BOUNCE}`,
    'Message-ID: <bounce-1@mx.people.example>',
    'Subject: Undelivered Mail Returned to Sender',
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    'Sorry.',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.people.example',
    '',
    'Final-Recipient: rfc822; bo@people.example',
    `Action: ${action}`,
    `Status: ${status}`,
    `Diagnostic-Code: smtp; ${diagnostic}`,
    '--b',
    'Content-Type: text/rfc822-headers',
    '',
    `Message-ID: <r7f3a9c2e41b@${RELAY_DOMAIN}>`,
    '--b--',
    '',
  ].join('\r\n')
}
