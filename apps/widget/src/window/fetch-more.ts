import { useEffect, useState } from 'preact/hooks'

type More = typeof import('./more.ts')
let more: More | null = null

/** Forms, files and what lies behind the menu: most visits need none of it, so it comes when it is first needed, with its styles. */
export async function fetchMore(): Promise<More> {
  if (more) return more
  const fetched = await import('./more.ts')
  if (!more) {
    const link = document.createElement('link')
    link.rel = 'stylesheet'
    link.href = fetched.styles
    document.head.append(link)
    const styled = new Promise((resolve) => {
      link.onload = link.onerror = resolve
    })
    await Promise.all([styled, fetched.sayMore()])
    more = fetched
  }
  return more
}

export function useMore(isNeeded: boolean): More | null {
  const [fetched, setFetched] = useState(more)
  useEffect(() => {
    if (isNeeded && !fetched) void fetchMore().then(setFetched)
  }, [isNeeded, fetched])
  return isNeeded ? fetched : null
}
