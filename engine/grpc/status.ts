import { Metadata, status as grpcStatus, type StatusObject } from '@grpc/grpc-js';
import { CommandRejection, type RejectionType } from '../command-rejection.ts';
import type { EngineLog } from '../engine-log.ts';
import { InvalidRequest } from './rpc.ts';

const statusOfRejection: Record<RejectionType, grpcStatus> = {
  INVALID_ARGUMENT: grpcStatus.INVALID_ARGUMENT,
  NOT_FOUND: grpcStatus.NOT_FOUND,
  ALREADY_EXISTS: grpcStatus.ALREADY_EXISTS,
  INVALID_STATE: grpcStatus.FAILED_PRECONDITION,
  FORBIDDEN: grpcStatus.PERMISSION_DENIED,
  RESOURCE_EXHAUSTED: grpcStatus.RESOURCE_EXHAUSTED,
  DEADLINE_EXCEEDED: grpcStatus.DEADLINE_EXCEEDED,
  UNAVAILABLE: grpcStatus.UNAVAILABLE,
  INTERNAL_ERROR: grpcStatus.INTERNAL,
};

/** The status that Zeebe's gateway would close the call with. */
export function statusOf(error: unknown, intent: string | undefined, log: EngineLog): StatusObject {
  if (error instanceof InvalidRequest) return withTrailer(grpcStatus.INVALID_ARGUMENT, error.message);
  if (error instanceof CommandRejection) {
    return withTrailer(statusOfRejection[error.type] ?? grpcStatus.UNKNOWN, error.describe(intent));
  }
  log.error({ err: error }, 'a call failed unexpectedly');
  return withTrailer(grpcStatus.INTERNAL, 'Unexpected error occurred during the request processing');
}

/** Zeebe's gateway sends each failure as a google.rpc.Status too, where clients of other languages look for details. */
function withTrailer(code: grpcStatus, details: string): StatusObject {
  const metadata = new Metadata();
  const message = Buffer.from(details, 'utf8');
  // code is field 1, a number below 128; message is field 2, a text with its length in base 128
  const head = [0x08, code, 0x12];
  let length = message.length;
  for (; length > 0x7f; length >>>= 7) head.push((length & 0x7f) | 0x80);
  metadata.set('grpc-status-details-bin', Buffer.concat([Buffer.from([...head, length]), message]));
  return { code, details, metadata };
}
