import { serveNotifications, type WorkerScope } from '@parley/client/service-worker'

// A file of its own, beside the desk's page: the types here are those of pages, not of workers.
serveNotifications(self as unknown as WorkerScope, { icon: '/desk/icon-192.png' })
