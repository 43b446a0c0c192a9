import { randomBytes } from 'node:crypto'
import { once as happens } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { type FarEnd, type Hears, once } from './far-end.ts'

/**
 * The mail servers of everybody outside: each mail is told by whom it is for, with its return path, as it came and as programs show it. One
 * of the house answers by mail.
 */
export async function startFarMail(
  own: string,
  { domain, ports }: { domain: string; ports: readonly number[] },
  hears: Hears,
): Promise<FarEnd & { readonly port: number }> {
  const refusal = once()
  const takes = (to: string, raw: string): boolean => {
    hears(to, `${raw}\n${decoded(raw)}`)
    return !(to === own && refusal.take())
  }
  const open = new Set<Socket>()
  const server = createServer((socket) => {
    open.add(socket)
    socket.on('close', () => open.delete(socket)).on('error', () => {})
    let heard = ''
    let from = ''
    let to = ''
    let isData = false
    socket.setEncoding('latin1').write('220 far.test\r\n')
    socket.on('data', (chunk) => {
      heard += chunk
      for (let end = ending(heard, isData); end >= 0; end = ending(heard, isData)) {
        const part = heard.slice(0, end)
        heard = heard.slice(end + (isData ? 5 : 2))
        const answer = isData ? answerToMail(to, takes(to, `${from}\r\n${part}`)) : answerTo(part)
        isData = answer.startsWith('354')
        if (/^MAIL/i.test(part)) from = part
        if (/^RCPT/i.test(part)) to = /<([^>]*)>/.exec(part)?.[1]?.toLowerCase() ?? ''
        socket.write(`${answer}\r\n`)
        if (answer.startsWith('221')) socket.end()
      }
    })
  })
  server.listen(0, '127.0.0.1')
  await happens(server, 'listening')
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('no port was given')
  let turns = 0
  return {
    port: address.port,
    async says(text, { token }) {
      const to = `${token}@${domain}`
      const id = `<${randomBytes(8).toString('hex')}@people.test>`
      const head = [`From: Somebody <${own}>`, `To: <${to}>`, `Message-ID: ${id}`, 'Subject: Re: a question']
      const raw = [...head, `Date: ${new Date().toUTCString()}`, '', text].join('\r\n')
      const answer = await handOver(ports[turns++ % ports.length] ?? 0, { from: own, to, raw })
      hears(own, answer)
      return answer.startsWith('2') ? null : answer
    },
    refusesNext: refusal.set,
    stop() {
      server.close()
      for (const socket of open) socket.destroy()
    },
  }
}

/** Transfer encodings hide nothing: what the reader's program shows is there as well. */
function decoded(raw: string): string {
  const quoted = raw
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
  const base64 = raw.replace(/(?:[A-Za-z0-9+/]{60,}\r?\n?)+={0,2}/g, (part) => Buffer.from(part, 'base64').toString())
  return `${quoted}\n${base64}`
}

const ending = (heard: string, isData: boolean) => heard.indexOf(isData ? '\r\n.\r\n' : '\r\n')

// It names whose it is, as servers do: nobody else may be told.
const answerToMail = (to: string, isTaken: boolean) =>
  isTaken ? '250 kept' : `554 5.6.0 <${to}> does not take such content`

function answerTo(line: string): string {
  if (/^DATA/i.test(line)) return '354 go on'
  return /^QUIT/i.test(line) ? '221 bye' : '250 well'
}

/** Hands over one mail as a mail server does; what the other end said at last. */
async function handOver(port: number, mail: { from: string; to: string; raw: string }): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.setEncoding('latin1').setTimeout(30_000, () => socket.destroy(new Error('no answer')))
  const lines = [
    'EHLO far.test',
    `MAIL FROM:<${mail.from}>`,
    `RCPT TO:<${mail.to}>`,
    'DATA',
    `${mail.raw.replace(/^\./gm, '..')}\r\n.`,
  ]
  let heard = ''
  try {
    for await (const chunk of socket) {
      heard += chunk
      const last = heard.split('\r\n').findLast((line) => /^\d{3} /.test(line))
      if (!heard.endsWith('\r\n') || !last) continue
      const next = lines.shift()
      if (next === undefined || /^[45]/.test(last)) return last
      heard = ''
      socket.write(`${next}\r\n`)
    }
    return heard
  } finally {
    socket.destroy()
  }
}
