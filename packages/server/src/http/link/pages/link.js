// What a link in a mail opens. Nothing is asked of the server before the button is pressed: mail scanners open every link.
// The key stands in the fragment, which no server sees, and is sent in the body of a POST only.

const main = document.querySelector('main')
const key = location.hash.slice(1)
const byId = (id) => document.getElementById(id)
const [site, title, intro, open, content, status] = ['site', 'title', 'intro', 'open', 'content', 'status'].map(byId)
let words = JSON.parse(main.dataset.words)
let language = document.documentElement.lang

// Another link of ours opened in this tab changes nothing but the fragment.
addEventListener('hashchange', () => location.reload())

if (/^[\w-]{20,100}$/.test(key)) {
  open.hidden = false
  open.addEventListener('click', () => show(main.dataset.page === 'held' ? openHeld : openConversation))
} else {
  intro.hidden = true
  status.textContent = words['link-broken']
}

async function show(work) {
  open.disabled = true
  status.textContent = words['link-opening']
  try {
    await work()
  } catch (problem) {
    open.disabled = false
    status.textContent = problem instanceof Refused ? problem.message : words['link-failed']
  }
}

class Refused extends Error {}

async function ask(path, body) {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ key, language, ...body }),
  })
  const answer = await response.json()
  if (response.ok) return answer
  throw new Refused(answer.text)
}

/** From here on the page speaks the language of the person whom the link was sent to. */
function speak(answer) {
  words = answer.words
  language = answer.language
  document.documentElement.lang = language
  document.documentElement.dir = answer.dir
}

function opened(name, heading) {
  open.remove()
  intro.remove()
  site.textContent = name
  site.hidden = name === ''
  title.textContent = heading
  document.title = heading
  status.textContent = ''
  title.focus()
}

// ————— the conversation

async function openConversation() {
  const answer = await ask('/api/link/read')
  speak(answer)
  const { conversation } = answer
  opened(answer.site, conversation.topic ?? words['link-read-title'])
  const people = new Map(conversation.interactions.flatMap((each) => each.participants).map((one) => [one.id, one]))
  const pages = new Map()
  const list = element('ol', 'messages')
  const earlier = element('button', 'text-button earlier', words['link-read-earlier'])
  earlier.type = 'button'

  const take = (page) => {
    const before = pages.get(page.interaction)?.messages ?? []
    pages.set(page.interaction, { messages: [...page.messages, ...before], more: page.more })
  }
  const draw = () => {
    // One bubble for what was placed in several exchanges at once.
    const said = new Map([...pages.values()].flatMap((page) => page.messages).map((one) => [one.id, one]))
    const inOrder = [...said.values()].sort((a, b) => (a.at < b.at ? -1 : 1))
    list.replaceChildren(...inOrder.map((message) => bubble(message, people.get(message.from))))
    earlier.hidden = ![...pages.values()].some((page) => page.more)
  }
  earlier.addEventListener('click', async () => {
    earlier.disabled = true
    try {
      for (const [interaction, page] of [...pages]) {
        const [first] = page.messages
        if (page.more && first)
          for (const older of (await ask('/api/link/read', { interaction, before: first.n })).pages) take(older)
      }
      status.textContent = ''
    } catch (problem) {
      status.textContent = problem instanceof Refused ? problem.message : words['link-failed']
    }
    draw()
    earlier.disabled = false
  })

  for (const page of answer.pages) take(page)
  draw()
  const isOpen = conversation.interactions.some((each) => each.writable)
  const foot = isOpen ? words['link-read-how'] : words['refused-conversation-closed']
  const nothing = list.childElementCount === 0
  content.replaceChildren(
    earlier,
    nothing ? element('p', 'status', words['link-read-empty']) : list,
    element('p', 'foot', foot),
  )
}

function bubble(message, author) {
  const item = element(
    'li',
    `message ${author?.role === 'initiator' ? 'asker' : `c${author?.colour ?? 0}`}${author?.you ? ' own' : ''}`,
  )
  const meta = element('p', 'meta')
  if (author) meta.append(element('span', 'author', author.you ? words['link-you'] : author.alias))
  const time = element('time', '', when(message.at, { dateStyle: 'medium', timeStyle: 'short' }))
  time.dateTime = message.at
  meta.append(time)
  const box = element('div', 'bubble')
  const text = personsText(message.text)
  box.append(text, ...files(message.attachments ?? []))
  item.append(meta, box)
  if (message.cut) item.append(wholeButton(message, text))
  if (message.masked) item.append(element('p', 'note', words['link-read-masked']))
  if (message.unproven) item.append(element('p', 'note', words['link-read-unproven']))
  return item
}

function wholeButton(message, text) {
  const button = element('button', 'text-button', words['link-read-whole'])
  button.type = 'button'
  button.addEventListener('click', async () => {
    button.disabled = true
    try {
      text.textContent = (await ask('/api/link/read/full', { message: message.id })).text
      button.remove()
    } catch (problem) {
      button.disabled = false
      status.textContent = problem instanceof Refused ? problem.message : words['link-failed']
    }
  })
  return button
}

// ————— what is held

async function openHeld() {
  const answer = await ask('/api/link/held')
  speak(answer)
  opened(answer.site, words['link-held-title'])
  if (!answer.held) {
    status.textContent = words['link-held-decided']
    return
  }
  const { held } = answer
  const card = element('article', 'card')
  card.append(
    element('p', 'note', fill('link-held-from', { claims: `\u2068${held.claims}\u2069` })),
    personsText(held.text),
    ...files(held.attachments),
  )
  const until = fill('link-held-until', { date: when(held.expiresAt, { dateStyle: 'long' }) })
  const choices = element('div', 'choices')
  const release = element('button', 'main', words['link-held-release'])
  const discard = element('button', 'second', words['link-held-discard'])
  for (const [button, decision] of [
    [release, 'release'],
    [discard, 'discard'],
  ]) {
    button.type = 'button'
    button.addEventListener('click', async () => {
      release.disabled = discard.disabled = true
      try {
        status.textContent = (await ask('/api/link/held/decide', { decision })).text
        content.replaceChildren()
      } catch (problem) {
        release.disabled = discard.disabled = false
        status.textContent = problem instanceof Refused ? problem.message : words['link-failed']
      }
    })
    choices.append(button)
  }
  card.append(element('p', 'note', until), choices)
  content.replaceChildren(element('p', 'intro', words['link-held-intro']), card)
}

// ————— drawing

function files(attachments) {
  if (attachments.length === 0) return []
  const list = element('ul', 'files')
  for (const file of attachments) {
    const item = element('li', '')
    const name = file.url ? element('a', '') : element('span', '')
    if (file.url) {
      name.href = file.url
      name.target = '_blank'
      name.rel = 'noopener'
    }
    if (file.image && file.url) {
      const image = element('img', '')
      image.src = file.url
      image.alt = file.name
      image.loading = 'lazy'
      name.append(image)
      item.append(name)
    } else {
      name.textContent = file.name
      item.append(name, ' ', element('span', 'size', size(file.size)))
    }
    list.append(item)
  }
  return [list]
}

function personsText(text) {
  const node = element('p', 'text', text)
  node.dir = 'auto'
  return node
}

function element(name, className, text) {
  const node = document.createElement(name)
  if (className) node.className = className
  if (text !== undefined) node.textContent = text
  return node
}

const fill = (name, values) => words[name].replaceAll(/\{(\w+)\}/g, (whole, one) => values[one] ?? whole)
const when = (at, style) => new Intl.DateTimeFormat(language, style).format(new Date(at))

function size(bytes) {
  const [unit, amount] = bytes < 1e6 ? ['kilobyte', bytes / 1e3] : ['megabyte', bytes / 1e6]
  return new Intl.NumberFormat(language, { style: 'unit', unit, maximumFractionDigits: amount < 10 ? 1 : 0 }).format(
    amount,
  )
}
