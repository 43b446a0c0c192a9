import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import type { Binaries } from './binaries.ts'
import { childEnvironment } from './make-cluster.ts'
import { processesIn, readPostmasterFile, removePostmasterFile } from './postmaster-file.ts'
import type { ServerUser } from './server-user.ts'
import { role, serverSettings, writeAccessRules } from './settings.ts'
import { socketPort } from './socket-folder.ts'
import { isGone, stopPostmaster } from './stop-postmaster.ts'

export type Postmaster = { pid: number; socketFolder: string; version: string; isAdopted: boolean }

const startPatienceMs = 120_000
const logLimitBytes = 10_000_000

/**
 * A postmaster outlives a parent that was killed. If one on this data directory still answers and is of these binaries,
 * it is ours again; one that does not answer, or is of others, is stopped. Afterwards none runs that is not returned.
 */
export async function adoptOrStopOrphan(pgdata: string, binaries: Binaries): Promise<Postmaster | undefined> {
  const file = readPostmasterFile(pgdata)
  const processes = processesIn(pgdata, file)
  if (file && processes.includes(file.pid)) {
    const version = await askVersion(pgdata, file.socketFolder)
    if (version === binaries.version) {
      return { pid: file.pid, socketFolder: file.socketFolder, version, isAdopted: true }
    }
    await stopPostmaster(file.pid)
  }
  // Without their postmaster its children end by themselves, and nothing may start before they have.
  for (const pid of processes) if (!(await isGone(pid, 10_000))) await stopPostmaster(pid)
  if (process.platform === 'linux') removePostmasterFile(pgdata)
  return undefined
}

export async function startPostmaster({
  pgdata,
  socketFolder,
  logFile,
  binaries,
  user,
  isDurable,
}: {
  pgdata: string
  socketFolder: string
  logFile: string
  binaries: Binaries
  user: ServerUser
  isDurable: boolean
}): Promise<{ ok: true; postmaster: Postmaster } | { ok: false; output: string }> {
  writeAccessRules(pgdata, user)
  if ((statSync(logFile, { throwIfNoEntry: false })?.size ?? 0) > logLimitBytes) renameSync(logFile, `${logFile}.1`)
  const logStart = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0
  const log = openSync(logFile, 'a', 0o600)
  const child = spawn(
    path.join(binaries.bin, 'postgres'),
    ['-D', pgdata, '-p', String(socketPort), ...serverSettings({ socketFolder, isDurable })],
    // Detached: Ctrl-C at the terminal is for Parley, which stops its database when it has finished with it.
    { cwd: pgdata, env: childEnvironment, stdio: ['ignore', log, log], detached: true, ...user.ids },
  )
  closeSync(log)
  child.unref()
  const ended = endOf(child)

  for (let waitedMs = 0; waitedMs < startPatienceMs; waitedMs += 20) {
    const version = existsSync(path.join(socketFolder, `.s.PGSQL.${socketPort}`))
      ? await askVersion(pgdata, socketFolder)
      : undefined
    if (version && child.pid !== undefined) {
      return { ok: true, postmaster: { pid: child.pid, socketFolder, version, isAdopted: false } }
    }
    const end = await Promise.race([ended, sleep(20)])
    if (end !== undefined) return { ok: false, output: lastWords(logFile, logStart) || end }
  }
  if (child.pid !== undefined) await stopPostmaster(child.pid)
  return { ok: false, output: `${lastWords(logFile, logStart)}\nnot ready after ${startPatienceMs / 1000} s` }
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('exit', (code, signal) => resolve(`ended with ${signal ?? `code ${code}`}`))
  })
}

/** The version of the server behind this socket, if it answers and serves this very data directory. */
async function askVersion(pgdata: string, socketFolder: string): Promise<string | undefined> {
  const client = new Client({
    host: socketFolder,
    port: socketPort,
    user: role,
    database: 'postgres',
    connectionTimeoutMillis: 10_000,
    query_timeout: 10_000,
  })
  // An answer that breaks off is "no answer", told by the rejected promise below.
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ folder: string; version: string }>(
      `select current_setting('data_directory') as folder, current_setting('server_version') as version`,
    )
    return rows[0]?.folder === pgdata ? rows[0].version.split(' ')[0] : undefined
  } catch {
    return undefined
  } finally {
    await client.end().catch(() => {})
  }
}

function lastWords(logFile: string, from: number): string {
  return readFileSync(logFile).subarray(from).toString().trim().split('\n').slice(-8).join('\n')
}
