import { element, sizeText, timeText } from './element.ts'
import { asBase64, getJson, type Line, type Mail, pathOf, post } from './pocket-api.ts'

type View = { at: 'inbox' } | { at: 'sent' } | { at: 'mail'; id: string; back: 'inbox' | 'sent' }

export type Device = { refresh(): Promise<void> }

/** One mailbox, drawn into its `section`. It keeps an opened mail, and what is being written, while new mail comes in. */
export function openDevice(section: HTMLElement, say: (text: string) => void, unread: (count: number) => void): Device {
  const person = section.dataset.person ?? ''
  const screen = section.querySelector<HTMLElement>('[data-screen]')
  if (!screen) throw new Error('a device without a screen')
  let view: View = { at: 'inbox' }

  const show = async (next: View) => {
    view = next
    if (next.at === 'mail') return showMail(next.id, next.back)
    await showList(next.at)
    screen?.querySelector<HTMLElement>(`[data-key="${next.at}"]`)?.focus({ preventScroll: true })
  }

  async function showList(box: 'inbox' | 'sent'): Promise<void> {
    const lines = await getJson<Line[]>(pathOf(person, box))
    if (box === 'inbox') unread(lines.filter(({ seen }) => !seen).length)
    if (view.at !== box) return
    const active = document.activeElement
    const focused = active instanceof HTMLElement && screen?.contains(active) ? active.dataset.key : undefined
    const empty = box === 'inbox' ? 'No mail yet. Ask something in the shop.' : 'Nothing written yet.'
    screen?.replaceChildren(
      tabs(box),
      lines.length === 0
        ? element('p', { className: 'empty', textContent: empty })
        : element('ul', { className: 'lines' }, ...lines.map((line) => lineOf(line, box))),
    )
    // A list that is drawn anew because a mail came must not take the keyboard away from whoever walks through it.
    if (focused) screen?.querySelector<HTMLElement>(`[data-key="${focused}"]`)?.focus({ preventScroll: true })
  }

  function tabs(box: 'inbox' | 'sent'): HTMLElement {
    const tab = (name: 'inbox' | 'sent', label: string) => {
      const button = element('button', {
        type: 'button',
        textContent: label,
        ariaPressed: String(name === box),
        onclick: () => void show({ at: name }),
      })
      button.dataset.key = name
      return button
    }
    return element('div', { className: 'tabs' }, tab('inbox', 'Inbox'), tab('sent', 'Sent'))
  }

  function lineOf(line: Line, box: 'inbox' | 'sent'): HTMLElement {
    const other = box === 'inbox' ? line.from : line.to[0]
    const states = { received: '', waiting: 'waiting for Parley', sent: 'handed over', failed: 'came back' }
    const marks = [
      line.answered && 'answered',
      line.attachments > 0 && (line.attachments === 1 ? '1 file' : `${line.attachments} files`),
      states[line.state],
    ].filter(Boolean)
    const button = element(
      'button',
      {
        type: 'button',
        className: box === 'inbox' && !line.seen ? 'line new' : 'line',
        onclick: () => void show({ at: 'mail', id: line.id, back: box }),
      },
      element('span', { className: 'who', textContent: other?.name || other?.address || 'Nobody' }),
      element('time', { textContent: timeText(line.at), dateTime: line.at }),
      element('span', { className: 'subject', textContent: line.subject || '(no subject)' }),
      element('span', { className: 'snippet', textContent: line.snippet }),
      marks.length > 0 && element('span', { className: `marks ${line.state}`, textContent: marks.join(' · ') }),
    )
    button.dataset.key = line.id
    return element('li', {}, button)
  }

  async function showMail(id: string, back: 'inbox' | 'sent'): Promise<void> {
    const mail = await getJson<Mail>(pathOf(person, 'mails', id))
    if (view.at !== 'mail' || view.id !== id) return
    const body = element('div', { className: 'body' })
    const draw = (kind: 'page' | 'text' | 'source') => {
      for (const button of kinds.querySelectorAll('button')) button.ariaPressed = String(button.value === kind)
      if (kind === 'text') return body.replaceChildren(element('pre', { textContent: mail.text, tabIndex: 0 }))
      const frame = element('iframe', {
        title: kind === 'page' ? `Mail: ${mail.subject}` : 'Source of the mail',
        src: pathOf(person, 'mails', id, kind === 'page' ? 'html' : 'source'),
      })
      // Its own answer forbids scripts as well; this holds if that header were ever lost.
      frame.setAttribute('sandbox', 'allow-popups allow-popups-to-escape-sandbox')
      body.replaceChildren(frame)
    }
    const kind = (value: 'page' | 'text' | 'source', textContent: string) =>
      element('button', { type: 'button', value, textContent, onclick: () => draw(value) })
    const kinds = element(
      'div',
      { className: 'kinds' },
      mail.hasHtml && kind('page', 'Page'),
      kind('text', 'Text'),
      kind('source', 'Source'),
    )
    const backButton = element('button', {
      type: 'button',
      className: 'back',
      textContent: back === 'inbox' ? '‹ Inbox' : '‹ Sent',
      onclick: () => void show({ at: back }),
    })
    screen?.replaceChildren(
      element('div', { className: 'tabs' }, backButton, kinds),
      element(
        'div',
        { className: 'head' },
        element('h3', { textContent: mail.subject || '(no subject)' }),
        addressLine('From', [mail.from]),
        // In the inbox it is the owner, whose address stands above.
        back === 'sent' && addressLine('To', mail.to),
      ),
      body,
      mail.attachments.length > 0 ? filesOf(id, mail) : '',
      back === 'inbox' ? replyBox(id, mail) : '',
    )
    draw(mail.hasHtml ? 'page' : 'text')
    backButton.focus({ preventScroll: true })
    section.scrollIntoView({ block: 'nearest' })
    if (back === 'inbox') await post(pathOf(person, 'mails', id, 'seen'))
  }

  function addressLine(label: string, boxes: Mail['to']): HTMLElement {
    const text = boxes.map(({ name, address }) => (name ? `${name} <${address}>` : address)).join(', ')
    return element('p', {}, element('span', { textContent: `${label} ` }), text)
  }

  function filesOf(id: string, mail: Mail): HTMLElement {
    const items = mail.attachments.map(({ name, size }, index) =>
      element(
        'li',
        {},
        element('a', {
          href: pathOf(person, 'mails', id, 'attachments', String(index)),
          textContent: name,
          download: name,
        }),
        ` ${sizeText(size)}`,
      ),
    )
    return element('ul', { className: 'files', ariaLabel: 'Attachments' }, ...items)
  }

  function replyBox(id: string, mail: Mail): HTMLElement {
    const text = element('textarea', {
      rows: 1,
      placeholder: 'Reply…',
      ariaLabel: `Reply to ${mail.from.name || mail.from.address}`,
    })
    const files = element('input', { type: 'file', multiple: true, ariaLabel: 'Attach files' })
    const as = element('input', { type: 'email', placeholder: 'someone@elsewhere.example', autocomplete: 'off' })
    const problem = element('p', { className: 'problem', role: 'alert' })
    const send = element('button', { type: 'submit', className: 'send', textContent: 'Send' })
    let hasQuote = false
    const between = element('button', {
      type: 'button',
      textContent: 'Answer between the lines',
      onclick() {
        hasQuote = true
        text.value = `${text.value}${text.value ? '\n\n' : ''}${mail.quoted}\n`
        text.rows = 10
        text.focus()
      },
    })
    const away = element('button', {
      type: 'button',
      textContent: 'Send a vacation notice',
      onclick: () =>
        run(async () => {
          await post(pathOf(person, 'mails', id, 'vacation'))
          say('The vacation notice is on its way.')
          await show({ at: 'sent' })
        }),
    })
    const run = async (act: () => Promise<void>) => {
      problem.textContent = ''
      send.disabled = true
      try {
        await act()
      } catch (error) {
        problem.textContent = error instanceof Error ? error.message : String(error)
      } finally {
        send.disabled = false
      }
    }
    const more = element(
      'details',
      {},
      element('summary', { textContent: 'More' }),
      element(
        'div',
        { className: 'more' },
        between,
        away,
        element('label', {}, 'Send from another address, as a forger would', as),
      ),
    )
    const form = element(
      'form',
      {
        className: 'reply',
        onsubmit(event) {
          event.preventDefault()
          void run(async () => {
            const attachments = await Promise.all(
              [...(files.files ?? [])].map(async (file) => ({
                name: file.name,
                type: file.type,
                base64: await asBase64(file),
              })),
            )
            await post(pathOf(person, 'mails', id, 'reply'), { text: text.value, hasQuote, as: as.value, attachments })
            say('Your reply is on its way.')
            await show({ at: 'inbox' })
          })
        },
      },
      text,
      element('div', { className: 'row' }, files, send),
      more,
      problem,
    )
    // A small screen is for reading until somebody writes.
    text.addEventListener('focus', () => {
      form.classList.add('writing')
      text.rows = Math.max(text.rows, 3)
      form.scrollIntoView({ block: 'nearest' })
    })
    return form
  }

  return {
    async refresh() {
      if (view.at === 'mail')
        unread((await getJson<Line[]>(pathOf(person, 'inbox'))).filter(({ seen }) => !seen).length)
      else await showList(view.at)
    },
  }
}
