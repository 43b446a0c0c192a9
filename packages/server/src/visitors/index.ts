export { type AccessKey, findAccessKey, hashSecret, makeAccessKey } from './access-key.ts'
export { enterVisitor, forgetBrowser, makeHandOver, makeRecovery } from './enter.ts'
