import { readdirSync, readFileSync } from 'node:fs'

// What Linux calls USER_HZ, the unit of these fields in /proc, is 100 on every machine that Node runs on.
const msPerTick = 10

/** Milliseconds of processor time that a process has used so far, with its children: those that it has, and those that have ended. Nought where there is no /proc. */
export function processorMs(pid: number): number {
  let total = 0
  for (const entry of processes()) {
    if (entry.pid === pid) total += entry.ms + entry.endedChildrenMs
    else if (entry.parent === pid) total += entry.ms
  }
  return total
}

interface Entry {
  pid: number
  parent: number
  ms: number
  endedChildrenMs: number
}

function processes(): Entry[] {
  try {
    return readdirSync('/proc').flatMap((name) => {
      const pid = Number(name)
      return Number.isInteger(pid) ? (statOf(pid) ?? []) : []
    })
  } catch {
    return []
  }
}

function statOf(pid: number): Entry | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // The name in brackets may hold anything, brackets too (proc(5)).
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const ticks = (first: number) => Number(fields[first]) + Number(fields[first + 1])
    return { pid, parent: Number(fields[1]), ms: ticks(11) * msPerTick, endedChildrenMs: ticks(13) * msPerTick }
  } catch {
    return null
  }
}
