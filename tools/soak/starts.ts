import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { asOwner } from '@parley/dev-env/postgres'
import { root } from '../source-files.ts'

// 100 starts and stops of the embedded PostgreSQL in a row on one data folder. Half of them end by SIGKILL while rows
// are being written; every fourth of those kills the database as well. Each must come up, with every acknowledged row.

const rounds = 100
const fixture = path.join(root, 'packages/server/src/db/embedded/start-and-hold.fixture.ts')
const dataFolder = mkdtempSync(path.join(tmpdir(), 'parley-soak-'))
chmodSync(dataFolder, 0o711)

type Said = { ok: boolean; pid: number; adopted: boolean; connectionString: string }
const startedMs: number[] = []
let acknowledged = 0
let adopted = 0
let killed = 0

for (let round = 1; round <= rounds; round += 1) {
  const startedAt = performance.now()
  const parley = spawn(process.execPath, [fixture, dataFolder], { stdio: ['ignore', 'pipe', 'inherit'] })
  const said = await firstWords(parley)
  if (!said.ok) fail(round, JSON.stringify(said))
  if (round > 1) startedMs.push(performance.now() - startedAt)
  if (said.adopted) adopted += 1

  await asOwner(said.connectionString, async (client) => {
    await client.query('create table if not exists said (number int primary key)')
    const { rows } = await client.query<{ count: number }>('select count(*)::int as count from said')
    if (rows[0]?.count !== acknowledged) fail(round, `${rows[0]?.count} rows, ${acknowledged} were acknowledged`)
    for (let each = 0; each < 50; each += 1) {
      await client.query('insert into said values ($1)', [acknowledged])
      acknowledged += 1
    }
  })

  const ended = once(parley, 'exit')
  if (round % 2 === 0) {
    killed += 1
    if (round % 8 === 0) process.kill(said.pid, 'SIGKILL')
    parley.kill('SIGKILL')
  } else parley.kill('SIGTERM')
  await ended
}

const last = spawn(process.execPath, [fixture, dataFolder], { stdio: ['ignore', 'pipe', 'inherit'] })
await firstWords(last)
last.kill('SIGTERM')
await once(last, 'exit')
rmSync(dataFolder, { recursive: true })
startedMs.sort((a, b) => a - b)
const at = (share: number) => `${Math.round(startedMs[Math.floor(share * (startedMs.length - 1))] ?? 0)} ms`
console.log(
  `${rounds} starts, ${killed} after a SIGKILL, ${adopted} took the database over; ${acknowledged} rows, none lost`,
)
console.log(`warm start, the process included: median ${at(0.5)}, 99th percentile ${at(0.99)}, longest ${at(1)}`)

async function firstWords(child: ChildProcess): Promise<Said> {
  let text = ''
  for await (const part of child.stdout ?? []) {
    text += part
    if (text.includes('\n')) break
  }
  const said: Said = JSON.parse(text || '{"ok":false}')
  return said
}

function fail(round: number, because: string): never {
  console.error(`start ${round} failed: ${because}\nits data folder stays: ${dataFolder}`)
  process.exit(1)
}
