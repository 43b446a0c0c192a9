import { readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import path from 'node:path'

/** What a running PostgreSQL writes about itself into its data directory (postmaster.pid, storage/pidfile.h). */
export type PostmasterFile = { pid: number; port: number; socketFolder: string; isReady: boolean }

const fileName = 'postmaster.pid'

export function readPostmasterFile(pgdata: string): PostmasterFile | undefined {
  let text: string
  try {
    text = readFileSync(path.join(pgdata, fileName), 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
  const [pid, , , port, socketFolder, , , status] = text.split('\n').map((line) => line.trim())
  return { pid: Number(pid), port: Number(port), socketFolder: socketFolder ?? '', isReady: status === 'ready' }
}

/** Only for a file whose process is gone for certain: PostgreSQL would take a stranger with that number for its own. */
export function removePostmasterFile(pgdata: string): void {
  rmSync(path.join(pgdata, fileName), { force: true })
}

/**
 * The processes of a PostgreSQL on this data directory, postmaster and children alike: each of them works inside it.
 * A number alone proves nothing, for numbers are used again.
 */
export function processesIn(pgdata: string, named: PostmasterFile | undefined): number[] {
  if (process.platform === 'linux') {
    return readdirSync('/proc')
      .filter((each) => /^\d+$/.test(each))
      .filter((pid) => worksIn(pid, pgdata))
      .map(Number)
  }
  // Elsewhere the file is all there is: PostgreSQL judges its number itself when it starts.
  return named && isAlive(named.pid) ? [named.pid] : []
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EPERM') return true
    return false
  }
  // A dead process that nobody has asked after (no init in a container) still takes signals.
  return process.platform !== 'linux' || stateOf(pid) !== 'Z'
}

function worksIn(pid: string, folder: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === folder
  } catch {
    return false
  }
}

function stateOf(pid: number): string | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return text.slice(text.lastIndexOf(')') + 2, text.lastIndexOf(')') + 3)
  } catch {
    return undefined
  }
}
