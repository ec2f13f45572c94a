import { z } from 'zod';
import { createAssignment } from '../domain/assignment/create-assignment.ts';
import { ticketNo } from './variables.ts';
import { defineWorker } from './worker.ts';

export const createAssignmentWorker = defineWorker({
  jobType: 'create-assignment',
  template: {
    name: '生成交办',
    nameEn: 'Create the assignment',
    description: '为主办单位生成本轮交办，起算签收、联系和办结时限。',
    descriptionEn: 'Opens the round for the host unit and starts the limits for signing, contact and completion.',
  },
  reads: { ticketNo, assignmentReason: z.enum(['DISPATCH', 'DETERMINED', 'REWORK']) },
  step: createAssignment,
});
