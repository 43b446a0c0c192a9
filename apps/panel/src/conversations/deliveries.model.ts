import type { DeliveryView } from '@parley/protocol'

/** What a person should look at comes first, then the newest. */
export function inOrder(deliveries: readonly DeliveryView[]): DeliveryView[] {
  const rank = (one: DeliveryView) => (one.state === 'failed' ? 0 : one.state === 'unknown' ? 1 : 2)
  return [...deliveries].sort((a, b) => rank(a) - rank(b) || (a.updatedAt < b.updatedAt ? 1 : -1))
}

/** An unknown outcome may have arrived: only a person decides to send it twice. */
export const mayResend = (delivery: DeliveryView): boolean =>
  delivery.state === 'failed' || delivery.state === 'unknown'

/** The delivery that a resend under a message means. */
export function troubleOf(deliveries: readonly DeliveryView[], message: string): DeliveryView | null {
  return deliveries.find((one) => one.message === message && mayResend(one)) ?? null
}

export const troubles = (deliveries: readonly DeliveryView[]): number => deliveries.filter(mayResend).length
