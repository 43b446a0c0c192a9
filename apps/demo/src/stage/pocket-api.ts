import type { IncomingMessage } from 'node:http'
import type { CastMember } from '../cast.ts'
import type { CastPhone } from '../cast-phones.ts'
import { type Answer, json, plain, redirect } from '../http/answer.ts'
import type { Phones } from '../phones.ts'
import type { Stage } from '../start-demo.ts'
import { parseReply } from './parse-reply.ts'
import { actOnPhone, readPhone } from './phone-api.ts'

/** What the pocket page asks for. Paths: `/pocket/PERSON/…`, where PERSON is an id of the cast. */
export async function pocketApi(stage: Stage, request: IncomingMessage, url: URL): Promise<Answer> {
  const [, , who = '', what = '', id = '', part = '', index = ''] = url.pathname.split('/')
  const phone = stage.phones?.people.find((each) => each.id === who)
  if (stage.phones && phone) return phoneApi(stage, stage.phones, phone, { what, other: decoded(id) }, request)
  const person = stage.people.find((each) => each.id === who)
  if (!person) return plain('Nobody of that name is in the demo.', 404)
  if (request.method === 'POST') {
    const refusal = crossOrigin(stage, request)
    return refusal ?? act(stage, person, { what, id, part }, request)
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') return plain('Nothing is taken here.', 405)
  const { mailboxes } = stage
  if (what === 'inbox' && id === '') return json(await mailboxes.list(person.email))
  if (what === 'sent' && id === '') return json(await mailboxes.sent(person.email))
  if (what !== 'mails') return plain('There is no such page.', 404)
  const mail = await mailboxes.read(person.email, id)
  if (!mail) return plain('That mail is not there any more.', 404)
  if (part === 'html') return mailDocument(mail.html ?? '')
  if (part === 'source') return plain(mail.raw.toString('utf8'), 200)
  if (part === 'attachments') {
    const attachment = mail.attachments[/^\d{1,3}$/.test(index) ? Number(index) : -1]
    return attachment ? download(attachment) : plain('That attachment is not there.', 404)
  }
  return json({
    subject: mail.subject,
    from: mail.from,
    to: mail.to,
    at: mail.date,
    text: mail.text,
    hasHtml: mail.html !== undefined,
    quoted: await mailboxes.quoted(person.email, id),
    attachments: mail.attachments.map(({ filename, mimeType, content }) => ({
      name: filename ?? 'attachment',
      type: mimeType,
      size: content.length,
    })),
  })
}

async function phoneApi(
  stage: Stage,
  phones: Phones,
  phone: CastPhone,
  { what, other }: { what: string; other: string },
  request: IncomingMessage,
): Promise<Answer> {
  if (request.method === 'GET' || request.method === 'HEAD') return readPhone(phones, phone, what, other)
  if (request.method !== 'POST') return plain('Nothing is taken here.', 405)
  return crossOrigin(stage, request) ?? actOnPhone(phones, phone, what, other, (await read(request)) ?? '')
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return ''
  }
}

async function act(
  { mailboxes, signInLink }: Stage,
  person: CastMember,
  { what, id, part }: { what: string; id: string; part: string },
  request: IncomingMessage,
): Promise<Answer> {
  if (what === 'desk') {
    return person.kind === 'responder' ? redirect(await signInLink(person)) : plain('Visitors have no desk.', 404)
  }
  if (what !== 'mails') return plain('There is no such page.', 404)
  if (part === 'seen') {
    await mailboxes.markSeen(person.email, id)
    return json({})
  }
  if (part === 'vacation') {
    const sent = await mailboxes.vacationReply(person.email, id)
    return sent ? json(sent) : plain('That mail is not there any more.', 404)
  }
  if (part !== 'reply') return plain('There is no such page.', 404)
  const body = await read(request)
  if (body === undefined) return plain('A reply with its files holds 30 MB at most.', 413)
  const reply = parseReply(body)
  if (!reply) return plain('A reply needs some text or a file, and a sender that is an address.', 400)
  const sent = await mailboxes.reply(person.email, id, reply)
  return sent ? json(sent) : plain('That mail is not there any more.', 404)
}

// Any page in the same browser could post here: only our own may.
function crossOrigin({ origins }: Stage, { headers }: IncomingMessage): Answer | undefined {
  const own = [origins.stage, `http://${headers.host}`]
  return headers.origin !== undefined && own.includes(headers.origin)
    ? undefined
    : plain('Only the pocket page may do that.', 403)
}

/** Someone else's markup: it may draw itself and nothing more. Links open apart. */
function mailDocument(markup: string): Answer {
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; form-action 'none'; sandbox allow-popups allow-popups-to-escape-sandbox",
      'referrer-policy': 'no-referrer',
    },
    body: `<!doctype html><meta charset="utf-8"><base target="_blank"><meta name="color-scheme" content="light">${markup}`,
  }
}

function download({ filename, content }: { filename: string | undefined; content: Buffer }): Answer {
  const name = encodeURIComponent(filename ?? 'attachment').replace(/['()]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)
  return {
    status: 200,
    headers: {
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename*=UTF-8''${name}`,
      'content-security-policy': "default-src 'none'; sandbox",
    },
    body: content,
  }
}

const MAX_BODY = 44 * 1024 * 1024

async function read(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue
    size += chunk.length
    if (size <= MAX_BODY) chunks.push(chunk)
  }
  return size > MAX_BODY ? undefined : Buffer.concat(chunks).toString('utf8')
}
