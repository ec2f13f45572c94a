import { z } from 'zod';

/** Process variables of workflows/README.md, as workers read them. */
export const ticketNo = z.string().min(1);
export const assignmentNo = z.string().min(1);
export const requestId = z.string().min(1);
export const phase = z.enum(['FIRST', 'RESULT']);
