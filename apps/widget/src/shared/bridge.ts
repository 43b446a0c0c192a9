/**
 * What the loader (on the page of the site) and the window (an iframe of our origin) say to each other by `postMessage`, inside
 * `{ parley: … }`. Each side looks at origin and source before it looks at a message.
 */
export interface Page {
  url: string
  title?: string
  referrer?: string
}

export type ToWindow =
  /** Answer to `ready`. `stored` is what the page keeps for us; `isShown` is false when the window is loaded only to count what is unread. */
  | {
      t: 'init'
      page: Page
      language: string | null
      stored: string | null
      /** Does the page's storage work? */
      keeps: boolean
      handOver: string | null
      identify: string | null
      context: unknown
      isShown: boolean
    }
  | { t: 'shown'; isShown: boolean }
  | { t: 'page'; page: Page }
  | { t: 'identify'; token: string }
  | { t: 'update'; context: unknown }
  | { t: 'locale'; language: string }
  /** A link to another domain of the account was clicked: a key, please. */
  | { t: 'hand-over'; id: number; source: string; target: string }

export type ToLoader =
  | { t: 'ready' }
  /** The window can be used. */
  | { t: 'usable'; colour: string; onColour: string }
  /** Keep this for us, because the browser gives us no place of our own. */
  | { t: 'store'; value: string }
  | { t: 'close' }
  | { t: 'unread'; count: number }
  /** Somebody else said something. Its text stays in the window. */
  | { t: 'message'; from: string }
  /** Hosts to which a click takes the conversation along. */
  | { t: 'domains'; hosts: string[] }
  | { t: 'key'; id: number; key: string | null }

export const wrap = (message: ToWindow | ToLoader) => ({ parley: message })

/** The message inside, if it is one of ours. The other end was built with this file, so its `t` tells its shape. */
export function unwrap<T extends ToWindow | ToLoader>(data: unknown): T | undefined {
  return (data as { parley?: T } | null)?.parley
}
