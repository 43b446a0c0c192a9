import process from 'node:process'
import { startMailboxes } from './index.ts'

// A process of its own for the crash test: says where it listens and stays until it is killed.
const [folder = ''] = process.argv.slice(2)
const mailboxes = await startMailboxes({
  folder,
  people: [{ name: 'Bo Lindqvist', address: 'bo@pocket.example' }],
  parleySmtp: null,
})
console.log(JSON.stringify({ smtp: mailboxes.smtp, password: mailboxes.passwordOf('bo@pocket.example') }))
