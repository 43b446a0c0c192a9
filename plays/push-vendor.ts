/** In the page: what `pushManager` would do with a push service of the browser's maker. */
export function standInForTheVendor(given: { endpoint: string; keys: object }): void {
  type Storage = {
    getItem(key: string): string | null
    setItem(key: string, to: string): void
    removeItem(key: string): void
  }
  const page = globalThis as unknown as { PushManager?: { prototype: object }; localStorage: Storage }
  // There is none on about:blank.
  if (!page.PushManager) return
  const subscription = {
    endpoint: given.endpoint,
    toJSON: () => given,
    unsubscribe: async () => {
      page.localStorage.removeItem('subscribed')
      return true
    },
  }
  Object.assign(page.PushManager.prototype, {
    getSubscription: async () => (page.localStorage.getItem('subscribed') === null ? null : subscription),
    subscribe: async () => {
      page.localStorage.setItem('subscribed', 'yes')
      return subscription
    },
  })
}
