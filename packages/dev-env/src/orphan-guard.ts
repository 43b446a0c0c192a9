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
for one in $kept; do kill -TERM -"\${one%%=*}" 2>/dev/null; done
sleep 1
for one in $kept; do kill -KILL -"\${one%%=*}" 2>/dev/null; done
sleep 0.2
for one in $kept; do case "\${one#*=}" in /*/parley-*) rm -rf "\${one#*=}";; esac; done
`
