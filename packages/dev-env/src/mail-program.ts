import { execFile } from 'node:child_process'
import { SYSTEM_PATH } from './daemon.ts'

export type ProgramResult = { exitCode: number; output: string }

/** Runs a mail program to its end, in a home folder of its own so that nobody's settings take part. */
export function runMailProgram(
  command: string,
  args: readonly string[],
  { home, input = '' }: { home: string; input?: string },
): Promise<ProgramResult> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      command,
      args,
      { env: { PATH: SYSTEM_PATH, LANG: 'C.UTF-8', HOME: home, MAILRC: '/dev/null' }, timeout: 30_000 },
      (error, stdout, stderr) => {
        const exitCode = error ? (typeof error.code === 'number' ? error.code : -1) : 0
        if (error && exitCode < 0) {
          reject(new Error(`${command} failed: ${stderr || stdout || error.message}`, { cause: error }))
        } else resolve({ exitCode, output: `${stdout}${stderr}` })
      },
    )
    child.stdin?.end(input)
  })
}
