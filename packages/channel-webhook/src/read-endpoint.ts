/** An address of medium `api`: the URL that is called, and behind its `#`, which is never sent, whose it is and what signs. */
export interface Endpoint {
  readonly url: string
  /** An id; with the number of its secret it is by what the program is known as a sender: `key`. */
  readonly program: string
  readonly secretNumber: number
  readonly key: string
  /** Until then the secret before signs too. */
  readonly oldSecretUntil: Date | null
  /** For whom the program is there, by its own name for them. */
  readonly outside: string | null
}

/** Null for what is no such address. */
export function readEndpoint(address: string): Endpoint | null {
  const hash = address.indexOf('#')
  if (hash === -1) return null
  const url = address.slice(0, hash)
  const facts = new URLSearchParams(address.slice(hash + 1))
  const program = facts.get('program') ?? ''
  const secretNumber = Number(facts.get('secret'))
  const until = Number(facts.get('until') ?? Number.NaN)
  if (!URL.canParse(url) || !isProgram(program) || !isNumber(secretNumber)) return null
  return {
    ...{ url, program, secretNumber },
    key: `${program}.${secretNumber}`,
    oldSecretUntil: Number.isFinite(until) ? new Date(until * 1000) : null,
    outside: facts.get('for'),
  }
}

/** Who says by a request's path to be its sender: `/<program>.<number of the secret>`. Null for nobody. */
export function readSender(path: string): { program: string; secretNumber: number; key: string } | null {
  const [, program = '', number = ''] = /^\/([0-9a-f-]{36})\.(\d{1,6})$/.exec(path) ?? []
  const secretNumber = Number(number)
  return isProgram(program) && isNumber(secretNumber)
    ? { program, secretNumber, key: `${program}.${secretNumber}` }
    : null
}

const isProgram = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
const isNumber = (number: number) => Number.isInteger(number) && number >= 1 && number <= 999_999
