import { serveNotifications, type WorkerScope } from '@parley/client/service-worker'

// A file of its own, beside the page of a window that stands alone: the types here are those of pages, not of workers. Nothing is fetched
// for the page: a browser that calls for a fetch handler before it installs anything is older than those that the window supports.
const scope = self as unknown as WorkerScope
serveNotifications(scope, { icon: `${scope.registration.scope}/icon-192.png` })
