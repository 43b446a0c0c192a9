import styles from './more.css?url'

export { addFiles } from './add-files.ts'
export { Fields } from './fields.tsx'
export { Menu } from './menu.tsx'
export { Ended, Notices, Recover } from './notices.tsx'
export { Panel } from './panels.tsx'
export { StartForm } from './start-form.tsx'
export { TargetChooser } from './target-chooser.tsx'
export { Uploads } from './uploads.tsx'
export { styles }
