import { submitAssignment } from '../domain/assignment/submit-assignment.ts';
import { assignmentNo, ticketNo } from './variables.ts';
import { defineWorker } from './worker.ts';

export const submitAssignmentWorker = defineWorker({
  jobType: 'submit-assignment',
  template: {
    name: '报送办理结果',
    nameEn: 'Submit the assignment',
    description: '质量审核通过：时限办结，转入回访。',
    descriptionEn: 'Quality review passed: limits are done, the callback follows.',
  },
  reads: { ticketNo, assignmentNo },
  step: submitAssignment,
});
