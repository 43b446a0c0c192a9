/**
 * Looks whether the relay works: at once, and again after a failure, less and less often. A relay that is down is thus known before the
 * first mail is due, and known to be back when no mail has tried it.
 */
export function keepProbing(
  probe: () => Promise<string | null>,
  { firstMs = 2_000, longestMs = 120_000 } = {},
): { stop(): void } {
  let timer: NodeJS.Timeout | undefined
  let isStopped = false
  let waitMs = firstMs
  const look = async () => {
    const trouble = await probe()
    if (isStopped) return
    waitMs = trouble === null ? firstMs : Math.min(waitMs * 2, longestMs)
    // While all is well the mails themselves tell; a look now and then finds what breaks in a quiet hour.
    timer = setTimeout(look, trouble === null ? longestMs : waitMs)
    timer.unref()
  }
  void look()
  return {
    stop() {
      isStopped = true
      clearTimeout(timer)
    },
  }
}
