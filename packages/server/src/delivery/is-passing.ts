/** SQLSTATE classes: connection, rolled back (deadlock), resources, ended by an operator; and a lock that was not to be had. */
const passing = /^(08|40|53|57)|^55P03$/

/** Whether a failure of the database is one that time mends: it was away, or too busy. Everything else is a fault of ours. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null
  if (code === null) return /connection|timeout/i.test(error.message)
  // The network's own words (ECONNREFUSED, EPIPE) begin with an E, no SQLSTATE does.
  return code.startsWith('E') || passing.test(code)
}
