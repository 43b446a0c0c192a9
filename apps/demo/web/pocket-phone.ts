import { element, timeText } from './element.ts'
import { getJson, pathOf, post } from './pocket-api.ts'
import type { Device } from './pocket-device.ts'

type Thread = { other: string; name?: string; last: string; at: string; isOwn: boolean; unseen: number }
type Text = {
  isOwn: boolean
  text: string
  at: string
  state: 'sending' | 'taken' | 'refused' | 'try-again' | 'received'
}

const states: Record<Text['state'], string> = {
  sending: 'on its way',
  taken: 'sent',
  refused: 'not taken',
  'try-again': 'could not be sent',
  received: '',
}

/** One phone, drawn into its `section`: threads by number, and the words in each. What is being written stays while texts come in. */
export function openPhone(section: HTMLElement, unread: (count: number) => void): Device {
  const person = section.dataset.phone ?? ''
  const shopNumber = section.dataset.shop ?? ''
  const screen = section.querySelector<HTMLElement>('[data-screen]')
  if (!screen) throw new Error('a phone without a screen')
  let opened: { other: string; list: HTMLElement } | null = null

  const showThreads = async () => {
    opened = null
    const threads = await refreshCount()
    if (opened !== null) return
    const write = element('button', {
      type: 'button',
      textContent: 'Write to the shop',
      onclick: () => void showThread(shopNumber),
    })
    write.dataset.key = 'write'
    const focused = focusedKey()
    screen.replaceChildren(
      element('div', { className: 'tabs' }, write),
      threads.length === 0
        ? element('p', { className: 'empty', textContent: 'No texts yet.' })
        : element('ul', { className: 'lines' }, ...threads.map(lineOf)),
    )
    if (focused)
      screen.querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true })
  }

  // A list that is drawn anew because a text came must not take the keyboard away from whoever walks through it.
  const focusedKey = () => {
    const active = document.activeElement
    return active instanceof HTMLElement && screen.contains(active) ? active.dataset.key : undefined
  }

  function lineOf({ other, name, last, at, isOwn, unseen }: Thread): HTMLElement {
    const button = element(
      'button',
      {
        type: 'button',
        className: unseen > 0 ? 'line new' : 'line',
        onclick: () => void showThread(other, name),
      },
      element('span', { className: 'who', textContent: name ?? spaced(other) }),
      element('time', { textContent: timeText(at), dateTime: at }),
      element('span', { className: 'snippet', textContent: isOwn ? `You: ${last}` : last }),
    )
    button.dataset.key = other
    return element('li', {}, button)
  }

  async function showThread(other: string, called?: string): Promise<void> {
    const name = called ?? (other === shopNumber ? 'Fjord & Field' : spaced(other))
    const list = element('ol', { className: 'texts', ariaLabel: `Texts with ${name}`, tabIndex: 0 })
    opened = { other, list }
    const back = element('button', {
      type: 'button',
      className: 'back',
      textContent: '‹ Texts',
      onclick: () => void showThreads(),
    })
    screen?.replaceChildren(
      element('div', { className: 'tabs' }, back, element('strong', { textContent: name })),
      list,
      composer(other),
    )
    await showTexts()
    screen?.querySelector('textarea')?.focus({ preventScroll: true })
  }

  async function showTexts(): Promise<void> {
    if (!opened) return
    const { other, list } = opened
    const texts = await getJson<Text[]>(pathOf(person, 'texts', other))
    list.replaceChildren(
      ...texts.map(({ isOwn, text, at, state }) =>
        element(
          'li',
          { className: isOwn ? 'own' : '' },
          element('p', { textContent: text }),
          element('small', { textContent: [timeText(at), states[state]].filter(Boolean).join(' · ') }),
        ),
      ),
    )
    list.scrollTop = list.scrollHeight
    if (texts.length > 0) await post(pathOf(person, 'seen', other))
    await refreshCount()
  }

  function composer(other: string): HTMLElement {
    const text = element('textarea', {
      rows: 1,
      maxLength: 1500,
      placeholder: 'Text…',
      ariaLabel: `Text to ${spaced(other)}`,
    })
    const problem = element('p', { className: 'problem', role: 'alert' })
    const form = element(
      'form',
      {
        className: 'reply',
        async onsubmit(event) {
          event.preventDefault()
          if (text.value.trim() === '') return
          try {
            await post(pathOf(person, 'texts', other), { text: text.value })
            text.value = ''
            problem.textContent = ''
          } catch (error) {
            problem.textContent = error instanceof Error ? error.message : String(error)
          }
        },
      },
      element(
        'div',
        { className: 'row' },
        text,
        element('button', { type: 'submit', className: 'send', textContent: 'Send' }),
      ),
      problem,
    )
    text.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
      event.preventDefault()
      form.requestSubmit()
    })
    return form
  }

  async function refreshCount(): Promise<Thread[]> {
    const threads = await getJson<Thread[]>(pathOf(person, 'threads'))
    unread(threads.reduce((sum, { unseen }) => sum + unseen, 0))
    return threads
  }

  return { refresh: () => (opened ? showTexts() : showThreads()) }
}

const spaced = (number: string) => number.replace(/^(\+44)(\d{4})(\d+)$/, '$1 $2 $3')
