/**
 * What changed in the tables since the first version (schema.ts, `tables`), in the order of the changes. A file of an
 * older version gets the steps that it misses when it is opened, a new file gets them all. A step that has been
 * released is never edited: a later change is a further step.
 */
export interface SchemaStep {
  name: string;
  sql: string;
}

export const schemaSteps: readonly SchemaStep[] = [];
