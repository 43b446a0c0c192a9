import { readFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import process from 'node:process'
import type { BenchDatabase } from './database.ts'

/** Without this line no figure means anything. */
export function describeMachine(database: BenchDatabase): string {
  const cpus = os.cpus()
  const memory = `${Math.round(os.totalmem() / 2 ** 30)} GB`
  const versionOf = (name: string) =>
    (
      JSON.parse(readFileSync(path.join(import.meta.dirname, '../node_modules', name, 'package.json'), 'utf8')) as {
        version: string
      }
    ).version
  const load = os.loadavg().map((each) => each.toFixed(1))
  return [
    `Measured ${new Date().toISOString().slice(0, 10)} on ${cpus.length} × ${cpus[0]?.model.trim() ?? 'unknown'}, ${memory}, ${os.type()} ${os.release()};`,
    `Node ${process.versions.node}, PostgreSQL ${database.version} (fsync ${database.fsync}), ws ${versionOf('ws')}, pg ${versionOf('pg')}.`,
    `Client, server and database share these cores; load average at the end (1, 5, 15 minutes): ${load.join(', ')}.`,
  ].join(' ')
}
