import { closeSync, fchownSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import path from 'node:path'
import { type ServerUser, userName } from './server-user.ts'

/** The name Parley has inside its own database. */
export const role = 'parley'

/** Fits one company on a small machine; whoever outgrows it sets DATABASE_URL. */
export function serverSettings({ socketFolder, isDurable }: { socketFolder: string; isDurable: boolean }): string[] {
  const settings: Record<string, string> = {
    listen_addresses: '',
    unix_socket_directories: socketFolder,
    unix_socket_permissions: '0700',
    max_connections: '100',
    shared_buffers: '64MB',
    work_mem: '8MB',
    maintenance_work_mem: '64MB',
    effective_cache_size: '512MB',
    max_wal_size: '512MB',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_line_prefix: '%m [%p] ',
    // The log names what failed and never with which values: statements and details hold people's words and addresses.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_parameter_max_length_on_error: '0',
    ...(isDurable
      ? { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' }
      : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', autovacuum: 'off' }),
  }
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

/** Nobody but the people who may run Parley gets in: the kernel says who is at the other end (peer); no password to lose. */
export function writeAccessRules(pgdata: string, user: ServerUser): void {
  const names = new Set([user.name, userName(process.getuid?.() ?? -1)])
  write(pgdata, 'pg_hba.conf', `local all ${role} peer map=${role}\n`, user)
  write(pgdata, 'pg_ident.conf', [...names].map((name) => `${role} "${name}" ${role}\n`).join(''), user)
}

// Written aside as a new file and renamed: the folder belongs to another user, whose symbolic links root must not follow.
function write(pgdata: string, name: string, text: string, { ids }: ServerUser): void {
  const target = path.join(pgdata, name)
  const aside = `${target}.new`
  rmSync(aside, { force: true })
  const file = openSync(aside, 'wx', 0o600)
  try {
    writeSync(file, text)
    if (ids) fchownSync(file, ids.uid, ids.gid)
  } finally {
    closeSync(file)
  }
  renameSync(aside, target)
}
