import { spawnSync } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'

const neededMajor = 24

/**
 * The Node that runs Parley: the one running this, if it is new enough, else the pinned one that npm brought along.
 * @param {string} root the folder of the clone
 * @param {string} own the version running this
 * @returns {{ok: true, path: string} | {ok: false, text: string}}
 */
export function findNode(root, own = process.versions.node) {
  if (Number(own.split('.')[0]) >= neededMajor) return { ok: true, path: process.execPath }
  const platform = process.platform === 'win32' ? 'win' : process.platform
  const folder = path.join(root, 'node_modules', `node-${platform}-${process.arch}`)
  const pinned = path.join(folder, 'bin', platform === 'win' ? 'node.exe' : 'node')
  const wanted = `Parley needs Node ${neededMajor} or newer; this is Node ${own}`
  const advice = `Install Node ${neededMajor} (https://nodejs.org/en/download) and run the command again.`
  if (!existsSync(pinned)) {
    return { ok: false, text: `${wanted}, and none came along for ${process.platform} ${process.arch}.\n${advice}` }
  }
  // The pinned Node is built for glibc: on musl it is there and cannot start.
  const probe = spawnSync(pinned, ['--version'], { encoding: 'utf8' })
  if (probe.status !== 0) {
    const because = probe.error?.message ?? probe.stderr.trim().split('\n')[0]
    return { ok: false, text: `${wanted}, and the one that came along does not start here (${because}).\n${advice}` }
  }
  return { ok: true, path: realpathSync(pinned) }
}
