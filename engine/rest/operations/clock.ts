import { noContent, type Operation } from '../operation.ts';

export const clockOperations: Operation[] = [
  {
    method: 'PUT',
    path: '/v2/clock',
    name: 'PinClock',
    intent: 'PIN',
    rules: (body, invalid) => {
      if (body.timestamp < 0) invalid.push(`The value for timestamp is '${body.timestamp}' but must be not negative`);
    },
    answer: async ({ engine, body }) => {
      await engine.execute({ type: 'clock.pin', timestampMs: body.timestamp });
      return noContent;
    },
  },
  {
    method: 'POST',
    path: '/v2/clock/reset',
    name: 'ResetClock',
    intent: 'RESET',
    body: 'none',
    answer: async ({ engine }) => {
      await engine.execute({ type: 'clock.reset' });
      return noContent;
    },
  },
];
