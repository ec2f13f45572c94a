import { MINOR_CATEGORIES } from '../defaults/categories.ts';
import { DIVISIONS } from '../defaults/divisions.ts';
import { FieldChecks } from '../errors/field-checks.ts';
import type { Caller, Ticket } from './ticket.ts';
import {
  CHANNELS,
  INTAKE_OUTCOMES,
  PRIVACIES,
  REJECT_REASONS,
  REQUEST_TYPES,
  RISK_FLAGS,
  URGENCIES,
} from './ticket.ts';

/** What an agent, a page or a program sends. Everything may be missing: the check names what must not be. */
export interface OpenTicketInput {
  /** Made by the page when the form is opened: the same form sent twice opens one ticket. */
  submissionId?: string | null;
  channel?: string | null;
  caseKind?: string | null;
  callId?: string | null;
  recordingRef?: string | null;
  title?: string | null;
  content?: string | null;
  occurredAt?: number | null;
  respondent?: string | null;
  requestType?: string | null;
  categoryCode?: string | null;
  urgency?: string | null;
  riskFlags?: string[] | null;
  divisionCode?: string | null;
  streetCode?: string | null;
  addressText?: string | null;
  lng?: number | null;
  lat?: number | null;
  privacy?: string | null;
  callbackWanted?: boolean | null;
  intakeOutcome?: string | null;
  directAnswer?: string | null;
  rejectReason?: string | null;
  rejectText?: string | null;
  rejectChannelTold?: string | null;
  suggestedUnitCode?: string | null;
  /** The open ticket that the agent recognised as the same matter of the same caller. */
  mergeInto?: string | null;
  caller?: {
    name?: string | null;
    phone?: string | null;
    gender?: string | null;
    address?: string | null;
    callerType?: string | null;
  } | null;
}

/** The fields of a ticket that come from its input. */
export type CheckedTicket = Pick<
  Ticket,
  | 'caseKind'
  | 'channel'
  | 'callId'
  | 'recordingRef'
  | 'title'
  | 'content'
  | 'occurredAt'
  | 'respondent'
  | 'requestType'
  | 'categoryCode'
  | 'urgency'
  | 'riskFlags'
  | 'divisionCode'
  | 'streetCode'
  | 'addressText'
  | 'lng'
  | 'lat'
  | 'privacy'
  | 'callbackWanted'
  | 'intakeOutcome'
  | 'directAnswer'
  | 'rejectReason'
  | 'rejectText'
  | 'rejectChannelTold'
  | 'suggestedUnitCode'
>;

/** Mobile, landline with area code, or a local number, after blanks, hyphens and +86 are taken off. */
const PHONE = /^(1[3-9]\d{9}|0\d{9,11}|[2-9]\d{6,7})$/;
export const normalisePhone = (phone: string): string => phone.replace(/[\s()（）-]/g, '').replace(/^(\+|00)86/, '');
export const isPhone = (phone: string): boolean => PHONE.test(normalisePhone(phone));

/** The whole city, and "other": what a channel without an agent leaves open until somebody has registered the request. */
const UNKNOWN_DIVISION = '140600';
const UNKNOWN_CATEGORY = '120101';

const CATEGORY_CODES = MINOR_CATEGORIES.map(({ code }) => code);
const DIVISION_CODES = DIVISIONS.map(({ code }) => code);

function checkCaller(checks: FieldChecks, input: OpenTicketInput, anonymous: boolean): Omit<Caller, 'ticketNo'> {
  const caller = input.caller ?? {};
  const phone = checks.text('caller.phone', caller.phone, { required: !anonymous, max: 30 });
  if (phone !== null && !isPhone(phone)) checks.add('caller.phone', 'badPhone');
  return {
    name: checks.text('caller.name', caller.name, { max: 50 }),
    phone: phone === null ? null : normalisePhone(phone),
    gender: checks.option('caller.gender', caller.gender, ['M', 'F']),
    address: checks.text('caller.address', caller.address, { max: 200 }),
    callerType: checks.option('caller.callerType', caller.callerType, ['PERSON', 'ENTERPRISE', 'ORG']) ?? 'PERSON',
  };
}

function checkOutcome(checks: FieldChecks, input: OpenTicketInput) {
  const intakeOutcome = checks.option('intakeOutcome', input.intakeOutcome, INTAKE_OUTCOMES, true) ?? 'NONE';
  const rejected = intakeOutcome === 'REJECT';
  return {
    intakeOutcome,
    directAnswer: checks.text('directAnswer', input.directAnswer, { required: intakeOutcome === 'ANSWER', max: 2000 }),
    rejectReason: checks.option('rejectReason', input.rejectReason, REJECT_REASONS, rejected),
    rejectText: checks.text('rejectText', input.rejectText, { required: rejected, max: 1000 }),
    rejectChannelTold: checks.text('rejectChannelTold', input.rejectChannelTold, { required: rejected, max: 500 }),
  };
}

/**
 * Checks every field and answers the clean facts. REPORT is always confidential [S15(9)].
 * @throws InvalidInput naming every broken field
 */
export function checkTicketInput(
  input: OpenTicketInput,
  now: number,
): { facts: CheckedTicket; caller: Omit<Caller, 'ticketNo'> } {
  const checks = new FieldChecks();
  const outcome = checkOutcome(checks, input);
  const classified = outcome.intakeOutcome !== 'NONE';
  const requestType = checks.option('requestType', input.requestType, REQUEST_TYPES, classified) ?? 'HELP';
  const asked = checks.option('privacy', input.privacy, PRIVACIES) ?? 'PUBLIC_TO_HANDLER';
  const privacy = requestType === 'REPORT' && asked !== 'ANONYMOUS' ? 'CONFIDENTIAL' : asked;
  const occurredAt = checks.number('occurredAt', input.occurredAt, { min: 0, max: now });
  for (const flag of input.riskFlags ?? []) checks.option('riskFlags', flag, RISK_FLAGS);
  const facts: CheckedTicket = {
    ...outcome,
    requestType,
    privacy,
    occurredAt,
    caseKind:
      requestType === 'EMERGENCY'
        ? 'EMERGENCY'
        : (checks.option('caseKind', input.caseKind, ['REQUEST', 'EMERGENCY']) ?? 'REQUEST'),
    channel: checks.option('channel', input.channel, CHANNELS, true) ?? 'PHONE',
    callId: checks.text('callId', input.callId, { max: 64 }),
    recordingRef: checks.text('recordingRef', input.recordingRef, { max: 200 }),
    title: checks.text('title', input.title, { required: true, max: 50 }) ?? '',
    content: checks.text('content', input.content, { required: true, max: 2000 }) ?? '',
    respondent: checks.text('respondent', input.respondent, { max: 100 }),
    categoryCode: checks.option('categoryCode', input.categoryCode, CATEGORY_CODES, classified) ?? UNKNOWN_CATEGORY,
    urgency: checks.option('urgency', input.urgency, URGENCIES) ?? 'NORMAL',
    riskFlags: RISK_FLAGS.filter((flag) => input.riskFlags?.includes(flag)),
    divisionCode: checks.option('divisionCode', input.divisionCode, DIVISION_CODES, classified) ?? UNKNOWN_DIVISION,
    streetCode: checks.text('streetCode', input.streetCode, { max: 9, pattern: /^\d{9}$/ }),
    addressText: checks.text('addressText', input.addressText, { max: 200 }) ?? '',
    lng: checks.number('lng', input.lng, { min: -180, max: 180 }),
    lat: checks.number('lat', input.lat, { min: -90, max: 90 }),
    callbackWanted: input.callbackWanted ?? true,
    suggestedUnitCode: checks.text('suggestedUnitCode', input.suggestedUnitCode, {
      max: 40,
      pattern: /^[a-z][a-z0-9-]*$/,
    }),
  };
  const caller = checkCaller(checks, input, privacy === 'ANONYMOUS');
  checks.throwIfAny();
  return { facts, caller };
}
