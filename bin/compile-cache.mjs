import { existsSync } from 'node:fs'
import path from 'node:path'

/**
 * Where Node keeps what it compiled, for the next start: sooner there, and in less memory, since nothing that strips types is loaded then.
 * In the data folder, once the server has made it and its secret: what may be a data folder and who may enter it is decided there.
 * Where Node may not write or read, it goes on without a word.
 * @param {string} root the folder of the clone
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv} what the server's environment needs besides
 */
export function compileCache(root, env) {
  if (env.NODE_COMPILE_CACHE || env.NODE_DISABLE_COMPILE_CACHE) return {}
  const dataFolder = env.PARLEY_DATA || path.join(root, '.data')
  return existsSync(path.join(dataFolder, 'secret'))
    ? { NODE_COMPILE_CACHE: path.join(path.resolve(dataFolder), 'compiled') }
    : {}
}
