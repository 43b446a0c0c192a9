import path from 'node:path'

/** Why the embedded PostgreSQL did not start. `text` is for the person at the terminal: what is wrong, and what to do. */
export type EmbeddedRefusal = { reason: RefusalReason; text: string }

export type RefusalReason =
  | 'in-use'
  | 'newer-parley'
  | 'newer-postgres'
  | 'older-postgres'
  | 'no-space'
  | 'no-binaries'
  | 'not-writable'
  | 'not-a-data-folder'
  | 'unreachable-as-other-user'
  | 'no-server-user'
  | 'socket-path-too-long'
  | 'did-not-start'

export type Refused = { ok: false; refusal: EmbeddedRefusal }

/** Nothing has been changed in the data folder when one of these is returned. */
export const refuse = {
  inUse: (dataFolder: string, holder: string | undefined) =>
    refused(
      'in-use',
      `Another Parley${holder ? ` (process ${holder})` : ''} is using the data folder ${dataFolder}.`,
      'Stop it first, or give this one a folder of its own with PARLEY_DATA.',
    ),
  newerParley: (dataFolder: string, written: string, own: string) =>
    refused(
      'newer-parley',
      `The data folder ${dataFolder} was written by a newer Parley (${written}); this is ${own}.`,
      'Run that version or a later one. Nothing was changed.',
    ),
  newerPostgres: (dataFolder: string, major: number, available: readonly number[]) =>
    refused(
      'newer-postgres',
      `The database in ${dataFolder} was made by PostgreSQL ${major}, and here there is only ${list(available)}.`,
      `Install PostgreSQL ${major} or point PARLEY_POSTGRES_BIN to its bin folder. Nothing was changed.`,
    ),
  olderPostgres: (dataFolder: string, major: number, available: readonly number[]) =>
    refused(
      'older-postgres',
      `The database in ${dataFolder} was made by PostgreSQL ${major}, and here there is only ${list(available)}.`,
      `Install PostgreSQL ${major} beside it or point PARLEY_POSTGRES_BIN to its bin folder; docs/operate/running.md says how to move to a newer one. Nothing was changed.`,
    ),
  noSpace: (folder: string, freeBytes: number | undefined, neededBytes: number) =>
    refused(
      'no-space',
      freeBytes === undefined
        ? `The disk of ${folder} filled up while the database was being made.`
        : `Only ${megabytes(freeBytes)} MB are free on the disk of ${folder}; Parley needs ${megabytes(neededBytes)} MB to start.`,
      'Free some space, or put the data elsewhere with PARLEY_DATA. Nothing was damaged.',
    ),
  noBinaries: (machine: string, tried: readonly string[]) =>
    refused(
      'no-binaries',
      `There is no PostgreSQL here that runs on this machine (${machine}).`,
      ...tried.map((each) => `  tried ${each}`),
      'Install PostgreSQL 15 or newer with the package manager of this system, or set DATABASE_URL to a server of your own.',
    ),
  notWritable: (folder: string, because: string) =>
    refused(
      'not-writable',
      `Parley may not write to its data folder ${folder} (${because}).`,
      'Give its owner back to the user who runs Parley, or choose another folder with PARLEY_DATA.',
    ),
  notADataFolder: (folder: string, found: string) =>
    refused(
      'not-a-data-folder',
      `${folder} is not a data folder of Parley: it holds ${found}.`,
      'Choose an empty or a new folder with PARLEY_DATA. Nothing was changed.',
    ),
  unreachable: (folder: string, blockedAt: string, user: string) =>
    refused(
      'unreachable-as-other-user',
      `PostgreSQL refuses to run as root, so it runs as "${user}", who may not enter ${blockedAt}.`,
      `Choose a data folder that every user can reach, for example PARLEY_DATA=/var/lib/parley/${path.basename(folder).replace(/^\.+/, '') || 'data'}, or run Parley as an ordinary user.`,
    ),
  noServerUser: (wanted: string) =>
    refused(
      'no-server-user',
      `PostgreSQL refuses to run as root, and this machine has no user "${wanted}" to run it as.`,
      'Create one (useradd --system parley), name another in PARLEY_POSTGRES_USER, or run Parley as an ordinary user.',
    ),
  socketPathTooLong: (folder: string) =>
    refused(
      'socket-path-too-long',
      `The database's socket would have a path over 107 bytes under ${folder}, which no Unix allows.`,
      'Set TMPDIR to a short folder such as /tmp, or choose a shorter PARLEY_DATA.',
    ),
  didNotStart: (logFile: string, lastLines: string) =>
    refused(
      'did-not-start',
      'PostgreSQL did not start. Its last words:',
      ...lastLines.split('\n').map((line) => `  ${line}`),
      `All of them: ${logFile}`,
    ),
}

function refused(reason: RefusalReason, ...lines: string[]): Refused {
  return { ok: false, refusal: { reason, text: lines.join('\n') } }
}

function list(majors: readonly number[]): string {
  return [...new Set(majors)].map((major) => `PostgreSQL ${major}`).join(', ')
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1_000_000)
}
