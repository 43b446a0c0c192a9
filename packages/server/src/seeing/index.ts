export { listWhatTheySee, readWhatTheySee } from './what-they-see.ts'
export { readWhoMayRead } from './who-may-read.ts'
