import { advisoryLeases } from './advisory-lease.ts'

/** Another process, that holds a lease until it is killed. */
const [connectionString = ''] = process.argv.slice(2)
await advisoryLeases({ connectionString }, 'messenger')('component', new AbortController().signal)
process.send?.('held')
