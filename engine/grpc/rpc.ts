import type { Engine } from '../engine.ts';

/** What an rpc is given beside its request. */
export interface RpcContext {
  engine: Engine;
  host: string;
  port: number;
}

/** An rpc with one answer. */
export interface Rpc {
  /** Zeebe's name of the command, printed when it is rejected. */
  intent?: string;
  // The request has the shape of its message: protocol.ts decoded it.
  // oxlint-disable-next-line no-explicit-any
  answer(request: any, context: RpcContext): object | Promise<object>;
}

export type Rpcs = Record<string, Rpc>;

/** A request that Zeebe's gateway refuses before any command is made of it: INVALID_ARGUMENT. */
export class InvalidRequest extends Error {
  override name = 'InvalidRequest' as const;
}
