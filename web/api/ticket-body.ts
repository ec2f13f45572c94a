import { instant, z } from './api-route.ts';

/** Shapes alone; what each channel and outcome demands is the domain's to say (check-ticket-input.ts). */
export const ticketBody = z
  .strictObject({
    submissionId: z.string().max(100).nullish(),
    channel: z.string().nullish(),
    caseKind: z.string().nullish(),
    callId: z.string().nullish(),
    recordingRef: z.string().nullish(),
    title: z.string().nullish(),
    content: z.string().nullish(),
    occurredAt: instant.nullish(),
    respondent: z.string().nullish(),
    requestType: z.string().nullish(),
    categoryCode: z.string().nullish(),
    urgency: z.string().nullish(),
    riskFlags: z.array(z.string()).max(10).nullish(),
    divisionCode: z.string().nullish(),
    streetCode: z.string().nullish(),
    addressText: z.string().nullish(),
    lng: z.number().nullish(),
    lat: z.number().nullish(),
    privacy: z.string().nullish(),
    callbackWanted: z.boolean().nullish(),
    intakeOutcome: z.string().nullish(),
    directAnswer: z.string().nullish(),
    rejectReason: z.string().nullish(),
    rejectText: z.string().nullish(),
    rejectChannelTold: z.string().nullish(),
    suggestedUnitCode: z.string().nullish(),
    mergeInto: z.string().nullish(),
    caller: z
      .strictObject({
        name: z.string().nullish(),
        phone: z.string().nullish(),
        gender: z.string().nullish(),
        address: z.string().nullish(),
        callerType: z.string().nullish(),
      })
      .nullish(),
  })
  .openapi('NewTicket');
