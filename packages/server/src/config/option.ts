import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'

/** One environment variable: how it is read, and what the reference page says about it. */
export type Option<T> = {
  /** as the reference names it, with its unit and bounds */
  kind: string
  /** as one would write it; undefined when nothing is set by default */
  written: string | undefined
  says: string
  /** its value may hold a password: it is never repeated in a message, and NAME_FILE may name a file holding it */
  isSecret: boolean
  /** the value when nothing is set */
  fallback: T
  parse(text: string): Parsed<T>
}

type Parsed<T> = { ok: true; value: T } | { ok: false; because: string }

/** The same option without a default: its value may be undefined. */
export function unset<T>(option: Option<T>): Option<T | undefined> {
  return { ...option, written: undefined, fallback: undefined }
}

export function secret<T>(option: Option<T>): Option<T> {
  return { ...option, isSecret: true }
}

export function count(
  fallback: number,
  says: string,
  { min = 1, max = 1_000_000_000, unit = '' } = {},
): Option<number> {
  const kind = `whole number${unit && ` (${unit})`}, ${min} to ${max}`
  return option(kind, String(fallback), fallback, says, (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
    return value >= min && value <= max ? good(value) : bad(`must be a whole number from ${min} to ${max}`)
  })
}

export function port(fallback: number, says: string): Option<number> {
  return { ...count(fallback, says, { min: 0, max: 65_535 }), kind: 'port, 0 to 65535 (0: any free one)' }
}

/** A port, or `off`, which is undefined. */
export function portOrOff(fallback: number, says: string): Option<number | undefined> {
  const { parse } = port(fallback, says)
  return option<number | undefined>('port, or `off`', String(fallback), fallback, says, (text) => {
    if (text === 'off') return good(undefined)
    const parsed = parse(text)
    return parsed.ok ? parsed : bad('must be a port from 0 to 65535, or off')
  })
}

const byteUnits: Record<string, number> = { '': 1, B: 1, KB: 1e3, MB: 1e6, GB: 1e9 }

export function bytes(written: string, says: string, { min = '1 KB', max = '1 GB' } = {}): Option<number> {
  const [fallback, least, most] = [inBytes(written), inBytes(min), inBytes(max)]
  if (fallback === undefined || least === undefined || most === undefined) throw new Error(`no size: ${written}`)
  return option(`size in bytes, KB, MB or GB; ${min} to ${max}`, written, fallback, says, (text) => {
    const value = inBytes(text)
    return value !== undefined && value >= least && value <= most
      ? good(value)
      : bad(`must be a size from ${min} to ${max}, such as ${written}`)
  })
}

function inBytes(text: string): number | undefined {
  const [, digits, unit = ''] = /^(\d+) ?([KMG]?B?)$/i.exec(text) ?? []
  const factor = byteUnits[unit.toUpperCase()]
  return digits && factor ? Number(digits) * factor : undefined
}

export function flag(fallback: boolean, says: string): Option<boolean> {
  return option('`on` or `off`', fallback ? 'on' : 'off', fallback, says, (text) => {
    if (['on', 'true', 'yes', '1'].includes(text.toLowerCase())) return good(true)
    if (['off', 'false', 'no', '0'].includes(text.toLowerCase())) return good(false)
    return bad('must be on or off')
  })
}

export function choice<const T extends string>(values: readonly T[], fallback: T, says: string): Option<T> {
  return option<T>(`one of ${values.join(', ')}`, fallback, fallback, says, (text) => {
    const found = values.find((each) => each === text)
    return found ? good(found) : bad(`must be one of ${values.join(', ')}`)
  })
}

export function host(fallback: string, says: string): Option<string> {
  return option('address or host name', fallback, fallback, says, (text) =>
    isIP(text) || isHostName(text) ? good(text) : bad('must be an IP address or a host name'),
  )
}

export function domain(fallback: string, says: string): Option<string> {
  return option('domain name', fallback, fallback, says, (text) =>
    isHostName(text) ? good(text.toLowerCase()) : bad('must be a domain name such as chat.example.org'),
  )
}

export function text(kind: string, fallback: string, says: string): Option<string> {
  return option(kind, fallback, fallback, says, good)
}

/** Text of a shape that one expression says. */
export function shaped(kind: string, says: string, shape: RegExp, because: string): Option<string> {
  return option(kind, '', '', says, (text) => (shape.test(text) ? good(text) : bad(because)))
}

/** Its password, if any, is percent-encoded. Which protocols may stand before the colon is checked, and that a host is named. */
export function url(protocols: readonly string[], fallback: string, says: string): Option<string> {
  const kind = `URL (${protocols.map((each) => `${each}://`).join(', ')})`
  return option(kind, fallback, fallback, says, (text) => {
    const parsed = URL.canParse(text) ? new URL(text) : undefined
    const isOne = parsed && protocols.includes(parsed.protocol.slice(0, -1))
    return isOne
      ? good(text)
      : bad(`must be a URL that begins with ${protocols.map((each) => `${each}://`).join(' or ')}`)
  })
}

/** The file is read at once, so that a wrong name is told at the start and not at the first use. */
export function fileContent(says: string): Option<string | undefined> {
  return option<string | undefined>('path of a file', undefined, undefined, says, (file) => {
    try {
      return good(readFileSync(file, 'utf8'))
    } catch (error) {
      return bad(`names a file that cannot be read (${error instanceof Error && 'code' in error ? error.code : error})`)
    }
  })
}

export function list(
  kind: string,
  fallback: readonly string[],
  says: string,
  { pattern, because }: { pattern: RegExp; because: string },
): Option<readonly string[]> {
  return option(`${kind}, separated by commas`, fallback.join(',') || undefined, fallback, says, (text) => {
    const items = text.split(',').map((each) => each.trim())
    const wrong = items.find((each) => !pattern.test(each))
    return wrong === undefined ? good(items) : bad(`holds "${wrong}"; ${because}`)
  })
}

function option<T>(
  kind: string,
  written: string | undefined,
  fallback: T,
  says: string,
  parse: (text: string) => Parsed<T>,
): Option<T> {
  return { kind, written, fallback, says, parse, isSecret: false }
}

function good<T>(value: T): Parsed<T> {
  return { ok: true, value }
}

function bad(because: string): { ok: false; because: string } {
  return { ok: false, because }
}

function isHostName(text: string): boolean {
  return text.length <= 253 && /^(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*$/i.test(text)
}
