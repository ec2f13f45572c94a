import type { DemoStep, Moment } from './steps.ts';

export interface DemoTicket {
  at: Moment;
  input: Record<string, unknown>;
  steps: DemoStep[];
  /** Asked for by the unit while it handles, through the same use cases as the page's buttons. */
  requests?: { at: Moment; by: string; kind: 'EXTENSION' | 'SUSPENSION'; body: Record<string, unknown> }[];
}

export const person = (name: string, last4: string, gender: 'M' | 'F' = 'M', address: string | null = null) => ({
  name,
  phone: `1380000${last4}`,
  gender,
  address,
  callerType: 'PERSON',
});

export const request = (input: Record<string, unknown>) => ({
  channel: 'PHONE',
  urgency: 'NORMAL',
  riskFlags: [],
  privacy: 'PUBLIC_TO_HANDLER',
  callbackWanted: true,
  intakeOutcome: 'FORWARD',
  ...input,
});
