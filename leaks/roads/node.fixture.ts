import { startNode } from './start-node.ts'

// The other process on the same database.
const running = await startNode(JSON.parse(process.argv[2] ?? '{}'), (what) => process.send?.(what))
process.stdout.write('ready\n')
const end = async () => {
  await running.stop()
  process.exit(0)
}
process.once('SIGTERM', end)
process.once('disconnect', end)
