import { createWebhookChannel } from '@parley/channel-webhook'
import { type Config, webhookSecrets } from '@parley/server'

/** The gateway to programs. Always there: it costs nothing, and an account without programs never uses it. */
export function webhookChannel(config: Config, secret: Buffer) {
  return createWebhookChannel({ secretOf: webhookSecrets(secret), allow: config.programs.hosts })
}
