import { type Client, connect, type DeskApi, deskApi, type FetchLike, type Held } from '@parley/client'
import type { Parley } from '@parley/dev-env'
import { waitFor } from '@parley/dev-env'
import type { FormField, OfferView } from '@parley/protocol'

type Person = Parley['account']['responders'][number]['person']

/** A responder who works through the published client: what a program of somebody's own would do. */
export class Answerer {
  readonly client: Client
  readonly api: DeskApi

  private constructor(client: Client, api: DeskApi) {
    this.client = client
    this.api = api
  }

  static async signsIn(parley: Parley, person: Person, email: string): Promise<Answerer> {
    const { account } = parley.account
    await parley.server.signIn.createSignInFor(account, person, email)
    const link = await parley.server.signIn.oneTimeLink({ account, person })
    if (!link) throw new Error('there is no way to sign in')
    const cookies = await exchange(parley.url, link.split('#')[1] ?? '')
    const fetchWithCookies: FetchLike = (url, { credentials: _, ...init }) =>
      fetch(url, { ...init, headers: { ...init.headers, cookie: cookies, origin: parley.url } })
    const api = deskApi({ baseUrl: parley.url, fetch: fetchWithCookies })
    const client = connect({
      baseUrl: parley.url,
      async getToken() {
        const answer = await api.token()
        if (!answer.ok) throw new Error(answer.problem.reason)
        return answer.value.token
      },
    })
    await waitFor('the connection of a responder', () => client.state.is === 'online')
    return new Answerer(client, api)
  }

  /** The question that holds these words. */
  async isAsked(words: string | RegExp): Promise<OfferView> {
    return waitFor(`a question with ${words}`, async () => {
      const answer = await this.api.offers()
      return answer.ok ? answer.value.find(({ text, state }) => state === 'open' && fits(text, words)) : undefined
    })
  }

  /** Answers the question; the exchange that follows is open in the client afterwards. */
  async answers(words: string | RegExp, text: string): Promise<string> {
    const offer = await this.isAsked(words)
    const answer = await this.api.answerOffer(offer.id, { id: crypto.randomUUID(), text })
    if (!answer.ok) throw new Error(answer.problem.text)
    if (answer.value.outcome !== 'admitted') throw new Error(answer.value.text)
    const { interaction } = answer.value
    await waitFor('the exchange', () => {
      const held = this.client.transcript.interaction(interaction)
      const you = held?.view.participants.find((one) => one.you)
      return held?.messages.some((one) => one.from === you?.id)
    })
    return interaction
  }

  says(interaction: string, text: string, ask?: FormField[]): void {
    this.client.say({ interaction }, text, ask ? { ask } : {})
  }

  async hears(words: string | RegExp): Promise<string> {
    return waitFor(`a message with ${words}`, () => this.texts().find((text) => fits(text, words)))
  }

  /** Everything that this responder may read, as it reads. */
  texts(): string[] {
    return this.helds().flatMap(({ messages }) => messages.map(({ text }) => text))
  }

  /** What this responder has read out aloud, so to speak: all of it. */
  reads(): void {
    for (const { view, cursor } of this.helds()) this.client.markRead(view.id, cursor)
  }

  helds(): Held[] {
    return [...this.client.transcript.interactions]
  }

  leaves(): void {
    this.client.stop()
  }
}

const fits = (text: string, words: string | RegExp) =>
  typeof words === 'string' ? text.includes(words) : words.test(text)

async function exchange(url: string, key: string): Promise<string> {
  const answer = await fetch(`${url}/api/auth/one-time-link/use`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ key }),
  })
  if (!answer.ok) throw new Error(`the one-time link was refused: ${await answer.text()}`)
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}
