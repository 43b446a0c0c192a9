import { readdirSync, readFileSync } from 'node:fs'

// What Linux calls USER_HZ, the unit of these fields in /proc, is 100 on every machine that Node runs on.
const msPerTick = 10

/** Milliseconds of processor time that a process has used so far, with the children that it has now. Nought where there is no /proc. */
export function processorMs(pid: number): number {
  let total = 0
  for (const entry of processes()) if (entry.pid === pid || entry.parent === pid) total += entry.ms
  return total
}

function processes(): { pid: number; parent: number; ms: number }[] {
  try {
    return readdirSync('/proc').flatMap((name) => {
      const pid = Number(name)
      return Number.isInteger(pid) ? (statOf(pid) ?? []) : []
    })
  } catch {
    return []
  }
}

function statOf(pid: number): { pid: number; parent: number; ms: number } | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // The name in brackets may hold anything, brackets too (proc(5)).
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return { pid, parent: Number(fields[1]), ms: (Number(fields[11]) + Number(fields[12])) * msPerTick }
  } catch {
    return null
  }
}
