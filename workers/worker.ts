import { z } from 'zod';
import type { JobContext, JobStep } from '../domain/ports/job-step.ts';

/** What designers read in the modeler's list of element templates. */
export interface WorkerTemplate {
  name: string;
  nameEn: string;
  description: string;
  descriptionEn: string;
}
/** Every step is told whose job it does, besides the variables it reads. */
export interface JobIdentity {
  processInstanceKey: string;
  jobKey: string;
}
export interface Worker {
  /** Also the name of the worker's file. */
  jobType: string;
  template: WorkerTemplate;
  /** The variables it reads. */
  reads: string[];
  /** @throws ZodError when a variable is missing or of another type: the drawing is wrong, so an incident follows */
  step(
    context: JobContext,
    variables: Record<string, unknown>,
    identity: JobIdentity,
  ): Promise<Record<string, unknown>>;
}

export function defineWorker<Shape extends z.ZodRawShape, Out extends Record<string, unknown>>(definition: {
  jobType: string;
  template: WorkerTemplate;
  reads: Shape;
  step: JobStep<z.output<z.ZodObject<Shape>> & JobIdentity, Out>;
}): Worker {
  const schema = z.object(definition.reads);
  return {
    jobType: definition.jobType,
    template: definition.template,
    reads: Object.keys(definition.reads),
    step: (context, variables, identity) => definition.step(context, { ...schema.parse(variables), ...identity }),
  };
}
