import type { Page } from '../shared/bridge.ts'

/** Without fragment: it may hold a key. Somebody who asks not to be followed is asked no further than which site this is. */
export function currentPage(): Page {
  const { doNotTrack, globalPrivacyControl } = navigator as Navigator & { globalPrivacyControl?: boolean }
  if (doNotTrack === '1' || globalPrivacyControl) return { url: location.origin }
  return { url: location.href.replace(/#.*/, ''), title: document.title, referrer: document.referrer }
}

/** Route changes of single-page applications. */
export function onPageChange(report: () => void): void {
  let last = location.href
  // The new title mostly comes just after the new address.
  const look = () =>
    setTimeout(() => {
      if (location.href === last) return
      last = location.href
      report()
    }, 50)
  for (const name of ['pushState', 'replaceState'] as const) {
    const real = history[name]
    history[name] = (...given) => {
      real.apply(history, given)
      look()
    }
  }
  addEventListener('popstate', look)
}
