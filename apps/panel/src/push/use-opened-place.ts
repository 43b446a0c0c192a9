import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'

/** A notification was clicked while the desk was open: the service worker says which place to go to. */
export function useOpenedPlace(): void {
  const router = useRouter()
  useEffect(() => {
    // Where a page is not served over https there are no service workers.
    const workers = 'serviceWorker' in navigator ? navigator.serviceWorker : null
    const hear = ({ data }: MessageEvent<unknown>) => {
      const path = deskPath(data)
      if (path !== null) router.history.push(path)
    }
    workers?.addEventListener('message', hear)
    return () => workers?.removeEventListener('message', hear)
  }, [router])
}

function deskPath(data: unknown): string | null {
  if (typeof data !== 'object' || data === null || !('t' in data) || !('url' in data)) return null
  if (data.t !== 'open' || typeof data.url !== 'string' || !URL.canParse(data.url)) return null
  const { origin, pathname } = new URL(data.url)
  return origin === window.location.origin && pathname.startsWith('/desk/') ? pathname : null
}
