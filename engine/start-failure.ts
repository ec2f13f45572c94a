import path from 'node:path';
import type { EngineStart } from './start-engine.ts';

interface SystemError extends Error {
  code?: string;
  port?: number;
}

/** Why the engine did not start and what to do, in one sentence. */
export function startFailure(error: unknown, start: EngineStart): string {
  const { code, message, port }: Partial<SystemError> & { message: string } =
    error instanceof Error ? (error as SystemError) : { message: String(error) };
  const folder = path.resolve(start.dataDir);
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} on ${start.host} is in use: stop the other program or choose another port with ${port === start.grpcPort ? '--grpc-port' : '--rest-port'}.`;
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'SQLITE_READONLY':
    case 'SQLITE_READONLY_DIRECTORY':
    case 'SQLITE_CANTOPEN':
      return `The folder ${folder} cannot be written to: give the account that runs the engine the right to write there, or choose another folder with --data.`;
    case 'SQLITE_BUSY':
    case 'SQLITE_LOCKED':
      return `The database in ${folder} is in use by another engine: stop that one first, or choose another folder with --data.`;
    case 'SQLITE_NOTADB':
    case 'SQLITE_CORRUPT':
      return `The database in ${folder} cannot be read as a database: restore it from a backup, or choose another folder with --data.`;
    default:
      return message;
  }
}
