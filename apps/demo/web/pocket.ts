import { type Device, openDevice } from './pocket-device.ts'
import { openPhone } from './pocket-phone.ts'

const status = document.querySelector('[data-status]')
const devices = new Map<string, Device>()

const say = (text: string) => {
  if (status) status.textContent = text
}

for (const section of document.querySelectorAll<HTMLElement>('.device')) {
  const { person, phone } = section.dataset
  const count = document.querySelector(`[data-count="${section.id}"]`)
  const showUnread = (unread: number) => {
    if (count) count.textContent = unread > 0 ? String(unread) : ''
    section.classList.toggle('has-new', unread > 0)
  }
  if (person) devices.set(person, openDevice(section, say, showUnread))
  else if (phone) devices.set(phone, openPhone(section, showUnread))
}

const refreshAll = () => Promise.all([...devices.values()].map((device) => device.refresh()))

const events = new EventSource('/pocket/events')
// What came while the connection was away is found by reading the lists, at the first opening as well.
events.addEventListener('open', () => void refreshAll())
for (const kind of ['mail', 'text', 'change']) {
  events.addEventListener(kind, (event) => {
    if (!(event instanceof MessageEvent)) return
    const { person } = JSON.parse(String(event.data))
    const section = document.querySelector<HTMLElement>(`#${CSS.escape(String(person))}`)
    if (kind !== 'change' && section) {
      say(`New ${kind} for ${section.dataset.name}.`)
      section.classList.remove('rings')
      // Reading a size makes the browser notice that the class was gone.
      void section.offsetWidth
      section.classList.add('rings')
    }
    void devices.get(String(person))?.refresh()
  })
}
void refreshAll()

const shown = document.querySelectorAll<HTMLButtonElement>('[data-show]')
const choose = (id: string) => {
  document.body.dataset.shows = id
  for (const button of shown) button.ariaPressed = String(button.dataset.show === id)
  for (const part of document.querySelectorAll('.device, .shop')) part.classList.toggle('chosen', part.id === id)
}
for (const button of shown) button.addEventListener('click', () => choose(button.dataset.show ?? 'shop'))
choose('shop')

const frame = document.querySelector<HTMLIFrameElement>('.shop iframe')
const apart = document.querySelector<HTMLAnchorElement>('[data-apart]')
const sites = document.querySelectorAll<HTMLButtonElement>('[data-site]')
for (const button of sites) {
  button.addEventListener('click', () => {
    if (frame) frame.src = button.dataset.site ?? ''
    if (apart) apart.href = button.dataset.site ?? ''
    for (const each of sites) each.ariaPressed = String(each === button)
  })
}
