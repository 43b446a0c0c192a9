import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { freePort } from '@parley/dev-env'
import { median } from './figures.ts'

export interface RestFigures {
  /** Seconds from `npm start` on a data folder that is there to the first page answered. */
  readonly firstPage: number
  /** Resident bytes of every process of ours at rest: the launcher and the server. */
  readonly launcher: number
  readonly server: number
}

const starts = 3
const restMs = 8_000

/** `npm start` as it is, without the demo: what it takes until somebody can use it, and what it holds when nobody does. */
export async function measureRest(): Promise<RestFigures> {
  const folder = mkdtempSync(path.join(tmpdir(), 'parley-bench-'))
  chmodSync(folder, 0o711)
  try {
    await start(folder, 0)
    const runs: Run[] = []
    for (let n = 0; n < starts; n++) runs.push(await start(folder, restMs))
    return {
      firstPage: median(runs.map((run) => run.firstPage)),
      launcher: median(runs.map((run) => run.launcher)),
      server: median(runs.map((run) => run.server)),
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

type Run = RestFigures

async function start(folder: string, rest: number): Promise<Run> {
  const port = await freePort()
  const root = path.join(import.meta.dirname, '..')
  const began = performance.now()
  const child = spawn(process.execPath, [path.join(root, 'bin/parley.mjs'), 'start'], {
    env: { ...process.env, PARLEY_DATA: folder, PARLEY_PORT: String(port), PARLEY_DEMO: 'off' },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  try {
    while (!(await answers(`http://127.0.0.1:${port}/desk/`))) {
      if (child.exitCode !== null) throw new Error(`npm start ended with ${child.exitCode}`)
      if (performance.now() - began > 60_000) throw new Error('npm start did not come up within a minute')
      await sleep(10)
    }
    const firstPage = (performance.now() - began) / 1_000
    await sleep(rest)
    const pid = child.pid ?? 0
    return {
      firstPage,
      launcher: residentBytes(pid),
      server: childrenOf(pid).reduce((sum, each) => sum + residentBytes(each), 0),
    }
  } finally {
    child.kill('SIGTERM')
    await ended
  }
}

async function answers(url: string): Promise<boolean> {
  const response = await fetch(url).catch(() => null)
  await response?.body?.cancel()
  return response?.status === 200
}

function residentBytes(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]
  return Number(kilobytes) * 1_024
}

function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((each) => {
      if (!Number.isInteger(each)) return false
      try {
        return new RegExp(`^PPid:\\s+${pid}$`, 'm').test(readFileSync(`/proc/${each}/status`, 'latin1'))
      } catch {
        return false
      }
    })
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
