import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'

/**
 * Ends daemons whose test process was killed. One small shell per process reads from a pipe which groups to watch;
 * when this process dies, by whatever cause, the kernel closes the pipe and the shell ends the groups and removes
 * their folders. Nothing needs to run in the dying process.
 */
export function guardGroup(pid: number, folder?: string): { release(): void } {
  const shell = theGuard()
  shell.stdin.write(`keep ${pid} ${folder ?? '-'}\n`)
  return { release: () => shell.stdin.write(`drop ${pid} -\n`) }
}

/** Removes the folder if this process is killed before it could. */
export function guardFolder(folder: string): { release(): void } {
  const shell = theGuard()
  const name = `folder:${++folders}`
  shell.stdin.write(`keep ${name} ${folder}\n`)
  return { release: () => shell.stdin.write(`drop ${name} -\n`) }
}

let folders = 0
let guard: ChildProcessWithoutNullStreams | undefined

function theGuard(): ChildProcessWithoutNullStreams {
  if (guard && guard.exitCode === null && guard.signalCode === null) return guard
  guard = spawn('/bin/sh', ['-c', SCRIPT], { detached: true, stdio: 'pipe', cwd: '/' })
  guard.unref()
  for (const stream of [guard.stdin, guard.stdout, guard.stderr]) {
    if ('unref' in stream && typeof stream.unref === 'function') stream.unref()
  }
  guard.stdin.on('error', () => {})
  return guard
}

// Pids and folders come from us only (numbers, mkdtemp names): none holds a blank.
const SCRIPT = `
trap '' HUP INT TERM
kept=''
while read -r verb pid folder; do
  if [ "$verb" = keep ]; then kept="$kept $pid=$folder"; continue; fi
  left=''
  for one in $kept; do [ "\${one%%=*}" = "$pid" ] || left="$left $one"; done
  kept="$left"
done
[ -n "$kept" ] || exit 0
end() {
  for one in $kept; do
    pid="\${one%%=*}"
    case "$pid" in folder:*) continue;; esac
    kill -"$1" -"$pid" 2>/dev/null || kill -"$1" "$pid" 2>/dev/null
  done
}
end TERM
sleep 1
end KILL
sleep 0.2
for one in $kept; do case "\${one#*=}" in /*/parley-*) rm -rf "\${one#*=}";; esac; done
`
