/** The key inside an otpauth: address, in groups that can be typed. */
export function keyOf(totpUri: string): string {
  const secret = /[?&]secret=([^&]+)/.exec(totpUri)?.[1] ?? ''
  return decodeURIComponent(secret).replace(/(.{4})(?=.)/g, '$1 ')
}

/** "Firefox, Linux": enough to tell one's own sessions apart; the names are the programs' own. */
export function describeAgent(agent: string | null): string | null {
  if (!agent) return null
  const browser = /Edg\//.test(agent)
    ? 'Edge'
    : /OPR\//.test(agent)
      ? 'Opera'
      : /Firefox\//.test(agent)
        ? 'Firefox'
        : /Chrome\//.test(agent)
          ? 'Chrome'
          : /Safari\//.test(agent)
            ? 'Safari'
            : null
  const system = /iPhone|iPad/.test(agent)
    ? 'iOS'
    : /Android/.test(agent)
      ? 'Android'
      : /Windows/.test(agent)
        ? 'Windows'
        : /Mac OS X/.test(agent)
          ? 'macOS'
          : /Linux/.test(agent)
            ? 'Linux'
            : null
  return [browser, system].filter(Boolean).join(', ') || null
}

/** Paths of the dark cells, one rectangle per run, in a square of `size` units. */
export function runsOf(cells: readonly (readonly boolean[])[]): { x: number; y: number; width: number }[] {
  const runs: { x: number; y: number; width: number }[] = []
  for (const [y, row] of cells.entries()) {
    let start = -1
    for (let x = 0; x <= row.length; x += 1) {
      if (row[x] && start === -1) start = x
      if (!row[x] && start !== -1) {
        runs.push({ x: start, y, width: x - start })
        start = -1
      }
    }
  }
  return runs
}
