import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Dovecot, startDovecot } from './dovecot.ts'
import { freePort } from './free-port.ts'
import { createMailPerson, type MailPerson } from './mail-person.ts'
import { type Postfix, startPostfix } from './postfix.ts'
import { repliesWithSNail } from './s-nail.ts'
import { sendsWithSwaks } from './swaks.ts'
import { waitFor } from './wait-for.ts'
import { describeWithPeers } from './with-peers.ts'

await describeWithPeers(
  ['postfix', 'dovecot', 'swaks', 's-nail'],
  'Mail between people over Postfix and Dovecot',
  () => {
    let dovecot: Dovecot
    let postfix: Postfix
    let ana: MailPerson
    let bo: MailPerson

    beforeAll(async () => {
      dovecot = await startDovecot({ people: ['ana@people.test', 'bo@people.test', 'box@people.test'] })
      postfix = await startPostfix({
        mailboxes: { 'people.test': { host: dovecot.host, port: dovecot.lmtpPort } },
        refusedAtOnce: ['gone@people.test'],
        messageSizeLimit: 200_000,
        speaksFrom: '127.0.0.25',
      })
      ana = person('Ana', 'ana@people.test')
      bo = person('Bo "the Boat"', 'bo@people.test')
    })

    afterAll(async () => {
      await Promise.all([ana?.close(), bo?.close()])
      await Promise.all([postfix?.stop(), dovecot?.stop()])
    })

    function person(name: string, address: string) {
      const imap = { host: dovecot.host, port: dovecot.imapPort, password: dovecot.passwordOf(address) }
      return createMailPerson({ name, address, imap, smtp: postfix })
    }

    test('a mail reaches the mailbox it is for, with text, page and attachment whole', async () => {
      const picture = Buffer.from([0, 255, 13, 10, 46, 13, 10, 200])
      await ana.writes({
        to: bo.address,
        subject: 'Öffnungszeiten?',
        text: 'Are you open on Sunday?\n.\nFrom me',
        html: '<p>Are you open on <b>Sunday</b>?</p>',
        attachments: [{ filename: 'bild–1.png', content: picture, contentType: 'image/png' }],
      })
      const mail = await bo.receivesEmail(/open on Sunday/)
      expect(mail.subject).toBe('Öffnungszeiten?')
      expect(mail.from).toEqual({ name: 'Ana', address: 'ana@people.test' })
      expect(mail.text.trim()).toBe('Are you open on Sunday?\n.\nFrom me')
      expect(mail.html).toContain('<b>Sunday</b>')
      expect(mail.attachments).toEqual([{ filename: 'bild–1.png', mimeType: 'image/png', content: picture }])
      expect(mail.raw.toString()).toContain('Return-Path: <ana@people.test>')
    })

    test('a wait gives each mail once, and says what was there when it waits in vain', async () => {
      await ana.writes({ to: bo.address, subject: 'twice', text: 'first of two' })
      await ana.writes({ to: bo.address, subject: 'twice', text: 'second of two' })
      const [one, two] = [await bo.receivesEmail(/of two/), await bo.receivesEmail(/of two/)]
      expect([one.text.trim(), two.text.trim()].sort()).toEqual(['first of two', 'second of two'])
      await expect(bo.receivesEmail(/of two/, { timeoutMs: 50 })).rejects.toThrow(
        /waited 50 ms for a mail to bo@people\.test matching \/of two\/[\s\S]*"twice" from ana@people\.test \(given to an earlier wait\)/,
      )
    })

    test('a reply goes to Reply-To, names the mail it answers, and quotes as its program does', async () => {
      await ana.writes({
        to: bo.address,
        subject: 'A question',
        text: 'Do you have boats?\nAnd oars?',
        headers: { 'Reply-To': '"Ana, ashore" <ana@people.test>' },
      })
      const question = await bo.receivesEmail(/boats/)
      const { messageId } = await bo.repliesTo(
        question,
        [
          { under: 'boats', text: 'Two of them.' },
          { under: /oars/, text: 'Four.' },
        ],
        { quoting: 'interleaved', signature: 'Bo' },
      )
      const reply = await ana.receivesEmail((mail) => mail.messageId === messageId)
      expect(reply.subject).toBe('Re: A question')
      expect(reply.from).toEqual({ name: 'Bo "the Boat"', address: 'bo@people.test' })
      expect(reply.to).toEqual([{ name: 'Ana, ashore', address: 'ana@people.test' }])
      expect(reply.references).toEqual([question.messageId])
      expect(reply.header('in-reply-to')).toBe(question.messageId)
      expect(reply.text.replace(/^On .*, Ana wrote:$/m, 'ATTRIBUTION').trim()).toBe(
        'ATTRIBUTION\n> Do you have boats?\n\nTwo of them.\n\n> And oars?\n\nFour.\n\n\n-- \nBo',
      )
    })

    test('s-nail answers a mail as a mail program that nobody here wrote', async () => {
      await ana.writes({ to: bo.address, subject: 'For s-nail', text: 'Is it blue?' })
      const question = await bo.receivesEmail(/Is it blue/)
      await repliesWithSNail(question, 'Ja, ganz schön blau.', { name: 'Bo', address: bo.address, smtp: postfix })
      const reply = await ana.receivesEmail(/ganz schön blau/)
      expect(reply.header('user-agent')).toMatch(/^s-nail/)
      expect(reply.references).toEqual([question.messageId])
      expect(reply.text).toContain('> Is it blue?')
      await expect(
        repliesWithSNail(question, 'x', { name: 'Bo', address: bo.address, smtp: { host: '127.0.0.1', port: 9 } }),
      ).rejects.toThrow('s-nail could not send')
    })

    test('mail to somebody unknown comes back as a real bounce to its envelope sender', async () => {
      await ana.writes({ to: 'nobody@people.test', subject: 'Lost', text: 'into the void' })
      const bounce = await ana.receivesEmail(/Undelivered Mail Returned to Sender/)
      expect(bounce.header('return-path')).toBe('<>')
      expect(bounce.header('content-type')).toMatch(/multipart\/report; report-type=delivery-status/)
      const status = bounce.attachments.find(({ mimeType }) => mimeType === 'message/delivery-status')
      expect(status?.content.toString()).toMatch(/Final-Recipient: rfc822; nobody@people\.test[\s\S]*Status: 5\.1\.1/)
    })

    test('an address refused at once, an unknown domain and a mail too large are refused while the sender waits', async () => {
      const mail = { subject: 'x', text: 'x' }
      await expect(ana.writes({ ...mail, to: 'gone@people.test' })).rejects.toThrow(/550 5\.1\.1/)
      await expect(ana.writes({ ...mail, to: 'ana@elsewhere.test' })).rejects.toThrow(/550 5\.4\.4/)
      const large = [{ filename: 'large.bin', content: Buffer.alloc(300_000) }]
      await expect(ana.writes({ ...mail, to: bo.address, attachments: large })).rejects.toThrow(/552|too big|size/)
    })

    test('a vacation notice carries the null sender and is marked automatic, so that it is never answered', async () => {
      await ana.writes({ to: bo.address, subject: 'Holiday?', text: 'Are you there?' })
      await bo.autoReplies(await bo.receivesEmail(/Holiday\?/))
      const notice = await ana.receivesEmail(/Auto: Holiday\?/)
      expect(notice.header('return-path')).toBe('<>')
      expect(notice.header('auto-submitted')).toMatch(/^auto-replied/)
    })

    test('mail for name+token reaches the mailbox of name, which can tell the token, over IMAP and POP3', async () => {
      await ana.writes({ to: 'box+k7q2@people.test', subject: 'Token', text: 'with a token' })
      await using box = person('Box', 'box@people.test')
      const mail = await box.receivesEmail(/with a token/)
      expect(mail.header('delivered-to')).toBe('box+k7q2@people.test')
      const { default: Pop3 } = await import('node-pop3')
      const pop3 = new Pop3({
        host: dovecot.host,
        port: dovecot.pop3Port,
        user: 'box@people.test',
        password: dovecot.passwordOf('box@people.test'),
      })
      expect(await pop3.RETR(1)).toContain('with a token')
      await pop3.QUIT()
    })

    test('a person may join and leave while the servers run', async () => {
      await dovecot.addPerson('cy@people.test')
      await using cy = person('Cy', 'cy@people.test')
      await ana.writes({ to: cy.address, subject: 'Welcome', text: 'hello Cy' })
      await cy.receivesEmail(/hello Cy/)
      await dovecot.removePerson('cy@people.test')
      await ana.writes({ to: cy.address, subject: 'Bye', text: 'bye Cy' })
      await ana.receivesEmail((mail) => /Undelivered/.test(mail.subject) && mail.raw.includes('cy@people.test'))
    })

    test('mail for a relay domain waits while its server is away, follows a moved route, and arrives once', async () => {
      const port = await freePort()
      await postfix.routeTo({ 'relay.test': { host: '127.0.0.1', port } })
      await ana.writes({ to: 'k7q2@relay.test', subject: 'Patience', text: 'keep this' })
      await waitFor('the mail to be deferred', async () => (await postfix.queue())[0]?.recipients[0]?.delayReason, {
        instead: postfix.log,
      })

      const taken: { from: string; to: string[]; peer: string; body: string }[] = []
      const server = new SMTPServer({
        disabledCommands: ['AUTH', 'STARTTLS'],
        onData(stream, session, done) {
          let body = ''
          stream.on('data', (chunk) => {
            body += chunk
          })
          stream.on('end', () => {
            const from = session.envelope.mailFrom ? session.envelope.mailFrom.address : ''
            taken.push({ from, to: session.envelope.rcptTo.map((to) => to.address), peer: session.remoteAddress, body })
            done()
          })
        },
      })
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
      const address = server.server.address()
      if (!address || typeof address === 'string') throw new Error('no port')
      try {
        await postfix.routeTo({ 'relay.test': { host: '127.0.0.1', port: address.port } })
        await postfix.flushQueue()
        await waitFor('the relay to be given the mail', () => taken.length > 0, { instead: postfix.log })
        await waitFor('the queue to be empty', async () => (await postfix.queue()).length === 0)
        expect(taken).toMatchObject([{ from: 'ana@people.test', to: ['k7q2@relay.test'], peer: '127.0.0.25' }])
        expect(taken[0]?.body).toContain('keep this')
      } finally {
        await new Promise<void>((resolve) => server.close(resolve))
      }
    })

    test('swaks holds a raw session, and its transcript tells what the server said', async () => {
      const session = { server: postfix, from: 'forger@people.test', data: 'Subject: raw\n\nraw words\n' }
      const taken = await sendsWithSwaks({ ...session, to: bo.address })
      expect(taken.exitCode).toBe(0)
      await bo.receivesEmail(/raw words/)
      const refused = await sendsWithSwaks({ ...session, to: 'gone@people.test' })
      expect(refused.exitCode).not.toBe(0)
      expect(refused.output).toContain('550 5.1.1')
    })

    test('bytes go through as they are, and the whole mailbox can be read as bytes', async () => {
      const raw = Buffer.from('From: x@y.test\r\nSubject: =?utf-8?B?broken\r\n\r\n\x80\xff latin bytes\r\n', 'latin1')
      await ana.sendsRaw(raw, { from: 'ana@people.test', to: bo.address })
      await bo.receivesEmail((mail) => mail.raw.includes('latin bytes'))
      const all = await bo.allRaw()
      expect(all.some((mail) => mail.includes(Buffer.from('\x80\xff latin bytes\r\n', 'latin1')))).toBe(true)
    })
  },
)
