import type { Channel } from '@parley/channel-sdk'
import { type AccountId, type AttachmentId, type ConversationId, type PersonId, systemClock } from '@parley/model'
import { type Choose as ChooseFrame, closeCodes } from '@parley/protocol'
import { Vault } from './attachments/index.ts'
import { Bus } from './bus/index.ts'
import { advisoryLeases, hostFor, Presences, type ReceiveParts } from './channels/index.ts'
import { hearing } from './concierge/index.ts'
import { openDatabase } from './db/index.ts'
import { Outbox, passingTyping, ReReadLinks, reachesElsewhere, takeReport } from './delivery/index.ts'
import { openRegions } from './geo/index.ts'
import {
  clientIpBehind,
  createApp,
  type HttpContext,
  listen,
  mountPolls,
  type QuotaName,
  UrlSigner,
} from './http/index.ts'
import { CriteriaIndexes, choose } from './hunting/index.ts'
import { MembershipLinks, tellPerson } from './joining/index.ts'
import { Nudges } from './nudges/index.ts'
import { performing } from './operations/index.ts'
import type { AddressParts } from './people/index.ts'
import { webhookSecrets } from './programs/index.ts'
import { Quotas } from './quotas/index.ts'
import { ReadingModels, readingWords } from './reading/index.ts'
import { type Holder, Hub, openSession, prepareSayIn, ShortTokens, takingTyping } from './realtime/index.ts'
import { type Committed, Road } from './road/index.ts'
import { keyFor, openSealing } from './sealing/index.ts'
import type { RunningServer, ServerLog, ServerParts } from './server-parts.ts'
import { createSignIn } from './sign-in/index.ts'
import { startSweeps } from './start-sweeps.ts'
import { unwell } from './unwell.ts'

/** The application: everything between the database and the outside, started in one order and stopped in the reverse. */
export async function startServer(parts: ServerParts): Promise<RunningServer> {
  const { settings, log } = parts
  const clock = parts.clock ?? systemClock
  const key = (purpose: string) => keyFor(settings.secret, purpose)
  const db = openDatabase(parts.connection, {
    max: parts.databaseConnections ?? 20,
    ...(settings.keyStore ? { sealing: openSealing(settings.keyStore, key('keyed hashes'), toldOf(log)) } : {}),
  })
  const signer = new UrlSigner(key('urls'), () => clock.now())
  const vault = new Vault(key('vault'))
  const tokens = new ShortTokens(key('tokens'))
  const quotas = new Quotas<QuotaName>(settings.quotas)

  const addresses: AddressParts = {
    ownDomains: [settings.mailDomain, ...(settings.ownDomains ?? [])].map((domain) => domain.toLowerCase()),
    channels: parts.channels,
  }
  const attachmentUrl = (account: AccountId, attachment: AttachmentId) => signer.attachmentPath(account, attachment)
  const bus = settings.shared
    ? new Bus({
        connection: parts.connection,
        log,
        hear: (hints) => {
          hub.heard(hints)
          if (hints.some(({ kind }) => kind === 'committed')) outbox.wake()
        },
        resync: (since) => {
          hub
            .resync(since)
            .catch((error: unknown) => log.warn({ error: String(error) }, 'nothing could be read back yet'))
        },
      })
    : null
  const hintLost = (error: unknown) => log.warn({ error: String(error) }, 'that somebody types was not passed on')
  const hub: Hub = new Hub({
    db,
    clock,
    log,
    url: attachmentUrl,
    onCommit: (what) => {
      if (mayHaveDeliveries(what)) outbox.wake()
      nudges?.committed(what)
    },
    passTyping: passingTyping({ db, channels: parts.channels, warn: hintLost }),
    ...(bus ? { elsewhere: bus } : {}),
  })
  const subscriptions = parts.channels.find((channel) => channel.subscriptions)?.subscriptions ?? null
  const isConnected = (person: PersonId) => hub.isConnected(person)
  const nudges = subscriptions ? new Nudges({ db, clock, log, isConnected, wake: () => outbox.wake() }) : null
  const indexes = new CriteriaIndexes({ db, clock })
  const models = new ReadingModels()
  const road = new Road({
    db,
    clock,
    live: hub,
    beginHunt: readingWords(models, hearing({ addresses })),
    find: indexes.find,
    seal: (...what) => vault.seal(...what),
  })
  const onChange = (row: Parameters<Hub['tellDelivery']>[0], state: string) => {
    hub.tellDelivery(row, state).catch((error: unknown) => log.warn({ error: String(error) }, 'a tick was not told'))
  }
  const listening = await listen(settings)
  const url =
    settings.publicUrl ?? `http://${settings.host === '127.0.0.1' ? 'localhost' : settings.host}:${listening.port}`
  const reRead = new ReReadLinks(key('re-read links'), url)
  const membership = new MembershipLinks(key('membership links'), url)
  const outbox: Outbox = new Outbox({
    db,
    clock,
    log,
    channels: parts.channels,
    render: {
      publicUrl: url,
      mailDomain: settings.mailDomain,
      fileUrl: (account, attachment) => url + signer.filePagePath(account, attachment, settings.fileLinkDays ?? 30),
      reReadUrl: (reference) => reRead.urlFor(reference),
      membershipUrl: (...delivery) => membership.urlFor(...delivery),
      isThere: isConnected,
    },
    onChange,
    ...(parts.outboxPoint ? { point: parts.outboxPoint } : {}),
  })
  const receive: ReceiveParts = {
    db,
    ...(settings.scanner ? { scanner: { ...settings.scanner, log } } : {}),
    road,
    vault,
    clock,
    publicUrl: url,
    mailDomain: settings.mailDomain,
    allows: (person) => quotas.take('messages', { visitor: person }, clock.now()).ok,
    models,
    // Counted apart from windows: a flood of invented senders keeps nobody out who stands at the site.
    mayBegin: (sender, site) =>
      quotas.take('conversations', { visitor: sender, site: `${site} by address` }, clock.now()).ok,
    limits: settings.limits,
  }
  const signIn = createSignIn({
    pool: db.workerPool,
    baseUrl: url,
    secret: key('sign-in').toString('base64url'),
    clock,
    report: (error) => log.warn({ error: String(error) }, 'sign-in failed'),
    async sendNotice({ account, person, template, params }) {
      await db.write(account, (tx) => tellPerson(tx, { account, person, template, params: { ...params } }, clock.now()))
      outbox.wake()
    },
  })
  const context: HttpContext = {
    db,
    road,
    hub,
    vault,
    clock,
    tokens,
    signer,
    reRead,
    membership,
    regionOf: openRegions(settings.geoDatabase),
    programs: { secretOf: webhookSecrets(settings.secret), allow: settings.programHosts ?? [] },
    models,
    signIn,
    outbox,
    quotas,
    receive,
    addresses,
    subscriptions,
    publicUrl: url,
    limits: settings.limits,
  }
  const health = () => Object.fromEntries(parts.channels.map((channel) => [channel.name, channel.health()]))
  const started: Channel[] = []
  const presences = new Presences()
  const app = await createApp(context, {
    folders: parts.folders,
    trustProxy: settings.trustProxy,
    log,
    health: async () => unwell(db, health()),
    channel: (name) => started.find((channel) => channel.name === name),
    server: listening.server,
    takeRequests: listening.handOver,
  })
  const sessionParts = {
    db,
    road,
    hub,
    url: attachmentUrl,
    prepare: prepareSayIn(db),
    tokens,
    clock,
    log,
    // A responder is known, and many visitors may be waiting for them: the floor is for strangers.
    allows: (holder: Holder, { site }: { site: string }, ip: string) =>
      holder.kind === 'responder' || quotas.take('messages', { visitor: holder.person, ip, site }, clock.now()).ok,
    perform: performing({ road, context }),
    choose: (holder: Holder, frame: ChooseFrame) =>
      choose(road, {
        account: holder.account,
        person: holder.person,
        conversation: frame.conversation as ConversationId,
        choice: frame,
      }),
  }
  const web = parts.attachWeb(
    listening.server,
    {
      open: async (hello, wire, about) =>
        hub.size >= settings.limits.connections
          ? { refused: closeCodes.tooMany, reason: 'too many are connected' }
          : openSession(sessionParts, hello, wire, about),
    },
    {
      isAllowedOrigin: (origin) => origin === new URL(url).origin,
      clientIp: clientIpBehind(settings.trustProxy),
      limits: { maxConnectionsPerIp: settings.limits.connectionsPerAddress },
    },
  )
  mountPolls(app, web)
  const end = async () => {
    await web.stop()
    await app.close()
    listening.server.close()
    // Nothing new is begun, and then the channels bound how long what is under way may take.
    const drained = outbox.stop()
    await Promise.all(started.map((channel) => channel.stop()))
    await drained
    await nudges?.stop()
    await bus?.stop()
    await hub.stop()
    await db.close()
  }
  try {
    await bus?.start()
    await app.ready()
    for (const channel of parts.channels) {
      await channel
        .start(
          hostFor(channel, {
            ...receive,
            maxBytes: settings.limits.mailBytes,
            report: (report) => takeReport({ db, clock, onChange, channel: channel.name }, report),
            lease: advisoryLeases(parts.connection, channel.name),
            typing: takingTyping({ db, hub, warn: hintLost }, channel),
            presence: presences.taking(channel.medium),
            log: {
              info: (event, facts) => log.info({ channel: channel.name, ...facts }, event),
              warn: (event, facts) => log.warn({ channel: channel.name, ...facts }, event),
            },
          }),
        )
        .catch((error: unknown) => {
          throw new Error(`the channel "${channel.name}" could not be started: ${messageOf(error)}`, { cause: error })
        })
      started.push(channel)
    }
    await outbox.start()
    nudges?.start()
  } catch (error) {
    await end()
    throw error
  }
  const sweeps = startSweeps({
    ...{ db, road, clock, log, addresses, indexes, isConnected },
    wake: () => outbox.wake(),
    away: () => presences.away(),
    windowPatienceMs: settings.windowPatienceMs,
  })

  return {
    url,
    port: listening.port,
    db,
    road,
    hub,
    outbox,
    signIn,
    tokens,
    health,
    async stop() {
      await sweeps.stop()
      await end()
    },
  }
}

/** Words from window to window leave none: to look for some after every batch took 7 % of the server's processor time under load. */
function mayHaveDeliveries({ says, restructured, changed }: Committed): boolean {
  return restructured.length > 0 || changed.length > 0 || says.some(reachesElsewhere)
}

const toldOf = (log: ServerLog) => (misplaced: object) =>
  log.warn(misplaced, 'a sealed value stands where it was not sealed for, or was changed: it was not opened')

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
