export { readFunnel } from './read-funnel.ts'
export { addScript, changeScript, listScripts, listVersions, orderScripts, readVersion, saveScript } from './scripts.ts'
export { tryScript } from './try-script.ts'
