import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { readConfig } from '@parley/server/config'
import { defaultDataFolder, describePostgres } from '@parley/server/db/embedded'
import { missingPeers } from './install-peers.ts'
import { root } from './source-files.ts'

// What this machine has and lacks for Parley. Changes nothing; ends with 1 when Parley could not start.

let isWell = true
const say = (good: boolean, what: string) => {
  isWell &&= good
  console.log(`${good ? 'ok  ' : 'FAIL'}  ${what}`)
}

say(Number(process.versions.node.split('.')[0]) >= 24, `Node ${process.versions.node} (${process.execPath})`)
const read = readConfig(process.env)
if (read.ok) {
  say(true, 'configuration')
  const { data, web, mail } = read.config
  if (data.databaseUrl) console.log('      DATABASE_URL is set: the embedded PostgreSQL is not used')
  else {
    const dataFolder = path.resolve(data.folder ?? defaultDataFolder(root))
    const found = describePostgres({ dataFolder, named: data.postgresBin, wanted: data.postgresUser })
    say(found.ok, found.text)
    console.log(`      data folder ${dataFolder}${existsSync(dataFolder) ? '' : ' (made at the first start)'}`)
  }
  await port(web.host, web.port, 'PARLEY_PORT')
  if (mail.smtpIn.port !== undefined) await port(mail.smtpIn.host, mail.smtpIn.port, 'PARLEY_SMTP_IN_PORT')
} else for (const problem of read.problems) say(false, problem)

const missing = missingPeers()
console.log(missing.length === 0 ? 'ok    programs for the tests' : 'note  some tests would be skipped:')
for (const each of missing) console.log(`      ${each}`)
process.exitCode = isWell ? 0 : 1

async function port(host: string, number: number, name: string): Promise<void> {
  const server = createServer()
  const taken = await new Promise<string | undefined>((resolve) => {
    server.once('error', (error) => resolve('code' in error ? String(error.code) : error.message))
    server.listen({ host, port: number, exclusive: true }, () => resolve(undefined))
  })
  server.close()
  const why = taken === 'EADDRINUSE' ? 'in use by another program, or by a Parley that runs' : taken
  say(!taken, `port ${number} on ${host}${why ? `: ${why}; choose another with ${name}` : ' is free'}`)
}
