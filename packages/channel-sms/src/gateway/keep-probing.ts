export interface Probing {
  /** Something went wrong just now: look soon. */
  soon(): void
  stop(): void
}

/**
 * Looks whether a gateway answers, at once, then now and then, and after a failure sooner. One that is down is thus known before the first
 * message is due, and known to be back when no message has tried it.
 */
export function keepProbing(
  probe: () => Promise<boolean>,
  { firstMs = 2_000, longestMs = 60_000 }: { firstMs?: number; longestMs?: number } = {},
): Probing {
  let timer: NodeJS.Timeout | undefined
  let isStopped = false
  let waitMs = firstMs
  const lookIn = (ms: number) => {
    if (isStopped) return
    clearTimeout(timer)
    timer = setTimeout(look, ms)
    timer.unref()
  }
  const look = async () => {
    const isWell = await probe()
    lookIn(isWell ? longestMs : waitMs)
    waitMs = isWell ? firstMs : Math.min(waitMs * 2, longestMs)
  }
  void look()
  return {
    soon: () => lookIn(waitMs),
    stop() {
      isStopped = true
      clearTimeout(timer)
    },
  }
}
