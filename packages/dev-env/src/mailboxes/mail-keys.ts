import { createHash, createPublicKey, generateKeyPair, randomBytes, timingSafeEqual } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { promisify } from 'node:util'
import DKIM from 'nodemailer/lib/dkim'
import { writeDurably } from './write-durably.ts'

/** The secrets of the demo's mail domains: made at the first start, kept in the folder, never built in. */
export type MailKeys = {
  /** Adds a DKIM signature of the domain. */
  sign(domain: string, raw: Uint8Array): Promise<Buffer>
  /** TXT records that a resolver has to answer with, by name. */
  records: Record<string, string[]>
  passwordOf(address: string): string
  isPassword(address: string, password: string): boolean
}

const SELECTOR = 'pocket'

export async function openMailKeys(folder: string, addresses: readonly string[]): Promise<MailKeys> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const passwords = new Map<string, string>()
  for (const address of addresses) {
    passwords.set(address, await keptOrMade(join(folder, `${address}.password`), async () => easyPassword()))
  }
  const keys = new Map<string, string>()
  const records: Record<string, string[]> = {}
  for (const domain of new Set(addresses.map(domainOf))) {
    const pem = await keptOrMade(join(folder, `${domain}.pem`), newKey)
    keys.set(domain, pem)
    const der = createPublicKey(pem).export({ type: 'spki', format: 'der' }).toString('base64')
    records[`${SELECTOR}._domainkey.${domain}`] = [`v=DKIM1; k=rsa; p=${der}`]
    records[`_dmarc.${domain}`] = ['v=DMARC1; p=reject; adkim=s; aspf=s']
    // Everything on this machine comes from the same address, so SPF can prove nothing: only the signature does.
    records[domain] = ['v=spf1 ?all']
  }
  const passwordOf = (address: string) => {
    const password = passwords.get(address)
    if (password === undefined) throw new Error('there is no mailbox of that address')
    return password
  }
  return {
    async sign(domain, raw) {
      const privateKey = keys.get(domain)
      if (!privateKey) throw new Error(`no key for ${domain}`)
      const signer = new DKIM({ domainName: domain, keySelector: SELECTOR, privateKey })
      return buffer(signer.sign(Buffer.from(raw)))
    },
    records,
    passwordOf,
    isPassword: (address, password) =>
      passwords.has(address) && timingSafeEqual(digest(passwordOf(address)), digest(password)),
  }
}

export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase()
}

async function keptOrMade(path: string, make: () => Promise<string>): Promise<string> {
  try {
    const kept = (await readFile(path, 'utf8')).trim()
    if (kept) return kept
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
  }
  const made = await make()
  await writeDurably(path, Buffer.from(`${made}\n`))
  return made
}

async function newKey(): Promise<string> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  return privateKey
}

// Sixty bits without letters that are mistaken for one another: it is typed into a mail program by hand.
function easyPassword(): string {
  const letters = 'abcdefghijkmnpqrstuvwxyz23456789'
  const text = [...randomBytes(12)].map((byte) => letters[byte % letters.length]).join('')
  return `${text.slice(0, 4)}-${text.slice(4, 8)}-${text.slice(8)}`
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
