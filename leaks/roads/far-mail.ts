import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** The mail servers of everybody outside: whatever they are given is kept by whom it is for. */
export async function startFarMail(keep: (to: string, raw: string) => void): Promise<{ port: number; stop(): void }> {
  const open = new Set<Socket>()
  const server = createServer((socket) => {
    open.add(socket)
    socket.on('close', () => open.delete(socket)).on('error', () => {})
    let heard = ''
    let to = ''
    let isData = false
    socket.setEncoding('latin1').write('220 far.test\r\n')
    socket.on('data', (chunk) => {
      heard += chunk
      for (let end = ending(heard, isData); end >= 0; end = ending(heard, isData)) {
        const part = heard.slice(0, end)
        heard = heard.slice(end + (isData ? 5 : 2))
        if (isData) keep(to, part)
        const answer = isData ? '250 kept' : answerTo(part)
        isData = answer.startsWith('354')
        if (/^RCPT/i.test(part)) to = /<([^>]*)>/.exec(part)?.[1]?.toLowerCase() ?? ''
        socket.write(`${answer}\r\n`)
        if (answer.startsWith('221')) socket.end()
      }
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('no port was given')
  const stop = () => {
    server.close()
    for (const socket of open) socket.destroy()
  }
  return { port: address.port, stop }
}

const ending = (heard: string, isData: boolean) => heard.indexOf(isData ? '\r\n.\r\n' : '\r\n')

function answerTo(line: string): string {
  if (/^DATA/i.test(line)) return '354 go on'
  return /^QUIT/i.test(line) ? '221 bye' : '250 well'
}

/** Hands over one mail as a mail server does; what the other end said at last. */
export async function handOver(port: number, mail: { from: string; to: string; raw: string }): Promise<string> {
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
