import process from 'node:process'

const lookEveryMs = 500

/**
 * npm runs its scripts by a shell, which dies of a signal and passes it on to nobody: whoever stops npm (a service manager, a container) would
 * leave Parley running. That the parent is another by then is the only sign of it.
 */
export function whenOrphaned(env, stop) {
  if (env.npm_lifecycle_event === undefined) return
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    stop()
  }, lookEveryMs)
  timer.unref()
}
