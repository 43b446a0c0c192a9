export { type Config, type ConfigResult, readConfig } from './read-config.ts'
export { configurationReference } from './reference.ts'
