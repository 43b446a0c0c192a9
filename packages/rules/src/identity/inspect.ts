import { decodedPieces, type Output, textLines, writeText } from '../text-lines.ts'
import { type FoundIdentity, findIdentities } from './find-identities.ts'

/** What screening finds in a text, as the `inspect identity` command prints it. */
export type IdentityInspection = { readonly identities: readonly FoundIdentity[] }

export function inspectIdentity(
  text: string,
  options: { readonly countries: readonly string[]; readonly strict: boolean } = { countries: USUAL, strict: false },
): IdentityInspection {
  return { identities: findIdentities(text, options) }
}

/**
 * `parley inspect identity [--lines] [--strict] [--countries=DE,US]`: reads a text and prints one JSON. With `--lines` each line is a
 * text, or a JSON string where it is quoted, and gives a line of JSON. Resolves to the exit code.
 */
export async function runInspectIdentity(command: {
  readonly args: readonly string[]
  readonly stdin: AsyncIterable<string | Uint8Array>
  readonly stdout: Output
}): Promise<number> {
  const parsed = parseArgs(command.args)
  if ('problem' in parsed) {
    await writeText(command.stdout, `${parsed.problem}\n${USAGE}\n`)
    return 2
  }
  if (!parsed.lines) {
    let text = ''
    for await (const piece of decodedPieces(command.stdin)) text += piece
    await writeText(command.stdout, `${JSON.stringify(inspectIdentity(text, parsed), null, 2)}\n`)
    return 0
  }
  for await (const line of textLines(command.stdin)) {
    await writeText(command.stdout, `${JSON.stringify(inspectIdentity(lineText(line), parsed))}\n`)
  }
  return 0
}

const USAGE = 'usage: parley inspect identity [--lines] [--strict] [--countries=DE,US,…] < text'

// Where most national numbers that people write come from; an operator names their own.
const USUAL = [
  'US',
  'GB',
  'DE',
  'FR',
  'ES',
  'IT',
  'PT',
  'NL',
  'PL',
  'BR',
  'MX',
  'IN',
  'AU',
  'CA',
  'CH',
  'AT',
  'BE',
  'TR',
  'UA',
  'RU',
  'CN',
  'JP',
]

type Parsed = { readonly lines: boolean; readonly strict: boolean; readonly countries: readonly string[] }

function parseArgs(args: readonly string[]): Parsed | { readonly problem: string } {
  let parsed: Parsed = { lines: false, strict: false, countries: USUAL }
  for (const arg of args) {
    const countries = /^--countries=([A-Za-z]{2}(?:,[A-Za-z]{2})*)$/.exec(arg)?.[1]
    if (arg === '--lines') parsed = { ...parsed, lines: true }
    else if (arg === '--strict') parsed = { ...parsed, strict: true }
    else if (countries) parsed = { ...parsed, countries: countries.toUpperCase().split(',') }
    else return { problem: `what is "${arg}"?` }
  }
  return parsed
}

/** A line that is a JSON string is that string, so that a text may hold line breaks; any other line is itself. */
function lineText(line: string): string {
  if (!/^\s*".*"\s*$/.test(line)) return line
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'string' ? value : line
  } catch (error) {
    if (error instanceof SyntaxError) return line
    throw error
  }
}
