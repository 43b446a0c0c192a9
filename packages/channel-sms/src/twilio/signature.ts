import { createHmac } from 'node:crypto'
import { isSameSecret } from '../gateway/same-secret.ts'

/** X-Twilio-Signature: HMAC-SHA1 over the address as it was called and the parameters of the form, sorted by name, without anything between. */
export function signatureOf(url: string, parameters: Readonly<Record<string, string>>, token: string): string {
  const names = Object.keys(parameters).sort()
  const signed = url + names.map((name) => `${name}${parameters[name]}`).join('')
  return createHmac('sha1', token).update(Buffer.from(signed, 'utf8')).digest('base64')
}

export function isSigned(
  given: string | undefined,
  url: string,
  parameters: Readonly<Record<string, string>>,
  token: string,
): boolean {
  return given !== undefined && isSameSecret(given, signatureOf(url, parameters, token))
}
