import { type PushService, startPushService } from '@parley/dev-env/push-service'
import { domains, outside } from './cast.ts'
import { startFarChat } from './far-chat.ts'
import type { FarEnd, Hears } from './far-end.ts'
import { startFarMail } from './far-mail.ts'
import { startFarProgram } from './far-program.ts'
import { startFarSip } from './far-sip.ts'
import { startFarSms } from './far-sms.ts'
import type { Peers } from './start-node.ts'

export interface FarEnds {
  /** Where the servers find them. */
  readonly peers: Peers
  readonly push: PushService
  readonly programUrl: string
  /** Behind whose medium is what, by who answers over it. */
  readonly of: ReadonlyMap<string, FarEnd>
  stop(): Promise<void>
}

/** Of the servers, once they are there. */
export interface Ours {
  readonly urls: readonly string[]
  readonly smtpPorts: readonly number[]
  readonly sipPorts: readonly number[]
  readonly programPath: () => string
  readonly programSecret: () => string
}

/** Everything outside that our channels speak to, on loopback; each of our two servers has the same. */
export async function startFarEnds(ours: Ours, hears: (road: string) => Hears): Promise<FarEnds> {
  const at = (name: string) => outside[name]?.address ?? ''
  const mail = await startFarMail(at('bo'), { domain: domains.mail, ports: ours.smtpPorts }, hears('mail'))
  const sms = await startFarSms(at('cleo'), hears('sms'))
  const sip = await startFarSip(at('dag'), { domain: domains.sip, ports: ours.sipPorts }, hears('sip'))
  const chat = await startFarChat(at('edda'), domains.xmpp, hears('xmpp'))
  const reach = { repliesTo: () => `${ours.urls[0]}${ours.programPath()}`, secret: ours.programSecret }
  const program = await startFarProgram(at('gus'), reach, hears('webhook'))
  const push = await startPushService()
  push.onPush = ({ browser, ...pushed }) => hears('push')(browser, JSON.stringify(pushed))
  const of = new Map<string, FarEnd>(Object.entries({ bo: mail, cleo: sms, dag: sip, edda: chat, gus: program }))
  return {
    peers: {
      mailPort: mail.port,
      sms: { port: sms.smsc.port, systemId: sms.smsc.systemId, password: sms.smsc.password },
      sipPort: sip.port,
      xmpp: { port: chat.server.port, secret: chat.server.secret },
      push: { host: push.host, ca: push.ca },
    },
    ...{ push, of, programUrl: program.url },
    async stop() {
      for (const end of of.values()) await end.stop()
      await push.stop()
    },
  }
}
