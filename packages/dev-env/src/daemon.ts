import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { guardGroup } from './orphan-guard.ts'

export type Daemon = {
  pid: number
  isRunning(): boolean
  /** What it wrote to standard output and error, at most the last 64 kB. */
  output(): string
  /** Asks it to end, waits, and ends the whole process group if it does not. */
  stop(options?: { graceMs?: number }): Promise<void>
  /** SIGKILL to the whole group: as if the machine had dropped it. */
  kill(): Promise<void>
  signal(name: NodeJS.Signals): void
}

export type DaemonOptions = {
  name: string
  command: string
  args: readonly string[]
  /** Removed as well if this process is killed. Must be a `parley-*` folder. */
  folder?: string
  env?: Record<string, string>
  cwd?: string
}

/** Starts a foreground daemon as leader of a process group of its own, which does not outlive this process. */
export function startDaemon({ name, command, args, folder, env, cwd }: DaemonOptions): Daemon {
  const child = spawn(command, args, {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: SYSTEM_PATH, LANG: 'C.UTF-8', ...env },
    ...(cwd ? { cwd } : {}),
  })
  let output = ''
  const keep = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-65_536)
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  child.on('error', (error) => keep(Buffer.from(`${error.message}\n`)))
  const pid = child.pid
  if (pid === undefined) throw new Error(`${name} did not start: ${command} cannot be run`)
  const guarded = guardGroup(pid, folder)
  child.once('exit', () => guarded.release())

  return {
    pid,
    isRunning: () => isRunning(child),
    output: () => output,
    async stop({ graceMs = 5000 } = {}) {
      if (isRunning(child)) {
        const exited = once(child, 'exit')
        child.kill('SIGTERM')
        await Promise.race([exited, sleep(graceMs, undefined, { ref: false })])
      }
      await endGroup(child, pid)
    },
    kill: () => endGroup(child, pid),
    signal: (signal) => {
      child.kill(signal)
    },
  }
}

/** Waits until something accepts connections on the port, or says why the daemon is not going to. */
export async function untilListening(
  daemon: Daemon,
  { name, host = '127.0.0.1', port, log = daemon.output, timeoutMs = 15_000 }: ListeningOptions,
): Promise<void> {
  const end = performance.now() + timeoutMs
  while (!(await accepts(host, port))) {
    if (!daemon.isRunning())
      throw new Error(`${name} ended while starting: ${log() || daemon.output() || 'it said nothing'}`)
    if (performance.now() > end) {
      throw new Error(
        `waited ${timeoutMs} ms for ${name} on ${host}:${port}; it said: ${log() || daemon.output() || 'nothing'}`,
      )
    }
    await sleep(15)
  }
}

type ListeningOptions = { name: string; host?: string; port: number; log?: () => string; timeoutMs?: number }

// Debian keeps daemons where a user's PATH may not look.
export const SYSTEM_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null
}

async function endGroup(child: ChildProcess, pid: number): Promise<void> {
  const exited = isRunning(child) ? once(child, 'exit') : undefined
  for (let attempt = 0; attempt < 400; attempt++) {
    try {
      process.kill(-pid, 'SIGKILL')
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ESRCH') break
      throw error
    }
    if (!hasLivingMember(pid)) break
    await sleep(5)
  }
  await exited
}

// A group counts as there until init has reaped its orphans, which may take seconds: a zombie holds nothing any more.
function hasLivingMember(group: number): boolean {
  return readdirSync('/proc').some((name) => {
    if (!/^\d+$/.test(name)) return false
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      const [state, , pgrp] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      return Number(pgrp) === group && state !== 'Z' && state !== 'X'
    } catch {
      return false
    }
  })
}

function accepts(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port })
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
