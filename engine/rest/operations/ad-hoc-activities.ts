import { keyOf, noContent, type Operation } from '../operation.ts';

export const adHocOperations: Operation[] = [
  {
    method: 'POST',
    path: '/v2/element-instances/ad-hoc-activities/{adHocSubProcessInstanceKey}/activation',
    name: 'ActivateAdHocSubProcessActivities',
    intent: 'ACTIVATE',
    rules: (body, invalid) => {
      if (body.elements.length === 0) invalid.push('No elements provided');
      body.elements.forEach(({ elementId }: { elementId: string }, index: number) => {
        if (elementId.trim() === '') invalid.push(`No elements[${index}].elementId provided`);
      });
    },
    answer: async ({ engine, params, body }) => {
      await engine.execute({
        type: 'ad-hoc-sub-process.activate',
        adHocSubProcessInstanceKey: keyOf(params.adHocSubProcessInstanceKey!),
        elements: body.elements,
        cancelRemainingInstances: body.cancelRemainingInstances ?? false,
      });
      return noContent;
    },
  },
];
