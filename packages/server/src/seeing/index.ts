export { listWhatTheySee, readWhatTheySee } from './what-they-see.ts'
