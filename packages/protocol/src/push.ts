/*
 * A browser subscribes to being told, on the device, that something waits (E14). At the desk with the session's cookie, in a window with the
 * short token (`/api/visitor/push…`). Nothing that was subscribed with is ever answered.
 *   - GET `/api/push/key`: `PushKey`; 404 where there is no such channel.
 *   - POST `/api/desk/push` `PushRequest`, `/api/visitor/push` with `page` besides (the path that is opened there): `SubscriptionView`. The same
 *     endpoint again changes what may be shown. An endpoint belongs to whoever subscribed with it last.
 *   - POST `…/push/look` and `…/push/drop` `{ endpoint }`: `SubscriptionView`.
 *   - POST `/api/push/renew` `{ endpoint, subscription }`: from a service worker whose subscription changed; the old endpoint is the proof.
 */
export interface PushKey {
  /** For `pushManager.subscribe({ applicationServerKey })`; null where there is no push. */
  key: string | null
}

export interface PushRequest {
  /** `PushSubscription.toJSON()`. */
  subscription: unknown
  /** May what is said be seen on the lock screen? Else only that something waits. */
  showsWords: boolean
}

export interface SubscriptionView {
  on: boolean
  showsWords: boolean
}

/** What a service worker is given. */
export interface PushPayload {
  title: string
  body: string
  /** The page to open. */
  url: string
  /** The same for everything from one place: what is newer stands where what is older stood. */
  tag: string
  /** Milliseconds since 1970: when it was said. */
  at?: number
  lang: string
}
