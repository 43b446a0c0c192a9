import { edgeSpeed } from './edge-speed.model.ts'

/** A frame that comes late scrolls no further than this. */
const longestFrameMs = 50

interface EdgeScroll {
  /** What is carried is held here now. */
  hold: (x: number, y: number) => void
  stop: () => void
}

/**
 * Scrolls a list in which things may be dropped while one is held near its upper or lower edge. `onScrolled`: what lies under it is something
 * else now.
 */
export function edgeScroll(onScrolled: () => void): EdgeScroll {
  let frame: number | null = null
  let before: number | null = null
  let held = { x: 0, y: 0 }
  // A screen scrolls whole pixels: what is less is kept for the next frame.
  let owed = 0

  function stop() {
    if (frame !== null) cancelAnimationFrame(frame)
    frame = null
    before = null
    owed = 0
  }
  function step(now: number) {
    const list = listAt(held.x, held.y)
    const speed = list ? speedIn(list, held.y) : 0
    if (!list || speed === 0) return stop()
    owed += (speed * Math.min(now - (before ?? now), longestFrameMs)) / 1_000
    before = now
    frame = requestAnimationFrame(step)
    const whole = Math.trunc(owed)
    if (whole === 0) return
    owed -= whole
    const from = list.scrollTop
    list.scrollTop += whole
    if (list.scrollTop === from) stop()
    else onScrolled()
  }
  return {
    hold(x, y) {
      held = { x, y }
      frame ??= requestAnimationFrame(step)
    },
    stop,
  }
}

/** The nearest thing around a point that scrolls, if something may be dropped in it: what is said scrolls by itself. */
function listAt(x: number, y: number): Element | null {
  let around = document.elementFromPoint(x, y)
  while (around && !scrolls(around)) around = around.parentElement
  return around?.querySelector('[data-merge]') ? around : null
}

const scrolls = (element: Element): boolean =>
  element.scrollHeight > element.clientHeight && /auto|scroll/.test(getComputedStyle(element).overflowY)

function speedIn(list: Element, y: number): number {
  const { top, bottom } = list.getBoundingClientRect()
  return edgeSpeed(y, Math.max(0, top), Math.min(window.innerHeight, bottom))
}
