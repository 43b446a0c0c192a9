import type { PushKey, PushRequest, SubscriptionView } from '@parley/protocol'
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { type Answer, ask, askOrThrow, Refused } from '../api/ask.ts'
import { meQuery } from '../settings/me.queries.ts'
import { browserPush, subscribeHere, subscriptionHere } from './browser-push.ts'

const off: SubscriptionView = { on: false, showsWords: false }

const pushQuery = queryOptions({
  queryKey: ['push'],
  async queryFn() {
    const { key } = await askOrThrow<PushKey>('/api/push/key')
    if (key === null) throw new Refused(404, { reason: 'not-there', text: '' })
    return { key, here: await lookHere() }
  },
})

/** Whether this browser is told, and what it may show; an error where the server has no such channel. */
export const usePush = () => useQuery(pushQuery)

export function usePushCalls() {
  const queries = useQueryClient()
  const keep = async (answer: Answer<SubscriptionView>) => {
    await queries.invalidateQueries({ queryKey: pushQuery.queryKey })
    await queries.invalidateQueries({ queryKey: meQuery.queryKey })
    return answer
  }
  return {
    async switchOn(key: string, showsWords: boolean): Promise<Answer<SubscriptionView>> {
      const subscription = await subscribeHere(key).catch(() => null)
      if (!subscription) return refusedByBrowser()
      const body: PushRequest = { subscription: subscription.toJSON(), showsWords }
      return keep(await ask<SubscriptionView>('/api/desk/push', { method: 'POST', body }))
    },
    switchOff: async () => keep(await dropHere()),
  }
}

/** The browser is told nothing more, and the server forgets it: before somebody else signs in here, too. */
export async function dropHere(): Promise<Answer<SubscriptionView>> {
  const subscription = await subscriptionHere()
  if (!subscription) return { ok: true, value: off }
  const { endpoint } = subscription
  const answer = await ask<SubscriptionView>('/api/desk/push/drop', { method: 'POST', body: { endpoint } })
  await subscription.unsubscribe().catch(() => false)
  return answer
}

async function lookHere(): Promise<SubscriptionView> {
  const subscription = await subscriptionHere()
  if (!subscription) return off
  const { endpoint } = subscription
  return askOrThrow<SubscriptionView>('/api/desk/push/look', { method: 'POST', body: { endpoint } })
}

function refusedByBrowser(): Answer<SubscriptionView> {
  const reason = browserPush() === 'denied' ? 'push-denied' : 'push-none'
  return { ok: false, status: 0, problem: { reason, text: '' } }
}
