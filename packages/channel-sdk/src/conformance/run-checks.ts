import { setTimeout as sleep } from 'node:timers/promises'
import type { ChannelRig } from './channel-driver.ts'

export interface ContractCheck {
  title: string
  run(): Promise<void>
}

export type StartedRig<Rig extends ChannelRig> = Rig & {
  /** A channel is stopped once, whoever asks first. */
  stop(): Promise<void>
}

/** Each check on a channel of its own that has been started, and is stopped whatever becomes of the check. */
export function checksOn<Rig extends ChannelRig>(
  make: () => Promise<Rig>,
  checks: readonly { title: string; check(rig: StartedRig<Rig>): Promise<void> }[],
): ContractCheck[] {
  return checks.map(({ title, check }) => ({
    title,
    async run() {
      const rig = await make()
      let stopped: Promise<void> | null = null
      const stop = () => {
        stopped ??= rig.channel.stop()
        return stopped
      }
      try {
        await rig.channel.start(rig.host)
        await check({ ...rig, stop })
      } finally {
        await stop()
        await rig.dispose()
      }
    },
  }))
}

export async function eventually<T>(look: () => Promise<T | null>, otherwise: string, patienceMs = 20_000): Promise<T> {
  const end = performance.now() + patienceMs
  while (performance.now() < end) {
    const found = await look()
    if (found !== null) return found
    await sleep(50)
  }
  throw new Error(otherwise)
}
