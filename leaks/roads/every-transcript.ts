import { waitFor } from '@parley/dev-env'
import { type RoadsRun, within } from './roads-run.ts'
import { same } from './same.ts'

/** A visitor has what was said mailed to them: it is what they read of one of their conversations. */
export async function everyTranscript(run: RoadsRun, person: string): Promise<void> {
  const { stage } = run
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
  const all = [...run.world.conversations.keys()].map((conversation) => {
    const messages = [...within(run, should, conversation).values()].flat()
    return new Map(messages.flatMap((message) => run.words.get(message) ?? []).map((word) => [word, 1]))
  })
  const got = run.canariesIn(mail.bytes)
  const [meant] = all.toSorted((a, b) => shared(b, got) - shared(a, got))
  same(`the transcript of ${name}`, got, meant ?? new Map())
}

const shared = (a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>) =>
  [...a.keys()].filter((key) => b.has(key)).length
