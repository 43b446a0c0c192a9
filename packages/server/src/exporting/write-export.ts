import type { ConversationView } from '@parley/protocol'
import type { Exported } from './read-all-messages.ts'

type Export = { view: ConversationView; messages: AsyncGenerator<Exported> }

/** `{"conversation": …, "messages": [ … ]}`, one message a line. */
export async function* asJson({ view, messages }: Export): AsyncGenerator<string> {
  yield `{"conversation":${JSON.stringify(view)},\n"messages":[`
  let isFirst = true
  for await (const message of messages) {
    yield `${isFirst ? '\n' : ',\n'}${JSON.stringify(message)}`
    isFirst = false
  }
  yield '\n]}\n'
}

/** To be read by people: who said what and when, one interaction after the other. */
export async function* asText({ view, messages }: Export): AsyncGenerator<string> {
  let interaction = ''
  for await (const message of messages) {
    const inside = view.interactions.find(({ id }) => id === message.interaction)
    if (message.interaction !== interaction) {
      const here = (inside?.participants ?? []).map(({ alias }) => alias).join(', ')
      yield `${interaction === '' ? '' : '\n'}# ${[inside?.name, here].filter(Boolean).join(': ')}\n`
      interaction = message.interaction
    }
    const by = inside?.participants.find(({ id }) => id === message.from)?.alias ?? ''
    const files = (message.attachments ?? []).map(({ name }) => `[${name}]`)
    // A line that begins like one of ours cannot be made by what somebody wrote.
    const text = [message.text, ...files].join('\n').replaceAll('\n', '\n    ')
    yield `\n${message.at}  ${by}\n    ${text}\n`
  }
}
