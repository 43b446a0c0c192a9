const firstMs = 500
const mostMs = 30_000

/**
 * How long to wait before attempt `attempt` (0, 1, 2 …): doubling, and spread over half of itself, so that everybody who lost the same
 * server does not come back in the same instant. The first comes soon: most losses are a moment's.
 */
export function backOffMs(attempt: number, random: number): number {
  const whole = Math.min(mostMs, firstMs * 2 ** Math.min(attempt, 10))
  return whole / 2 + random * (whole / 2)
}
