// Loaded into the server by the launcher: when the launcher is killed, nobody would be left to forward a signal, and
// the server would hold the data folder unseen. The closed channel is the only sign of it.
import process from 'node:process'

process.channel?.unref()
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
