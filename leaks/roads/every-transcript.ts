import { waitFor } from '@parley/dev-env'
import { type RoadsRun, within } from './roads-run.ts'
import { same } from './same.ts'

/** A visitor has what was said mailed to them: it is what they read of one of their conversations. */
export async function everyTranscript(run: RoadsRun, person: string): Promise<void> {
  const { stage } = run
  if (run.world.gone.has(person)) return
  const token = await run.visitors.get(person)?.token()
  if (token === undefined) return
  const name = run.personName(person)
  const value = `${name}.${run.mark}@people.test`
  stage.ear.called.set(value, name)
  const calls = async <T>(path: string, body: object): Promise<{ status: number; body: T }> => {
    const answer = await stage.ear.fetch(name, path)(`${stage.urls[0]}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return { status: answer.status, body: (await answer.json()) as T }
  }
  const mails = () =>
    stage.ear.heard.slice(run.firstHeard).filter((one) => one.road === 'mail' && one.bytes.includes(value))
  const { id } = (await calls<{ id: string }>('/api/visitor/addresses', { medium: 'email', value })).body
  const code = await waitFor('a code', () => mails().map(({ bytes }) => /Your code is (\S+)/.exec(bytes)?.[1])[0], {
    instead: () => stage.ear.heard.filter((one) => one.bytes.includes(value)),
  })
  await calls('/api/visitor/addresses/confirm', { address: id, code })
  const before = mails().length
  const asked = await calls('/api/visitor/transcript', { address: id })
  const should = run.shouldRead(person)
  if (asked.status !== 200) {
    if (should.size > 0) throw new Error(`${name} has no transcript`)
    return
  }
  const mail = await waitFor('the transcript', () => mails()[before])
  // What is sealed is read behind the link.
  const sealed = await stage.rows<{ id: string }>(
    `select p.message_id as id from placement p join message m using (message_id) join interaction i on i.interaction_id = p.interaction_id
       join ticket t on t.ticket_id = i.ticket_id join conversation c on c.conversation_id = i.conversation_id
     where 'sealed' in (m.encryption, i.encryption, t.encryption, c.encryption)`,
  )
  const isOpen = (message: string) => !run.world.unsaid.has(message) && !sealed.some(({ id }) => id === message)
  const all = [...run.world.conversations.keys()].map((conversation) => {
    const messages = [...within(run, should, conversation).values()].flat()
    return new Map(
      messages
        .filter(isOpen)
        .flatMap((message) => run.words.get(message) ?? [])
        .map((word) => [word, 1]),
    )
  })
  const got = run.canariesIn(mail.bytes)
  const [meant] = all.toSorted((a, b) => shared(b, got) - shared(a, got))
  same(`the transcript of ${name}`, got, meant ?? new Map())
}

const shared = (a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>) =>
  [...a.keys()].filter((key) => b.has(key)).length
