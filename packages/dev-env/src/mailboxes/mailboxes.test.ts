import { readdir, readFile, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { authenticate } from 'mailauth'
import { dkimVerify } from 'mailauth/lib/dkim/verify.js'
import Pop3Command from 'node-pop3'
import nodemailer from 'nodemailer'
import { SMTPServer } from 'smtp-server'
import { afterEach, expect, test } from 'vitest'
import { tempFolder } from '../temp-folder.ts'
import { waitFor } from '../wait-for.ts'
import { type Mailboxes, startMailboxes } from './index.ts'

const people = [
  { name: 'Bo Lindqvist', address: 'bo@pocket.example' },
  { name: 'Cleo Marchetti', address: 'cleo@pocket.example' },
]
const relay = 'r-3kf8@parley.example'
const undo: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const each of undo.splice(0).reverse()) await each()
})

test('A mail for a person is in their inbox by POP3 as it was sent; one for anybody else is refused', async () => {
  const { mailboxes } = await start()
  const send = transport(mailboxes)
  await send.sendMail({
    from: 'Parley <r-1@parley.example>',
    to: 'bo@pocket.example',
    subject: 'Zelte für März',
    text: 'Hello\n.\n..two dots\nbye',
    attachments: [{ filename: 'a.txt', content: 'attached' }],
  })
  await expect(send.sendMail({ from: 'a@b.example', to: 'nobody@pocket.example', text: 'x' })).rejects.toThrow(
    /5\.1\.1/,
  )
  await expect(send.sendMail({ from: 'a@b.example', to: 'x@far.example', text: 'x' })).rejects.toThrow(
    /Sign in to send/,
  )

  const [mail] = await mailboxes.list('bo@pocket.example')
  expect(mail).toMatchObject({ subject: 'Zelte für März', attachments: 1, seen: false, from: { name: 'Parley' } })
  const pop = popFor(mailboxes, 'bo@pocket.example')
  const [unique] = await pop.UIDL()
  expect(unique).toEqual(['1', mail?.id])
  const raw = await pop.RETR(1)
  // node-pop3 leaves the second dot that the protocol puts before a line's own (RFC 1939 §3).
  expect(raw).toContain('\r\n..\r\n...two dots\r\nbye')
  expect((await mailboxes.read('bo@pocket.example', mail?.id ?? ''))?.text).toContain('Hello\n.\n..two dots\nbye')
  const top = await pop.TOP(1, 0)
  expect(top).toContain('Return-Path: <r-1@parley.example>')
  expect(top).not.toContain('two dots')
  await pop.QUIT()
  expect(await mailboxes.list('cleo@pocket.example')).toEqual([])
})

test('A mail that a program deletes by POP3 is gone when the session ends, and there after one that broke off', async () => {
  const { mailboxes } = await start()
  await transport(mailboxes).sendMail({ from: 'a@b.example', to: 'bo@pocket.example', subject: 'One', text: 'x' })
  const login = `USER bo\r\nPASS ${mailboxes.passwordOf('bo@pocket.example')}\r\n`
  expect(await talk(mailboxes, `${login}DELE 1\r\nRETR 1\r\n${'?'.repeat(5000)}`)).toMatch(
    /\+OK Marked[\s\S]*no such mail/,
  )
  expect(await talk(mailboxes, `${login}DELE 1\r\nRSET\r\nQUIT\r\n`)).toContain('+OK Goodbye')
  expect(await mailboxes.list('bo@pocket.example')).toHaveLength(1)
  expect(await talk(mailboxes, `${login}DELE 1\r\nQUIT\r\n`)).toContain('+OK Goodbye')
  expect(await mailboxes.list('bo@pocket.example')).toEqual([])
})

test('A reply goes to Parley with the original quoted and a signature that proves its sender', async () => {
  const parley = await peer()
  const { mailboxes } = await start({ parleySmtp: parley.at })
  await transport(mailboxes).sendMail({
    from: `Visitor 7 <${relay}>`,
    to: 'bo@pocket.example',
    subject: 'Boots',
    text: 'Do they leak?',
  })
  const [mail] = await mailboxes.list('bo@pocket.example')
  await mailboxes.reply('bo@pocket.example', mail?.id ?? '', {
    text: 'No, they do not.',
    attachments: [{ filename: 'boot.txt', content: Buffer.from('leather') }],
  })
  const [taken] = await waitFor('the reply at Parley', () => parley.taken.length > 0 && parley.taken)
  expect(taken).toMatchObject({ from: 'bo@pocket.example', to: [relay] })
  expect(taken?.raw.toString()).toMatch(
    /No, they do not\.[\s\S]*Visitor 7 <r-3kf8@parley\.example>[\s\S]*> Do they leak\?/,
  )
  expect(taken?.raw.toString()).toContain('Subject: Re: Boots')
  expect(await standing(taken?.raw, mailboxes)).toBe('pass')
  expect(await mailboxes.list('bo@pocket.example')).toMatchObject([{ answered: true }])
  await waitFor(
    'the copy to be marked as sent',
    async () => (await mailboxes.sent('bo@pocket.example'))[0]?.state === 'sent',
  )
})

test('An ordinary program that signs in sends as its person, signed; under another name it is carried without a signature', async () => {
  const parley = await peer()
  const { mailboxes } = await start({ parleySmtp: parley.at })
  const cleo = transport(mailboxes, { user: 'cleo', pass: mailboxes.passwordOf('cleo@pocket.example') })
  await cleo.sendMail({ from: 'cleo@pocket.example', to: relay, text: 'mine' })
  await cleo.sendMail({ from: 'bo@pocket.example', to: relay, text: 'forged' })
  await waitFor('both mails', () => parley.taken.length === 2)
  const forged = parley.taken.find(({ raw }) => raw.includes('forged'))
  const own = parley.taken.find(({ raw }) => raw.includes('mine'))
  expect(await standing(own?.raw, mailboxes)).toBe('pass')
  expect(await standing(forged?.raw, mailboxes)).toBe('none')
  const dmarc = async (raw: Buffer | undefined) => {
    const connection = { ip: '127.0.0.1', helo: 'pocket.example', sender: 'bo@pocket.example' }
    const found = await authenticate(raw ?? '', { ...connection, resolver: mailboxes.resolve, disableBimi: true })
    return found.dmarc && { result: found.dmarc.status.result, policy: found.dmarc.policy }
  }
  expect(await dmarc(own?.raw)).toEqual({ result: 'pass', policy: 'reject' })
  expect(await dmarc(forged?.raw)).toEqual({ result: 'fail', policy: 'reject' })
  const wrong = transport(mailboxes, { user: 'cleo', pass: 'guess' })
  await expect(wrong.sendMail({ from: 'cleo@pocket.example', to: relay, text: 'x' })).rejects.toThrow(
    /No mailbox has this name/,
  )
})

test('While Parley is down mail waits, over a restart too, and is then handed over once', async () => {
  const folder = await folderForThisTest()
  const { mailboxes: first, stop } = await start({ folder, parleySmtp: { host: '127.0.0.1', port: 1 } })
  await transport(first).sendMail({ from: relay, to: 'bo@pocket.example', subject: 'Kept', text: 'x' })
  await first.compose('bo@pocket.example', { to: relay, subject: 'Later', text: 'patience' })
  expect(await first.sent('bo@pocket.example')).toMatchObject([{ subject: 'Later', state: 'waiting' }])
  await stop()

  const { mailboxes: second } = await start({ folder })
  expect(await second.list('bo@pocket.example')).toMatchObject([{ subject: 'Kept' }])
  expect(second.passwordOf('bo@pocket.example')).toBe(first.passwordOf('bo@pocket.example'))
  expect(second.records).toEqual(first.records)
  const parley = await peer()
  second.relayTo(parley.at)
  await waitFor('the mail', () => parley.taken.length > 0)
  await waitFor('the queue to be empty', async () => (await readdir(`${folder}/queue`)).length === 0)
  expect(parley.taken.map(({ raw }) => raw.includes('patience'))).toEqual([true])
})

test('A refusal comes back as a delivery report that names the address and the reason; a full other side is tried again', async () => {
  const parley = await peer((attempt) => (attempt === 1 ? '451 4.2.1 busy' : '550 5.1.1 This address is retired'))
  const { mailboxes } = await start({ parleySmtp: parley.at })
  await mailboxes.compose('bo@pocket.example', { to: relay, subject: 'Old thread', text: 'still there?' })
  const [report] = await waitFor('the report', async () => {
    const inbox = await mailboxes.list('bo@pocket.example')
    return inbox.length > 0 && inbox
  })
  const mail = await mailboxes.read('bo@pocket.example', report?.id ?? '')
  expect(mail?.text).toContain(relay)
  expect(mail?.text).toContain('This address is retired')
  expect(mail?.header('content-type')).toContain('multipart/report')
  expect(mail?.header('auto-submitted')).toBe('auto-replied')
  expect(parley.attempts()).toBe(2)
  expect(await mailboxes.sent('bo@pocket.example')).toMatchObject([{ state: 'failed' }])
})

test('A vacation reply has no envelope sender and says what it is', async () => {
  const parley = await peer()
  const { mailboxes } = await start({ parleySmtp: parley.at })
  await transport(mailboxes).sendMail({ from: relay, to: 'bo@pocket.example', subject: 'Boots', text: 'x' })
  const [mail] = await mailboxes.list('bo@pocket.example')
  await mailboxes.vacationReply('bo@pocket.example', mail?.id ?? '')
  await waitFor('the notice', () => parley.taken.length === 1)
  expect(parley.taken).toMatchObject([{ from: '', to: [relay] }])
  expect(parley.taken[0]?.raw.toString()).toContain('Auto-Submitted: auto-replied')
})

test('Hostile POP3 lines get a refusal or a closed connection, and the next program is served', async () => {
  const { mailboxes } = await start()
  await transport(mailboxes).sendMail({ from: relay, to: 'bo@pocket.example', subject: 'Safe', text: 'x' })
  const password = mailboxes.passwordOf('bo@pocket.example')
  const login = `USER bo@pocket.example\r\nPASS ${password}\r\n`
  expect(await talk(mailboxes, `${'A'.repeat(100_000)}`)).toMatch(/-ERR That line is too long/)
  expect(await talk(mailboxes, 'GET / HTTP/1.1\r\n'.repeat(40))).toMatch(/-ERR Too many mistakes, goodbye\r\n$/)
  expect(await talk(mailboxes, '__proto__ 1\r\nconstructor\r\n\0\xff\r\n\r\nQUIT\r\n')).not.toContain('+OK 1')
  expect(await talk(mailboxes, `AUTH PLAIN\r\n*\r\nAUTH PLAIN !!!\r\nAUTH GSSAPI\r\nQUIT\r\n`)).toMatch(
    /Given up[\s\S]*No mailbox[\s\S]*Only PLAIN/,
  )
  const odd = [
    'RETR',
    'RETR -1',
    'RETR 0',
    'RETR 1e9',
    'RETR 99999999999999999999',
    'TOP 1',
    'TOP 1 -5',
    'DELE ../..',
    'LIST x',
    'XTND',
  ]
  const answers = await talk(mailboxes, `${login}${odd.map((line) => `${line}\r\n`).join('')}STAT\r\nQUIT\r\n`)
  expect(answers.match(/-ERR/g)).toHaveLength(odd.length)
  expect(answers).toMatch(/\+OK 1 \d+\r\n\+OK Goodbye/)
  expect(await talk(mailboxes, 'USER bo@pocket.example\r\nPASS guess\r\nQUIT\r\n')).toContain('-ERR [AUTH]')
  const pop = popFor(mailboxes, 'bo')
  expect(await pop.STAT()).toMatch(/^1 /)
  await pop.QUIT()
})

test('What a crash left half written is no mail, and what was acknowledged is whole', async () => {
  const folder = await folderForThisTest()
  const { mailboxes, stop } = await start({ folder })
  await transport(mailboxes).sendMail({ from: relay, to: 'bo@pocket.example', subject: 'Whole', text: 'x' })
  await stop()
  const inbox = `${folder}/bo@pocket.example/inbox`
  const [name = ''] = await readdir(inbox)
  await writeFile(`${inbox}/${name.replace(/^..../, '0zzz')}.unfinished`, 'Subject: Hal')
  const { mailboxes: again } = await start({ folder })
  expect(await again.list('bo@pocket.example')).toMatchObject([{ subject: 'Whole' }])
  expect(await readdir(inbox)).toEqual([name])
  expect(await readFile(`${inbox}/${name}`, 'utf8')).toMatch(/x\r\n$/)
})

async function folderForThisTest(): Promise<string> {
  const folder = await tempFolder('mailboxes')
  undo.push(() => folder.remove())
  return folder.path
}

async function start(options: Partial<Parameters<typeof startMailboxes>[0]> = {}) {
  const folder = options.folder ?? (await folderForThisTest())
  const mailboxes = await startMailboxes({ people, folder, parleySmtp: null, backOffMs: [10, 20, 50], ...options })
  let stopping: Promise<void> | undefined
  const stop = () => {
    stopping ??= mailboxes.stop()
    return stopping
  }
  undo.push(stop)
  return { mailboxes, stop }
}

function transport({ smtp }: Mailboxes, auth?: { user: string; pass: string }) {
  return nodemailer.createTransport({ ...smtp, secure: false, ignoreTLS: true, ...(auth ? { auth } : {}) })
}

function popFor(mailboxes: Mailboxes, user: string) {
  const [address = ''] = people.map((one) => one.address).filter((one) => one.startsWith(user.split('@')[0] ?? ''))
  return new Pop3Command({ ...mailboxes.pop3, user, password: mailboxes.passwordOf(address), timeout: 5000 })
}

async function standing(raw: Buffer | undefined, mailboxes: Mailboxes): Promise<string | undefined> {
  const { results } = await dkimVerify(raw ?? '', {
    resolver: (name: string, type: string) => mailboxes.resolve(name, type),
    minBitLength: 1024,
  })
  return results[0]?.status?.result
}

/** Plays Parley's SMTP-in: takes everything, or refuses each attempt as told. */
async function peer(refuse?: (attempt: number) => string | undefined) {
  const taken: { from: string; to: string[]; raw: Buffer }[] = []
  let attempts = 0
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    closeTimeout: 500,
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        attempts += 1
        const said = refuse?.(attempts)
        if (said) return done(Object.assign(new Error(said.slice(4)), { responseCode: Number(said.slice(0, 3)) }))
        const { mailFrom, rcptTo } = session.envelope
        taken.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map((one) => one.address),
          raw: Buffer.concat(chunks),
        })
        done()
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  undo.push(() => new Promise((resolve) => server.close(() => resolve(undefined))))
  const address = server.server.address()
  if (!address || typeof address === 'string') throw new Error('no port')
  return { at: { host: '127.0.0.1', port: address.port }, taken, attempts: () => attempts }
}

async function talk({ pop3 }: Mailboxes, lines: string): Promise<string> {
  const socket = connect(pop3)
  let said = ''
  socket.setEncoding('latin1').on('data', (chunk) => {
    said += chunk
  })
  socket.on('error', () => {})
  socket.write(Buffer.from(lines, 'latin1'))
  await Promise.race([new Promise((resolve) => socket.once('close', resolve)), sleep(5000, undefined, { ref: false })])
  socket.destroy()
  return said
}
