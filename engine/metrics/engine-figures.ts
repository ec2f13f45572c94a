import { Distribution } from './distribution.ts';
import type { EventTally } from './event-tally.ts';
import { RequestTimes } from './request-times.ts';

const batchBounds = [0, 1, 2, 4, 8, 16, 32, 64, 128, 256];

/** What an engine and its gateways count while they run; exposition.ts prints it. */
export class EngineFigures {
  readonly events: EventTally;
  /** From the moment that a command is queued to its commit. */
  readonly latencySeconds = new Distribution();
  readonly batchSeconds = new Distribution();
  readonly commitSeconds = new Distribution();
  readonly batchCommands = new Distribution(batchBounds);
  readonly http = new RequestTimes();
  readonly grpc = new RequestTimes();
  /** Commands taken up, and those refused because too many were queued. */
  received = 0;
  dropped = 0;

  constructor(events: EventTally) {
    this.events = events;
  }
}
