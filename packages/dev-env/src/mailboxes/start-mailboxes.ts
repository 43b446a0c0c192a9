import { EventEmitter } from 'node:events'
import { join } from 'node:path'
import { automaticReply } from '../auto-reply.ts'
import { layOutReply } from '../quoting.ts'
import { readMail } from '../received-mail.ts'
import { bounce } from './bounce.ts'
import { domainOf, openMailKeys } from './mail-keys.ts'
import { type MailStore, openMailStore } from './mail-store.ts'
import type { Mailboxes, MailboxesOptions, MailSummary, Submitted } from './mailboxes.ts'
import { startPop3Server } from './pop3-server.ts'
import { openRelayQueue } from './relay-queue.ts'
import { type ArrivedMail, startSmtpSide } from './smtp-side.ts'
import { type MailLine, summariseMail } from './summarise-mail.ts'
import { type OutgoingMail, writeMail } from './write-mail.ts'

const MAX_BYTES = 48 * 1024 * 1024

/** Mailboxes for people on a machine that has nothing but Node: SMTP, POP3, a durable store, a queue towards Parley. */
export async function startMailboxes(options: MailboxesOptions): Promise<Mailboxes> {
  const { host = '127.0.0.1', folder } = options
  const people = options.people.map(({ name, address }) => ({ name, address: address.toLowerCase() }))
  const keys = await openMailKeys(
    join(folder, 'keys'),
    people.map(({ address }) => address),
  )
  const boxes = new Map<string, Box>()
  for (const { name, address } of people) {
    const inbox = await openMailStore(join(folder, address, 'inbox'))
    const sent = await openMailStore(join(folder, address, 'sent'))
    boxes.set(address, { name, address, inbox, sent, summaries: new Map() })
  }
  const events = new EventEmitter().setMaxListeners(0)
  const mailHost = domainOf(people[0]?.address ?? 'mail@pocket.example')

  const deliver = async (box: Box, raw: Buffer, from: string, helo: string) => {
    const id = await box.inbox.add(Buffer.concat([trace({ from, to: box.address, helo, by: mailHost }), raw]))
    events.emit('mail', { person: box.address, id })
  }

  const queue = await openRelayQueue({
    folder: join(folder, 'queue'),
    peer: options.parleySmtp,
    ...(options.backOffMs ? { backOffMs: options.backOffMs } : {}),
    sent({ from, copy }) {
      if (copy) events.emit('change', { person: from.toLowerCase(), id: copy })
    },
    async refused({ from, to, copy, since }, raw, reason) {
      const owner = copy ? [...boxes.values()].find(({ sent }) => sent.get(copy)) : boxes.get(from.toLowerCase())
      if (copy) await owner?.sent.mark(copy, 'failed')
      // Nothing answers the empty sender (RFC 5321 §4.5.5): a bounce of a bounce would never end.
      const sender = boxes.get(from.toLowerCase())
      if (!sender) return
      const notice = bounce({ to: from, recipient: to, reason, raw, at: new Date(since), host: mailHost })
      await deliver(sender, notice, '', mailHost)
    },
  })

  /** Everything is durable when this resolves: local copies, the sender's copy, and what still has to go out. */
  const take = async ({ raw, from, to, submittedBy, helo }: ArrivedMail): Promise<string | null> => {
    const sender = submittedBy === undefined ? undefined : boxes.get(submittedBy)
    const claimed = submittedBy === undefined ? '' : (await readMail(headersOf(raw))).from.address.toLowerCase()
    const bytes = sender && claimed === sender.address ? await keys.sign(domainOf(claimed), raw) : raw
    const copy = sender ? await sender.sent.add(raw) : null
    for (const recipient of to) {
      const box = boxes.get(recipient.toLowerCase())
      if (box) await deliver(box, bytes, from, helo)
      else await queue.add({ from, to: recipient, copy }, bytes)
    }
    if (sender && copy) events.emit('change', { person: sender.address, id: copy })
    return copy
  }

  const signIn = (user: string, password: string): string | undefined => {
    const typed = user.trim().toLowerCase()
    const box =
      boxes.get(typed) ?? onlyOne([...boxes.values()].filter(({ address }) => address.split('@')[0] === typed))
    return box && keys.isPassword(box.address, password) ? box.address : undefined
  }

  const smtp = await startSmtpSide({
    host,
    port: options.smtpPort ?? 0,
    people: new Set(boxes.keys()),
    maxBytes: MAX_BYTES,
    signIn,
    async take(mail) {
      await take(mail)
    },
  })
  const pop3 = await startPop3Server({
    host,
    port: options.pop3Port ?? 0,
    signIn(user, password) {
      const person = signIn(user, password)
      return person === undefined ? undefined : boxes.get(person)?.inbox
    },
  }).catch(async (error: unknown) => {
    await smtp.close()
    await queue.stop()
    throw error
  })

  const boxOf = (person: string): Box => {
    const box = boxes.get(person.toLowerCase())
    if (!box) throw new Error('there is no mailbox of that address')
    return box
  }
  const rawOf = async (box: Box, id: string) => (await box.inbox.raw(id)) ?? (await box.sent.raw(id))

  const submit = async (box: Box, mail: OutgoingMail, envelopeFrom: string): Promise<Submitted> => {
    const { raw, messageId } = await writeMail(mail)
    const copy = await take({ raw, from: envelopeFrom, to: [mail.to], submittedBy: box.address, helo: mailHost })
    if (copy === null) throw new Error('a submitted mail has no copy')
    return { copy, messageId }
  }

  const summaries = (box: Box, store: MailStore): Promise<MailSummary[]> => {
    const waiting = new Set(queue.waiting().map(({ copy }) => copy))
    return Promise.all(
      store
        .list()
        .reverse()
        .map(async ({ id, at, marks }) => {
          const known = box.summaries.get(id) ?? summariseMail(await rawOf(box, id))
          box.summaries.set(id, known)
          const outgoing = marks.has('failed') ? 'failed' : waiting.has(id) ? 'waiting' : 'sent'
          return {
            ...(await known),
            id,
            at,
            seen: marks.has('seen'),
            answered: marks.has('answered'),
            state: store === box.inbox ? 'received' : outgoing,
          }
        }),
    )
  }

  return {
    smtp: { host, port: smtp.port },
    pop3: { host, port: pop3.port },
    people,
    records: keys.records,
    async resolve(name, type = 'TXT') {
      const found = type === 'TXT' ? keys.records[name.toLowerCase().replace(/\.$/, '')] : undefined
      if (!found) throw Object.assign(new Error(`no ${type} record for ${name}`), { code: 'ENOTFOUND' })
      return found.map((text) => [text])
    },
    passwordOf: (person) => keys.passwordOf(person.toLowerCase()),
    relayTo: (peer) => queue.sendTo(peer),
    async list(person) {
      const box = boxOf(person)
      return summaries(box, box.inbox)
    },
    async sent(person) {
      const box = boxOf(person)
      return summaries(box, box.sent)
    },
    async read(person, id) {
      const raw = await rawOf(boxOf(person), id)
      return raw && readMail(raw)
    },
    async markSeen(person, id) {
      await boxOf(person).inbox.mark(id, 'seen')
      events.emit('change', { person: person.toLowerCase(), id })
    },
    async reply(person, id, answer) {
      const box = boxOf(person)
      const raw = await rawOf(box, id)
      if (!raw) return undefined
      const mail = await readMail(raw)
      const laid = layOutReply(
        mail,
        { text: answer.text, ...(answer.signature ? { signature: answer.signature } : {}) },
        answer.quoting ?? 'gmail',
      )
      const from = answer.as ?? box.address
      const submitted = await submit(
        box,
        {
          from: { name: box.name, address: from },
          to: (mail.replyTo[0] ?? mail.from).address,
          subject: /^re:/i.test(mail.subject) ? mail.subject : `Re: ${mail.subject}`,
          text: laid.text,
          html: laid.html,
          inReplyTo: mail.messageId,
          references: [...mail.references, mail.messageId],
          headers: laid.userAgent,
          ...(answer.attachments ? { attachments: answer.attachments } : {}),
        },
        from,
      )
      await box.inbox.mark(id, 'answered')
      events.emit('change', { person: box.address, id })
      return submitted
    },
    async quoted(person, id) {
      const raw = await rawOf(boxOf(person), id)
      if (!raw) return undefined
      return layOutReply(await readMail(raw), { text: '' }, 'bottom').text.trimEnd()
    },
    async vacationReply(person, id) {
      const box = boxOf(person)
      const raw = await rawOf(box, id)
      if (!raw) return undefined
      const notice = automaticReply(await readMail(raw), box, 'vacation')
      return submit(
        box,
        {
          from: { name: box.name, address: box.address },
          to: typeof notice.to === 'string' ? notice.to : notice.to.address,
          subject: notice.subject,
          text: notice.text,
          ...(notice.inReplyTo === undefined ? {} : { inReplyTo: notice.inReplyTo }),
          ...(notice.references === undefined ? {} : { references: [...notice.references] }),
          ...(notice.headers === undefined ? {} : { headers: notice.headers }),
        },
        '',
      )
    },
    async compose(person, { as, ...mail }) {
      const box = boxOf(person)
      const from = as ?? box.address
      return submit(box, { ...mail, from: { name: box.name, address: from } }, from)
    },
    on(event, listener) {
      events.on(event, listener)
      return () => events.off(event, listener)
    },
    async stop() {
      await Promise.all([smtp.close(), pop3.close()])
      await queue.stop()
    },
  }
}

type Box = {
  name: string
  address: string
  inbox: MailStore
  sent: MailStore
  /** Parsed once each: a list is asked for at every change. */
  summaries: Map<string, Promise<MailLine>>
}

function headersOf(raw: Buffer): Buffer {
  const end = raw.indexOf('\r\n\r\n')
  return end < 0 ? raw : raw.subarray(0, end + 4)
}

/** The lines that the last server on the way adds (RFC 5321 §4.4). */
function trace({ from, to, helo, by }: { from: string; to: string; helo: string; by: string }): Buffer {
  const clean = (text: string) => text.replace(/[^\x21-\x7e]/g, '').slice(0, 255)
  const date = new Date().toUTCString().replace('GMT', '+0000')
  return Buffer.from(
    `Return-Path: <${clean(from)}>\r\nDelivered-To: ${clean(to)}\r\nReceived: from ${clean(helo) || 'unknown'} by ${by} with ESMTP; ${date}\r\n`,
  )
}

function onlyOne<T>(list: readonly T[]): T | undefined {
  return list.length === 1 ? list[0] : undefined
}
