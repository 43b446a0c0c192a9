/**
 * What survives a reload: unsent texts and the draft, and, where cookies do not work, the visitor's secret. In storage of our own origin
 * where the browser gives us one; else on the page of the site, through the loader; else as long as the window lives.
 */
export interface Keep {
  get(name: Kept): string | null
  set(name: Kept, value: string | null): void
}
type Kept = 'secret' | 'draft' | 'outbox'

export function createKeep(siteKey: string, stored: string | null, store: ((value: string) => void) | null): Keep {
  const name = `parley:${siteKey}`
  const own = ownStorage(name)
  const fromPage = parse(stored)
  const values: Partial<Record<Kept, string>> = { ...parse(own?.getItem(name) ?? null), ...fromPage }
  return {
    get: (kept) => values[kept] ?? null,
    set(kept, value) {
      if (value === null) delete values[kept]
      else values[kept] = value
      const { secret, ...rest } = values
      own?.setItem(name, JSON.stringify(store ? rest : values))
      // The page always keeps a mark: it tells the loader on the next page that somebody may be waited for here.
      if (!own || kept === 'secret') store?.(JSON.stringify(own ? (secret ? { secret } : {}) : values))
    },
  }
}

/** Browsers that block storage in frames throw at its very name. */
function ownStorage(name: string): Storage | null {
  try {
    localStorage.setItem(`${name}:?`, '')
    localStorage.removeItem(`${name}:?`)
    return localStorage
  } catch {
    return null
  }
}

function parse(json: string | null): Partial<Record<Kept, string>> {
  try {
    const value: unknown = JSON.parse(json ?? '{}')
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}
