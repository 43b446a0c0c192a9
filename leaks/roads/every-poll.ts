import { randomBytes } from 'node:crypto'
import type { RoadsRun } from './roads-run.ts'

/** A connection that somebody else polls by: who brings its session with a token of their own is told what they are told of what never was. */
export async function everyPoll(run: RoadsRun): Promise<void> {
  const { ear, urls, desks } = run.stage
  const sessions = new Map<string, string>()
  for (const { person, road, bytes } of ear.heard.slice(run.firstHeard)) {
    const [, session] = (road === 'poll' && /"session":"([\w-]{22})"/.exec(bytes)) || []
    if (session) sessions.set(session, person)
  }
  for (const desk of desks.values()) {
    const foreign = [...sessions].filter(([, person]) => person !== desk.name).map(([session]) => session)
    if (foreign.length === 0) continue
    const token = await desk.token()
    const polls = async (session: string): Promise<string> => {
      // Who has no such session is refused at once; who is taken for somebody else would wait.
      const told = await Promise.all(
        urls.map(async (url) => {
          const answer = await ear.fetch(desk.name, 'poll of another')(`${url}/rt/poll`, {
            method: 'POST',
            headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
            body: JSON.stringify({ session, frames: [{ t: 'ping' }], from: 1_000_000 }),
          })
          return `${answer.status} ${await answer.text()}`
        }),
      )
      return told.join('\n')
    }
    const nothing = await polls(randomBytes(16).toString('base64url'))
    for (const session of foreign) {
      const told = await polls(session)
      if (told !== nothing) throw new Error(`${desk.name} polls by the connection of ${sessions.get(session)}: ${told}`)
    }
  }
}
