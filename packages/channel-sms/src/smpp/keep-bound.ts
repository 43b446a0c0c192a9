import { connect as connectTcp, isIP, type Socket } from 'node:net'
import { type ConnectionOptions, connect as connectTls, rootCertificates } from 'node:tls'
import type { ChannelHost } from '@parley/channel-sdk'
import type { ChannelHealth } from '../channel-health.ts'
import { commands } from '../pdu/codes.ts'
import { type SessionLimits, SmppSession, type TakeMessage } from './session.ts'
import { statusName } from './status-names.ts'

export interface SmscOptions {
  host: string
  port: number
  /** TLS from the first byte. `ca`: a certificate (PEM) to trust beside the usual ones. */
  tls: { ca?: string } | null
  systemId: string
  password: string
  systemType: string
  /** Does the SMSC allow one connection only? Then it is one process's of an installation. */
  isSingle: boolean
}

export interface Binding {
  /** The connection that is bound now. */
  current(): SmppSession | null
  stop(): Promise<void>
}

/** Waits between two attempts to connect: doubled from the first to the longest, and some of it by chance. */
interface Patience {
  firstMs: number
  longestMs: number
}

/** Keeps a transceiver bound: connects, binds, and again when it breaks, for as long as it is not stopped. */
export function keepBound(
  smsc: SmscOptions,
  limits: SessionLimits,
  parts: {
    host: Pick<ChannelHost, 'lease' | 'log'>
    leaseName: string
    health: ChannelHealth
    take: TakeMessage
    /** A connection that was bound is over. */
    onEnded: () => void
    patience?: Patience
  },
): Binding {
  const { host, leaseName, health, take, onEnded, patience = { firstMs: 1_000, longestMs: 60_000 } } = parts
  const stopping = new AbortController()
  let session: SmppSession | null = null

  const bindOnce = async (isLost: AbortSignal | null): Promise<'was-bound' | 'refused'> => {
    const opened = await open(smsc, limits.answerMs, stopping.signal)
    if (typeof opened === 'string') {
      health.trouble('down', `the SMSC could not be reached (${opened})`)
      return 'refused'
    }
    const bound = new SmppSession(opened, limits, take)
    const leave = () => (session === bound ? void bound.unbind() : bound.end('we closed the connection'))
    const signals = [stopping.signal, ...(isLost ? [isLost] : [])]
    for (const signal of signals) signal.addEventListener('abort', leave, { once: true })
    try {
      return await stayBound(bound)
    } finally {
      for (const signal of signals) signal.removeEventListener('abort', leave)
    }
  }

  const stayBound = async (bound: SmppSession): Promise<'was-bound' | 'refused'> => {
    const { systemId, password, systemType } = smsc
    const bind = { systemId, password, systemType, addressRange: '' }
    const answer = await bound.request(commands.bindTransceiver, { kind: 'bind', bind })
    if (answer.kind !== 'answered' || answer.status !== 0) {
      const why = answer.kind === 'answered' ? statusName(answer.status) : answer.why
      bound.end('not bound')
      if (stopping.signal.aborted) return 'refused'
      health.trouble('down', `the SMSC refused the bind (${why})`)
      host.log.warn('sms-bind-refused', { why })
      return 'refused'
    }
    session = bound
    health.up()
    host.log.info('sms-bound')
    const why = await bound.ended
    session = null
    onEnded()
    if (!stopping.signal.aborted) {
      health.trouble('down', why)
      host.log.warn('sms-connection-ended', { why })
    }
    return 'was-bound'
  }

  const staying = async (isLost: AbortSignal | null) => {
    let waitMs = patience.firstMs
    while (!stopping.signal.aborted && !isLost?.aborted) {
      const went = await bindOnce(isLost)
      if (went === 'was-bound') waitMs = patience.firstMs
      if (stopping.signal.aborted || isLost?.aborted) return
      await pause(waitMs * (0.5 + Math.random() / 2), stopping.signal)
      waitMs = Math.min(waitMs * 2, patience.longestMs)
    }
  }

  const running = (async () => {
    while (!stopping.signal.aborted) {
      if (!smsc.isSingle) {
        await staying(null)
        continue
      }
      health.standby()
      const held = await host.lease(leaseName, stopping.signal).catch(() => null)
      if (!held) {
        if (!stopping.signal.aborted) await pause(patience.firstMs, stopping.signal)
        continue
      }
      health.trouble('down', 'connecting to the SMSC')
      await staying(held.isLost)
      await held.release()
    }
  })()

  return {
    current: () => session,
    async stop() {
      stopping.abort()
      await running
    },
  }
}

function secureOptions(host: string, port: number, ca: string | undefined): ConnectionOptions {
  return { host, port, ...(isIP(host) ? {} : { servername: host }), ...(ca ? { ca: [...rootCertificates, ca] } : {}) }
}

/** A connection, or the code of what prevented it. */
function open({ host, port, tls }: SmscOptions, patienceMs: number, isStopping: AbortSignal): Promise<Socket | string> {
  return new Promise((resolve) => {
    const socket = tls ? connectTls(secureOptions(host, port, tls.ca)) : connectTcp({ host, port })
    const giveUp = (why: string) => {
      done()
      socket.on('error', () => undefined)
      socket.destroy()
      resolve(why)
    }
    const fails = (error: Error) => giveUp('code' in error ? String(error.code) : 'broken')
    const stops = () => giveUp('stopping')
    const timer = setTimeout(() => giveUp('no answer'), patienceMs)
    const opens = () => {
      done()
      resolve(socket)
    }
    const done = () => {
      clearTimeout(timer)
      socket.off('error', fails)
      socket.off('close', closes)
      isStopping.removeEventListener('abort', stops)
    }
    const closes = () => giveUp('closed at once')
    socket.once('error', fails)
    socket.once('close', closes)
    socket.once(tls ? 'secureConnect' : 'connect', opens)
    isStopping.addEventListener('abort', stops, { once: true })
  })
}

function pause(ms: number, isStopping: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const over = () => {
      clearTimeout(timer)
      isStopping.removeEventListener('abort', over)
      resolve()
    }
    const timer = setTimeout(over, ms)
    isStopping.addEventListener('abort', over, { once: true })
    if (isStopping.aborted) over()
  })
}
