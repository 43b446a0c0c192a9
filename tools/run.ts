import { spawn } from 'node:child_process'

/** Runs a program with our terminal, in a group of its own, and ends the whole group when time is up. Returns its exit code. */
export function run(
  program: string,
  args: readonly string[],
  { cwd, endsAt }: { cwd: string; endsAt: number },
): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd, stdio: 'inherit', detached: true })
    const end = (signal: NodeJS.Signals) => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, signal)
      } catch {
        // The group has ended by itself.
      }
    }
    const timer = setTimeout(
      () => {
        console.log(`time is up: ending ${args[0]}`)
        end('SIGTERM')
        setTimeout(() => end('SIGKILL'), 15_000).unref()
      },
      Math.max(0, endsAt - Date.now()),
    )
    const passOn = (signal: NodeJS.Signals) => end(signal)
    process.on('SIGINT', passOn).on('SIGTERM', passOn)

    const done = (code: number) => {
      clearTimeout(timer)
      process.off('SIGINT', passOn).off('SIGTERM', passOn)
      resolve(code)
    }
    child.once('error', (error) => {
      console.log(error.message)
      done(1)
    })
    child.once('exit', (code) => done(code ?? 1))
  })
}
