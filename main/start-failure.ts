/** Why the application does not start and what to do about it: one sentence for the person who started it. */
export class StartFailure extends Error {
  override name = 'StartFailure' as const;
}

/** The sentence for what went wrong; undefined when it is nothing that we know. */
export function sentenceFor(error: unknown, given: { dataDir: string; host: string; port: number }) {
  if (error instanceof StartFailure) return error.message;
  switch ((error as { code?: string } | undefined)?.code) {
    case 'EADDRINUSE':
      return `Port ${given.port} on ${given.host} is in use: stop the other program, or choose another port with PORT=${given.port + 1} npm start.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `${given.host} is no address of this machine: set HOST to one that is, for example 127.0.0.1 or 0.0.0.0.`;
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'EEXIST':
    case 'ENOTDIR':
    case 'SQLITE_READONLY':
    case 'SQLITE_READONLY_DIRECTORY':
    case 'SQLITE_CANTOPEN':
      return given.port < 1024 && (error as { syscall?: string }).syscall === 'listen'
        ? `Port ${given.port} needs rights that this account does not have: choose a port above 1023 with PORT.`
        : `The folder ${given.dataDir} cannot be written to: give this account the right to write there, or choose another folder with DATA_DIR.`;
    case 'ENOSPC':
    case 'SQLITE_FULL':
      return `The disk that holds ${given.dataDir} is full: free some space, or choose another folder with DATA_DIR.`;
    case 'SQLITE_NOTADB':
    case 'SQLITE_CORRUPT':
      return `The database in ${given.dataDir} cannot be read: restore the folder from a backup, or choose another one with DATA_DIR.`;
    case 'ECONNREFUSED':
    case 'ER_ACCESS_DENIED_ERROR':
    case 'ER_BAD_DB_ERROR':
    case 'ETIMEDOUT':
      return `The database of DATABASE_URL cannot be used (${(error as Error).message}): check the address, the account and that the schema exists.`;
    default:
      return undefined;
  }
}
