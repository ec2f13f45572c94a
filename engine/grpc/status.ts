import { status as grpcStatus, type StatusObject } from '@grpc/grpc-js';
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
export function statusOf(
  error: unknown,
  intent: string | undefined,
  log: EngineLog,
): Pick<StatusObject, 'code' | 'details'> {
  if (error instanceof InvalidRequest) return { code: grpcStatus.INVALID_ARGUMENT, details: error.message };
  if (error instanceof CommandRejection) {
    return { code: statusOfRejection[error.type] ?? grpcStatus.UNKNOWN, details: error.describe(intent) };
  }
  log.error({ err: error }, 'a call failed unexpectedly');
  return { code: grpcStatus.INTERNAL, details: 'Unexpected error occurred during the request processing' };
}
