import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { SYSTEM_PATH } from './daemon.ts'
import type { Prosody } from './prosody.ts'
import { waitFor } from './wait-for.ts'

export type ReceivedChat = { jid: string; id: string; body: string; nick: string | null }

type Happened =
  | ({ event: 'message' } & ReceivedChat)
  | { event: 'typing'; jid: string; state: string }
  | { event: 'receipt'; of: string }
  | { event: 'error'; id: string; condition: string; type: string; text: string }
  | { event: 'presence'; jid: string; type: string }
  | { event: 'features'; id: string; features: string[] }
  | { event: 'raw'; xml: string }
  | { event: 'ready' }
  | { event: 'refused' }
  | { event: 'disconnected' }
  | { event: 'fault'; what: string; text: string }

/** Somebody with an XMPP program (slixmpp), signed in to a Prosody of the test. */
export class XmppPerson {
  readonly jid: string
  /** Everything that has happened to their program, in order. */
  readonly happened: Happened[] = []
  readonly #child: ChildProcess
  #errors = ''

  private constructor(child: ChildProcess, jid: string) {
    this.#child = child
    this.jid = jid
    if (child.stdout)
      createInterface({ input: child.stdout }).on('line', (line) => this.happened.push(JSON.parse(line)))
    child.stderr?.on('data', (chunk) => {
      this.#errors = (this.#errors + String(chunk)).slice(-4_000)
    })
  }

  static async signsIn(prosody: Prosody, user: string): Promise<XmppPerson> {
    const jid = `${user}@${prosody.domain}`
    const script = fileURLToPath(new URL('./xmpp-person.py', import.meta.url))
    const child = spawn('/usr/bin/python3', [script, prosody.host, String(prosody.clientPort), `${jid}/slixmpp`], {
      env: { PATH: SYSTEM_PATH, LANG: 'C.UTF-8' },
    })
    const person = new XmppPerson(child, jid)
    person.#obey({ password: prosody.passwordOf(user) })
    await person.#until('their program to be signed in', 'ready')
    return person
  }

  /** Waits for the first message with these words that comes after the first `after` happenings. */
  async receives(words: RegExp, { after = 0 }: { after?: number } = {}): Promise<ReceivedChat> {
    return this.#until(`a message with ${words}`, 'message', ({ body }) => words.test(body), after)
  }

  /** The bodies of all messages so far from one address, or from all. */
  said(jid?: string): string[] {
    return this.happened.flatMap((one) =>
      one.event === 'message' && (jid === undefined || one.jid === jid) ? [one.body] : [],
    )
  }

  /** Says something, and gives the id it went out under. */
  says(to: string, body: string, options: { id?: string; receipt?: boolean } = {}): string {
    const { id = randomBytes(8).toString('hex'), receipt = true } = options
    this.#obey({ do: 'say', to, body, id, receipt })
    return id
  }

  types(to: string, state: 'composing' | 'paused'): void {
    this.#obey({ do: 'typing', to, state })
  }

  /** Their program shows a message to them, and says so. */
  shows({ jid, id }: ReceivedChat): void {
    this.#obey({ do: 'displayed', to: jid, id })
  }

  addsToList(jid: string): void {
    this.#obey({ do: 'add', to: jid })
  }

  sendsRaw(xml: string): void {
    this.#obey({ do: 'raw', xml })
  }

  async featuresOf(jid: string): Promise<string[]> {
    const id = randomBytes(4).toString('hex')
    this.#obey({ do: 'features', to: jid, id })
    return (await this.#until('an answer', 'features', (one) => one.id === id)).features
  }

  async seesTyping(jid: string, state: 'composing' | 'paused' = 'composing'): Promise<void> {
    await this.#until(`${state} from ${jid}`, 'typing', (one) => one.jid === jid && one.state === state)
  }

  async isToldStored(id: string): Promise<void> {
    await this.#until('a receipt', 'receipt', ({ of }) => of === id)
  }

  async isToldRefused(id: string): Promise<{ condition: string; type: string; text: string }> {
    return this.#until('an error', 'error', (one) => one.id === id)
  }

  async seesThere(jid: string): Promise<void> {
    await this.#until('presence', 'presence', (one) => one.jid === jid && one.type !== 'unavailable')
  }

  /** Every stanza that its program got, as it came. */
  raw(): string[] {
    return this.happened.flatMap((one) => (one.event === 'raw' ? [one.xml] : []))
  }

  async leaves(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const exited = once(this.#child, 'exit')
    this.#child.stdin?.end()
    const patience = setTimeout(() => this.#child.kill('SIGKILL'), 4_000)
    await exited
    clearTimeout(patience)
  }

  #obey(command: Record<string, unknown>): void {
    this.#child.stdin?.write(`${JSON.stringify(command)}\n`)
  }

  async #until<E extends Happened['event']>(
    what: string,
    event: E,
    isIt: (one: Extract<Happened, { event: E }>) => boolean = () => true,
    after = 0,
  ): Promise<Extract<Happened, { event: E }>> {
    const isOfEvent = (one: Happened): one is Extract<Happened, { event: E }> => one.event === event
    return waitFor(`${this.jid} to see ${what}`, () => this.happened.slice(after).filter(isOfEvent).find(isIt), {
      timeoutMs: 60_000,
      instead: () => [this.happened.filter((one) => one.event !== 'raw').slice(-20), this.#errors],
    })
  }
}
