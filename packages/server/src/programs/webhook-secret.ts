import { hkdfSync } from 'node:crypto'

/**
 * The secret by which a program knows that a webhook is ours, as the Standard Webhooks specification writes it. Derived from the
 * installation's own, which lies outside the database: nobody who reads rows can sign. A new number is a new secret.
 */
export function webhookSecrets(installation: Buffer): (program: string, number: number) => string {
  return (program, number) => {
    const key = hkdfSync('sha256', installation, '', `parley webhook ${program} ${number}`, 32)
    return `whsec_${Buffer.from(key).toString('base64')}`
  }
}
