import { labelIn } from './labels.ts'
import { style } from './style.ts'

export interface Frame {
  /** Puts the window's page into the iframe; from then on messages can be posted to it. */
  load(src: string): void
  readonly window: Window | null
  show(isShown: boolean, takesFocus: boolean): void
  /** A language tag's first part: `ar`. */
  setLanguage(language: string): void
  setColours(accent: string, onAccent: string): void
  setUnread(count: number): void
  remove(): void
}

const speech = 'M12 4a8.5 7.5 0 1 1-3 14.5L4.5 20l1-3.5A8.5 7.5 0 0 1 12 4zM8.5 11.5h0m3.5 0h0m3.5 0h0'
const cross = 'M6 6l12 12M18 6L6 18'

/** Everything that is seen on the page itself: a round button, and the iframe that it opens. */
export function createFrame(onToggle: () => void): Frame {
  const make = <Tag extends keyof HTMLElementTagNameMap>(tag: Tag) => document.createElement(tag)
  const makeSvg = (tag: 'svg' | 'path') => document.createElementNS('http://www.w3.org/2000/svg', tag)
  const host = make('div')
  const root = host.attachShadow({ mode: 'open' })
  const frame = make('iframe')
  const button = make('button')
  const badge = make('span')
  const icon = makeSvg('svg')
  const path = makeSvg('path')
  let label = ''
  let isShown = false
  let unread = 0

  const sheet = new CSSStyleSheet()
  sheet.replaceSync(style)
  root.adoptedStyleSheets = [sheet]
  icon.setAttribute('viewBox', '0 0 24 24')
  icon.append(path)
  button.append(icon, badge)
  button.onclick = onToggle
  root.append(button)
  document.body.append(host)

  function draw(): void {
    const count = unread && !isShown ? `${Math.min(unread, 99)}` : ''
    path.setAttribute('d', isShown ? cross : speech)
    button.ariaLabel = count ? `${label} (${count})` : label
    button.ariaExpanded = `${isShown}`
    badge.textContent = count
    frame.className = isShown ? 'on' : ''
  }

  return {
    load(src) {
      frame.src = src
      frame.title = label
      frame.allow = 'clipboard-write'
      button.before(frame)
      // Otherwise the first appearance would have nothing to move from.
      frame.clientWidth
    },
    get window() {
      return frame.contentWindow
    },
    show(next, takesFocus) {
      isShown = next
      draw()
      if (takesFocus) (isShown ? frame : button).focus()
    },
    setLanguage(language) {
      label = labelIn(language)
      host.dir = language === 'ar' ? 'rtl' : 'ltr'
      draw()
    },
    setColours(accent, onAccent) {
      host.style.setProperty('--accent', accent)
      host.style.setProperty('--on', onAccent)
    },
    setUnread(count) {
      unread = count
      draw()
    },
    remove: () => host.remove(),
  }
}
