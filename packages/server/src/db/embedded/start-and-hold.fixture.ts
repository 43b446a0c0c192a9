// A process that starts the embedded PostgreSQL, says so in one line of JSON, and holds it until it is told to stop or
// is killed: what the tests and the soak do to a Parley.
import { startEmbeddedPostgres } from './start-embedded-postgres.ts'

const [dataFolder = '', binaries] = process.argv.slice(2)
const started = await startEmbeddedPostgres({ dataFolder, binaries })
if (!started.ok) {
  console.log(JSON.stringify(started))
  process.exit(1)
}
const { pid, adopted, version, connectionString } = started.server
console.log(JSON.stringify({ ok: true, pid, adopted, version, connectionString }))
const hold = setInterval(() => {}, 1000)
process.once('SIGTERM', async () => {
  await started.server.stop()
  clearInterval(hold)
})
