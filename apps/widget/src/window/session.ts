import { type Answer, type Client, connect, type Held, visitorApi } from '@parley/client'
import type { ConversationView, EnterConversation, EnterRequest, EnterResponse, WidgetConfig } from '@parley/protocol'
import type { ToLoader, ToWindow } from '../shared/bridge.ts'
import { chooseLanguage } from '../shared/languages.ts'
import { textOn } from './colour.ts'
import { toContext } from './context.ts'
import { createKeep } from './keep.ts'
import { speak } from './text.ts'
import { countUnread, others } from './timeline.ts'

export type Phase =
  | { is: 'loading' }
  | { is: 'failed'; text: string }
  /** Came by a recovery link: nothing happens before a click, because mail scanners follow links too. */
  | { is: 'recover' }
  /** What the site asks before a conversation begins. */
  | { is: 'asking' }
  | { is: 'chat' }

/** What the page says; a window that stands alone has nobody to say it. */
type Init = Partial<Extract<ToWindow, { t: 'init' }>>

/** One visit: finds out who the visitor is, keeps the connection, and tells the loader what it must know. */
export function createSession(
  siteKey: string,
  init: Init,
  recoveryKey: string | null,
  tell: ((message: ToLoader) => void) | null,
) {
  const listeners = new Set<() => void>()
  const keep = createKeep(siteKey, init.stored ?? null, tell && ((value) => tell({ t: 'store', value })))
  const baseUrl = location.origin
  let recovery = recoveryKey
  let { page, isShown = true, identify, handOver, language } = init
  let context = toContext(init.context)
  let phase: Phase = { is: 'loading' }
  let config: WidgetConfig | null = null
  let client: Client | null = null
  let conversation: string | null = null
  /** What was shown is not there any more. */
  let isGone = false
  let continuedFrom: string | null = null
  let isFleeting = false
  let secret: string | null = null
  let token: string | null = null
  let tokenUntil = 0
  let entering: Promise<Answer<EnterResponse>> | null = null
  let beginning: Promise<string | null> | null = null
  let toldUnread = 0
  let announced = 0

  const api = visitorApi({ baseUrl, token: () => token })
  const changed = () => {
    for (const listener of [...listeners]) listener()
  }
  const go = (next: Phase) => {
    phase = next
    changed()
  }
  const spoken = () => chooseLanguage([language, ...navigator.languages])

  async function start(): Promise<void> {
    go({ is: 'loading' })
    const [answer] = await Promise.all([api.config(siteKey, spoken()), speak(spoken())])
    if (!answer.ok) {
      go({ is: 'failed', text: answer.problem.text })
      return
    }
    config = answer.value
    paint(config.colour)
    document.title = config.title || config.name
    if (recovery) go({ is: 'recover' })
    else await enter()
  }

  function paint(colour: string): void {
    const onColour = textOn(colour)
    const { style } = document.documentElement
    style.setProperty('--accent', colour)
    style.setProperty('--on-accent', onColour)
    tell?.({ t: 'usable', colour, onColour })
  }

  async function enter(): Promise<void> {
    const answer = await askIn()
    if (!answer.ok) {
      go({ is: 'failed', text: answer.problem.text })
      return
    }
    const { conversation: open, continuedFrom: from } = answer.value
    continuedFrom = from ?? null
    void settleStorage()
    connectTo(open)
    go(open || !config || !asksSomething(config) ? { is: 'chat' } : { is: 'asking' })
  }

  /** The secret, a hand-over key and a recovery key are each given once; from then on there is the token. */
  function askIn(): Promise<Answer<EnterResponse>> {
    entering ??= (async () => {
      const request: EnterRequest = { site: siteKey, language: spoken() }
      if (page) request.page = page
      secret ??= keep.get('secret')
      if (secret) request.secret = secret
      if (handOver) request.handOver = handOver
      if (recovery) request.recovery = recovery
      if (identify) request.identify = identify
      let answer = await api.enter(request)
      if (!answer.ok && request.identify && answer.status >= 400) {
        // Who cannot be proven is let in as whoever they are without it.
        console.error('parley: identify', answer.problem)
        delete request.identify
        answer = await api.enter(request)
      }
      if (answer.ok) {
        token = answer.value.token
        tokenUntil = Date.now() + answer.value.expiresInMs * 0.8
        handOver = null
        recovery = null
        secret = answer.value.secret ?? secret
      }
      entering = null
      return answer
    })()
    return entering
  }

  async function settleStorage(): Promise<void> {
    const check = await api.cookie()
    const works = check.ok && check.value.works
    // Where the cookie works it is the better keeper: no script of the page can read it.
    keep.set('secret', works ? null : secret)
    isFleeting = !works && init.keeps === false
    changed()
  }

  async function currentToken(renew: boolean): Promise<string> {
    if (!renew && token && Date.now() < tokenUntil) return token
    const answer = await askIn()
    if (!answer.ok) throw new Error(answer.problem.reason)
    return answer.value.token
  }

  function connectTo(open: ConversationView | null): void {
    client?.stop()
    conversation = open?.id ?? null
    isGone = false
    client = connect({
      baseUrl,
      getToken: currentToken,
      storage: { load: () => keep.get('outbox'), save: (json) => keep.set('outbox', json === '[]' ? null : json) },
    })
    client.subscribe((event) => {
      if (event.kind === 'transcript') look()
      changed()
    })
    if (open) client.learn(open)
  }

  const current = (): ConversationView | null =>
    (conversation === null ? null : client?.transcript.conversations.get(conversation)) ?? null
  const helds = (): Held[] =>
    [...(client?.transcript.interactions ?? [])].filter((held) => held.conversation === conversation)

  /** After every change of the transcript: which conversation is shown, and what the page must know. */
  function look(): void {
    if (!client) return
    if (current()?.state !== 'open') {
      // Somebody else may have begun one, or theirs was merged into another: they are shown it at once.
      const open = [...client.transcript.conversations.values()].findLast((one) => one.state === 'open')
      if (open && phase.is !== 'asking') conversation = open.id
      else if (!current()) {
        if (conversation !== null) {
          isGone = true
          // Who lost their only one is nobody any more: what begins next must not begin by the old token.
          tokenUntil = 0
        }
        conversation = null
      }
    }
    if (conversation !== null) {
      isGone = false
      if (phase.is === 'asking') phase = { is: 'chat' }
    }
    const isRead = isShown && document.visibilityState === 'visible'
    for (const { view, cursor } of isRead ? helds() : []) client.markRead(view.id, cursor)
    const list = helds()
    const unread = countUnread(list)
    if (unread !== toldUnread) tell?.({ t: 'unread', count: unread })
    toldUnread = unread
    const latest = list.flatMap((held) => held.messages.slice(-1).map((message) => ({ held, message })))
    for (const { held, message } of latest) {
      const author = others(held).find((one) => one.id === message.from)
      const at = Date.parse(message.at)
      if (!author || at <= announced) continue
      if (announced > 0) tell?.({ t: 'message', from: author.alias })
      announced = at
    }
    if (announced === 0) announced = 1
    // Without a conversation there is nothing to take along.
    tell?.({ t: 'domains', hosts: (current() && config?.domains) ?? [] })
  }

  function begin(choice: EnterConversation): Promise<string | null> {
    beginning ??= (async () => {
      const body: EnterConversation = { language: spoken(), ...choice }
      if (page) body.page = page
      if (Object.keys(context).length > 0) body.context = context
      await currentToken(false).catch(() => {})
      const answer = await api.beginConversation(body)
      beginning = null
      if (!answer.ok) return answer.problem.text || answer.problem.reason
      conversation = answer.value.id
      client?.learn(answer.value)
      if (phase.is !== 'chat') go({ is: 'chat' })
      return null
    })()
    return beginning
  }

  async function say(text: string, attachments: string[], interaction: string | null): Promise<string | null> {
    if (conversation === null) {
      const problem = await begin({})
      if (problem !== null) return problem
    }
    if (conversation === null) return ''
    client?.say(interaction ? { interaction } : { conversation }, text, attachments.length > 0 ? { attachments } : {})
    return null
  }

  /** Forgets who was here before. */
  async function forget(): Promise<void> {
    if (!(await api.leave({ forget: true })).ok) return
    client?.stop()
    client = null
    token = null
    secret = null
    for (const kept of ['secret', 'draft', 'outbox'] as const) keep.set(kept, null)
    continuedFrom = null
    await enter()
  }

  async function handOverTo(id: number, source: string, target: string): Promise<void> {
    const answer = current() ? await api.handOver({ source, target }) : null
    tell?.({ t: 'key', id, key: answer?.ok ? answer.value.key : null })
  }

  function hear(message: ToWindow): void {
    switch (message.t) {
      case 'shown':
        isShown = message.isShown
        look()
        changed()
        break
      case 'page':
        page = message.page
        break
      case 'identify':
        identify = message.token
        void askIn()
        break
      case 'update':
        context = toContext(message.context)
        if (conversation !== null) void api.beginConversation({ context })
        break
      case 'locale':
        language = message.language
        void speak(spoken()).then(changed)
        break
      case 'hand-over':
        void handOverTo(message.id, message.source, message.target)
    }
  }

  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible') return
    client?.wake()
    look()
  })
  addEventListener('online', () => client?.wake())
  void start()

  return {
    get phase() {
      return phase
    },
    get config() {
      return config
    },
    get client() {
      return client
    },
    get conversation() {
      return current()
    },
    get helds() {
      return helds()
    },
    get isGone() {
      return isGone
    },
    get continuedFrom() {
      return continuedFrom
    },
    get isFleeting() {
      return isFleeting
    },
    get isShown() {
      return isShown
    },
    keep,
    api,
    hear,
    begin,
    say,
    retry: () => void start(),
    recover: () => {
      go({ is: 'loading' })
      void enter()
    },
    startNew() {
      conversation = null
      isGone = false
      if (config && asksSomething(config)) go({ is: 'asking' })
      else void begin({})
    },
    notYou: forget,
    close: () => tell?.({ t: 'close' }),
    canClose: tell !== null,
    token: () => currentToken(false),
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
  }
}
export type Session = ReturnType<typeof createSession>

function asksSomething({ ask, topics, languages, regions }: WidgetConfig): boolean {
  return (
    (ask.topic !== 'no' && topics.length > 0) ||
    (ask.language && languages.length > 1) ||
    (ask.region && regions.length > 0) ||
    ask.fields.length > 0
  )
}
