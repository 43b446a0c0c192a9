import { readFileSync } from 'node:fs'
import process from 'node:process'
import { eraseAtInstallation } from './erase-at-installation.ts'

// Erases what the file named says, and is killed at the point named: nothing is closed and nothing rolled back by itself.
const { connectionString, keys, secret, what, dieAt } = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'))
const key = Buffer.from(secret, 'hex')
await eraseAtInstallation(
  {
    connection: { connectionString },
    secret: key,
    keyStore: { folder: keys, secrets: [key] },
    point: (name) => void (name === dieAt && process.kill(process.pid, 'SIGKILL')),
  },
  what,
)
