import { edgeScroll } from './edge-scroll.ts'

/** So long a finger rests before it lifts something: sooner it scrolls. */
const holdMs = 350
/** So far a hand may tremble. */
const slackPx = 8

interface Carrying {
  /** It was lifted, or moved to here. */
  onMove: (x: number, y: number) => void
  onDrop: (x: number, y: number) => void
  onCancel: () => void
}

/** What begins it: a pointer that was put down, by mouse, pen or finger. */
export interface Down {
  pointerId: number
  pointerType: string
  clientX: number
  clientY: number
}

/**
 * Follows one pointer from where it was put down until it is let go. A mouse lifts by moving, a finger by resting first, so that whoever moves
 * at once scrolls as ever. Near the edge of a list it scrolls that. Escape puts it back.
 */
export function carry(
  { pointerId, pointerType, clientX, clientY }: Down,
  { onMove, onDrop, onCancel }: Carrying,
): void {
  const isMouse = pointerType === 'mouse'
  let isLifted = false
  const timer = isMouse ? null : setTimeout(() => lift(clientX, clientY), holdMs)
  const heard = new AbortController()
  let at = { x: clientX, y: clientY }
  const edge = edgeScroll(() => onMove(at.x, at.y))
  const on = { signal: heard.signal, capture: true, passive: false } as const

  function lift(x: number, y: number) {
    isLifted = true
    move(x, y)
  }
  function move(x: number, y: number) {
    at = { x, y }
    edge.hold(x, y)
    onMove(x, y)
  }
  function end() {
    edge.stop()
    if (timer) clearTimeout(timer)
    heard.abort()
  }
  function cancel() {
    end()
    if (isLifted) onCancel()
  }
  window.addEventListener(
    'pointermove',
    (event) => {
      if (event.pointerId !== pointerId) return
      if (isLifted) return move(event.clientX, event.clientY)
      if (Math.hypot(event.clientX - clientX, event.clientY - clientY) < slackPx) return
      if (isMouse) lift(event.clientX, event.clientY)
      else cancel()
    },
    on,
  )
  window.addEventListener(
    'pointerup',
    (event) => {
      if (event.pointerId !== pointerId) return
      end()
      if (!isLifted) return
      // What is let go over a link is no click on it.
      const stop = (click: Event) => {
        click.preventDefault()
        click.stopPropagation()
      }
      window.addEventListener('click', stop, { capture: true, once: true })
      setTimeout(() => window.removeEventListener('click', stop, { capture: true }), 0)
      onDrop(event.clientX, event.clientY)
    },
    on,
  )
  window.addEventListener('pointercancel', (event) => event.pointerId === pointerId && cancel(), on)
  // The window's own: the box one wrote in loses the focus as soon as a mouse is put down elsewhere.
  window.addEventListener('blur', ({ target }) => target === window && cancel(), on)
  window.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Escape' || !isLifted) return
      event.preventDefault()
      event.stopPropagation()
      cancel()
    },
    on,
  )
  // While something is carried a finger scrolls nothing, a mouse marks nothing, and neither opens a menu.
  for (const type of ['touchmove', 'contextmenu', 'selectstart'] as const) {
    window.addEventListener(type, (event) => isLifted && event.preventDefault(), on)
  }
  window.addEventListener('dragstart', (event) => event.preventDefault(), on)
}
