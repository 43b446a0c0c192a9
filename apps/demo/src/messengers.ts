import { type Chatted, Messenger } from '@parley/dev-env/messenger'
import { type Prosody, startProsody } from '@parley/dev-env/prosody'
import { castMessengers, chatDomain, messengerDomain } from './cast-messengers.ts'
import type { CastPhone } from './cast-phones.ts'
import type { Phones } from './phones.ts'

/** An XMPP server on this machine, and the messengers of the cast signed in there. */
export interface DemoMessengers {
  messengers: Phones
  /** What Parley is there. */
  component: Prosody['component']
  stop(): Promise<void>
}

export async function startMessengers(ports: {
  clients: number
  components: number
  http: number
}): Promise<DemoMessengers> {
  const users = castMessengers.map(userOf)
  const prosody = await startProsody({ domain: messengerDomain, component: chatDomain, users, ports })
  const signedIn = new Map(
    castMessengers.map((person) => {
      const { host, clientPort: port, domain } = prosody
      const user = userOf(person)
      return [person, new Messenger({ host, port, domain, user, password: prosody.passwordOf(user) })]
    }),
  )
  return {
    messengers: asPhones(signedIn),
    component: prosody.component,
    async stop() {
      for (const messenger of signedIn.values()) messenger.stop()
      await prosody.stop()
    },
  }
}

function userOf({ number }: CastPhone): string {
  return number.slice(0, number.indexOf('@'))
}

/** As the pocket page knows phones: threads by address, and the words in each. */
function asPhones(signedIn: ReadonlyMap<CastPhone, Messenger>): Phones {
  const seen = new WeakSet<Chatted>()
  const historyOf = (person: CastPhone) => signedIn.get(person)?.history ?? []
  return {
    people: [...signedIn.keys()],
    threads(person) {
      const history = historyOf(person)
      const others = [...new Set(history.map(({ other }) => other).reverse())]
      return others.flatMap((other) => {
        const texts = history.filter((one) => one.other === other)
        const last = texts.at(-1)
        if (!last) return []
        const unseen = texts.filter((one) => !one.isOwn && !seen.has(one)).length
        const name = texts.findLast((one) => one.name !== null)?.name
        return [
          {
            other,
            ...(name ? { name } : {}),
            last: last.text.slice(0, 200),
            at: last.at.toISOString(),
            isOwn: last.isOwn,
            unseen,
          },
        ]
      })
    },
    texts: (person, other) =>
      historyOf(person)
        .filter((one) => one.other === other)
        .map(({ isOwn, text, at, state }) => ({ isOwn, text, at: at.toISOString(), state })),
    markSeen(person, other) {
      for (const one of historyOf(person)) if (one.other === other) seen.add(one)
    },
    send: (person, to, text) => signedIn.get(person)?.sends(text, to),
    on(changed) {
      for (const [person, messenger] of signedIn) {
        let shown = messenger.history.filter(({ isOwn }) => !isOwn).length
        messenger.onChange = () => {
          const now = messenger.history.filter(({ isOwn }) => !isOwn).length
          const came = now > shown
          shown = now
          changed({ person, came })
        }
      }
      return () => {
        for (const messenger of signedIn.values()) messenger.onChange = () => undefined
      }
    },
  }
}
