import type { MailStore, StoredMail } from './mail-store.ts'

type Pop3Answer = { text: string | Buffer; close?: true }

export type Pop3Session = {
  /** Answers one command line, without its line end. Never rejects for anything that the line may hold. */
  answer(line: string): Promise<Pop3Answer>
}

/** Finds the mailbox behind a name and password, or says that there is none. */
export type SignIn = (user: string, password: string) => MailStore | undefined

export const pop3Greeting = '+OK Pocket mailboxes are ready\r\n'

/**
 * One POP3 session (RFC 1939 with UIDL and TOP, CAPA of RFC 2449, AUTH PLAIN of RFC 5034). The list of mails is fixed
 * at sign-in, so that numbers hold; several sessions may read one mailbox at a time, since ids make deleting safe.
 */
export function pop3Session(signIn: SignIn): Pop3Session {
  let user: string | undefined
  let opened: Opened | undefined
  let awaitsAuth = false
  let mistakes = 0

  const refuse = (text: string): Pop3Answer => {
    mistakes += 1
    // Whoever talks something else (a browser, a scanner) is sent away; a person with a typo is not.
    return mistakes > 20 ? { text: '-ERR Too many mistakes, goodbye\r\n', close: true } : { text: `-ERR ${text}\r\n` }
  }
  const enter = (name: string, password: string): Pop3Answer => {
    const store = signIn(name, password)
    if (!store) return refuse('[AUTH] No mailbox has this name and password')
    opened = { store, mails: store.list(), deleted: new Set() }
    return ok(`${opened.mails.length} mails`)
  }
  const plain = (encoded: string): Pop3Answer => {
    const [, name = '', password = ''] = Buffer.from(encoded, 'base64').toString('utf8').split('\0')
    return enter(name, password)
  }

  const before: Record<string, (args: string[], rest: string) => Pop3Answer> = {
    USER(_args, rest) {
      user = rest
      return ok('Now the password')
    },
    PASS: (_args, rest) => (user === undefined ? refuse('USER comes first') : enter(user, rest)),
    AUTH([mechanism, initial]) {
      if (mechanism === undefined) return list(['PLAIN'])
      if (mechanism.toUpperCase() !== 'PLAIN') return refuse('Only PLAIN is spoken here')
      if (initial !== undefined) return plain(initial)
      awaitsAuth = true
      return { text: '+ \r\n' }
    },
  }

  return {
    async answer(line) {
      if (awaitsAuth) {
        awaitsAuth = false
        return line === '*' ? refuse('Given up') : plain(line)
      }
      const [word = '', ...args] = line.trim().split(/\s+/)
      const command = word.toUpperCase()
      if (command === 'CAPA') return list(['USER', 'SASL PLAIN', 'UIDL', 'TOP', 'PIPELINING', 'RESP-CODES'])
      if (command === 'QUIT') {
        if (opened) for (const id of opened.deleted) await opened.store.remove(id)
        return { text: '+OK Goodbye\r\n', close: true }
      }
      if (!opened) {
        const found = Object.hasOwn(before, command) ? before[command] : undefined
        return found ? found(args, line.trim().slice(word.length + 1)) : refuse('Sign in first, with USER and PASS')
      }
      const found = Object.hasOwn(signedIn, command) ? signedIn[command] : undefined
      return found
        ? ((await found(opened, args)) ?? refuse('There is no such mail'))
        : refuse('That command is not known here')
    },
  }
}

type Opened = { store: MailStore; mails: StoredMail[]; deleted: Set<string> }

/** Undefined: no mail has that number. */
type Command = (opened: Opened, args: string[]) => Promise<Pop3Answer | undefined> | Pop3Answer | undefined

const signedIn: Record<string, Command> = {
  NOOP: () => ok('Still here'),
  RSET(opened) {
    opened.deleted.clear()
    return ok('Nothing is marked')
  },
  STAT(opened) {
    const there = numbered(opened)
    return ok(`${there.length} ${there.reduce((sum, { mail }) => sum + mail.bytes, 0)}`)
  },
  LIST: (opened, [number]) => oneOrAll(opened, number, (mail) => String(mail.bytes)),
  UIDL: (opened, [number]) => oneOrAll(opened, number, (mail) => mail.id),
  async RETR(opened, [number]) {
    const mail = pick(opened, number)
    const raw = mail && (await opened.store.raw(mail.id))
    if (!raw) return undefined
    await opened.store.mark(mail.id, 'seen')
    return multiLine(`${raw.length} octets`, raw)
  },
  async TOP(opened, [number, lines]) {
    const mail = pick(opened, number)
    const raw = mail && (await opened.store.raw(mail.id))
    if (!raw || lines === undefined || !/^\d{1,9}$/.test(lines)) return undefined
    return multiLine('The top follows', top(raw, Number(lines)))
  },
  DELE(opened, [number]) {
    const mail = pick(opened, number)
    if (!mail) return undefined
    opened.deleted.add(mail.id)
    return ok('Marked; it goes at QUIT')
  },
}

function ok(text: string): Pop3Answer {
  return { text: `+OK ${text}\r\n` }
}

function list(lines: readonly string[]): Pop3Answer {
  return { text: `+OK\r\n${lines.map((line) => `${line}\r\n`).join('')}.\r\n` }
}

function numbered({ mails, deleted }: Opened): { number: number; mail: StoredMail }[] {
  return mails.map((mail, index) => ({ number: index + 1, mail })).filter(({ mail }) => !deleted.has(mail.id))
}

function pick({ mails, deleted }: Opened, number: string | undefined): StoredMail | undefined {
  if (number === undefined || !/^\d{1,9}$/.test(number)) return undefined
  const mail = mails[Number(number) - 1]
  return mail && !deleted.has(mail.id) ? mail : undefined
}

function oneOrAll(
  opened: Opened,
  number: string | undefined,
  show: (mail: StoredMail) => string,
): Pop3Answer | undefined {
  if (number === undefined) return list(numbered(opened).map((one) => `${one.number} ${show(one.mail)}`))
  const mail = pick(opened, number)
  return mail && ok(`${Number(number)} ${show(mail)}`)
}

function multiLine(says: string, raw: Buffer): Pop3Answer {
  // A line that begins with a dot gets a second one (RFC 1939 §3).
  const stuffed = raw.toString('latin1').replace(/^\./gm, '..')
  return { text: Buffer.from(`+OK ${says}\r\n${stuffed}.\r\n`, 'latin1') }
}

function top(raw: Buffer, lines: number): Buffer {
  const blank = raw.indexOf('\r\n\r\n')
  if (blank < 0) return raw
  let end = blank + 4
  for (let line = 0; line < lines && end < raw.length; line++) {
    const next = raw.indexOf('\r\n', end)
    end = next < 0 ? raw.length : next + 2
  }
  return raw.subarray(0, end)
}
