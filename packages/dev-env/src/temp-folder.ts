import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type TempFolder = { path: string; remove(): Promise<void>; [Symbol.asyncDispose](): Promise<void> }

/**
 * A new folder which the daemons' own users may enter (PostgreSQL, Postfix and Dovecot give up root),
 * with a name short enough for the sockets inside it (107 bytes).
 */
export async function tempFolder(name: string): Promise<TempFolder> {
  const path = await mkdtemp(join(tmpdir(), `parley-${name}-`))
  await chmod(path, 0o755)
  const remove = () => rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 })
  return { path, remove, [Symbol.asyncDispose]: remove }
}
