export interface Probing {
  /** Something went wrong just now: look soon, unless that is planned anyway. */
  soon(): void
  stop(): void
}

/**
 * Looks whether the relay works: at once, and again after a failure, less and less often. A relay that is down is thus known before the
 * first mail is due, and known to be back when no mail has tried it.
 */
export function keepProbing(
  probe: () => Promise<string | null>,
  { firstMs = 2_000, longestMs = 120_000 } = {},
): Probing {
  let timer: NodeJS.Timeout | undefined
  let isStopped = false
  let isQuiet = false
  let waitMs = firstMs
  const lookIn = (ms: number) => {
    if (isStopped) return
    clearTimeout(timer)
    timer = setTimeout(look, ms)
    timer.unref()
  }
  const look = async () => {
    isQuiet = false
    const trouble = await probe()
    isQuiet = trouble === null
    waitMs = trouble === null ? firstMs : Math.min(waitMs * 2, longestMs)
    // While all is well the mails themselves tell; a look now and then finds what breaks in a quiet hour.
    lookIn(isQuiet ? longestMs : waitMs)
  }
  void look()
  return {
    soon() {
      if (!isQuiet) return
      isQuiet = false
      lookIn(firstMs)
    },
    stop() {
      isStopped = true
      clearTimeout(timer)
    },
  }
}
