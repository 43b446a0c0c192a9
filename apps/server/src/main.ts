import process from 'node:process'
import { account } from './account.ts'
import { erase } from './erase.ts'
import { inspect } from './inspect.ts'
import { keys } from './keys.ts'
import { migrate } from './migrate.ts'
import { start } from './start.ts'

const [command = 'start', ...args] = process.argv.slice(2)

if (command === 'start') await start()
else if (command === 'migrate') process.exitCode = await migrate()
else if (command === 'account') process.exitCode = await account(args)
else if (command === 'keys') process.exitCode = await keys(args)
else if (command === 'erase') process.exitCode = await erase(args)
else if (command === 'inspect') process.exitCode = await inspect(args)
else {
  console.error(`parley: there is no command "${command}"`)
  process.exitCode = 2
}
