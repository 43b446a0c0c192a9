/** When stopping begins, what is under way gets a few seconds; then `end` cuts it. Returns what takes the whole arrangement back. */
export function afterGrace(isStopping: AbortSignal, end: () => void, graceMs = 5_000): () => void {
  let timer: NodeJS.Timeout | undefined
  const begin = () => {
    timer = setTimeout(end, graceMs)
  }
  if (isStopping.aborted) begin()
  else isStopping.addEventListener('abort', begin, { once: true })
  return () => {
    isStopping.removeEventListener('abort', begin)
    clearTimeout(timer)
  }
}
