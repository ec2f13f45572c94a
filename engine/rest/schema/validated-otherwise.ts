import type { ObjectShape, Shape } from './request-shape.ts';

/** Where Camunda's gateway checks a body otherwise than its document says. */
const adjustments: Record<string, (body: ObjectShape) => void> = {
  CorrelateMessage: (body) => {
    body.properties.get('name')!.called = 'messageName';
  },
  // any number is taken
  UpdateJob: (body) => {
    body.properties.get('operationReference')!.shape = { kind: 'number' };
  },
  GetJobTypeStatistics: windowIsJudgedLater,
  GetJobWorkerStatistics: windowIsJudgedLater,
  GetJobTimeSeriesStatistics: windowIsJudgedLater,
  GetJobErrorStatistics: windowIsJudgedLater,
  // the document says `object`, but means and takes any JSON value
  CreateGlobalClusterVariable: anyValue,
  UpdateGlobalClusterVariable: anyValue,
  CreateTenantClusterVariable: anyValue,
  UpdateTenantClusterVariable: anyValue,
};

export function adjustShape(operation: string, body: Shape) {
  if (body.kind === 'object') adjustments[operation]?.(body);
}

function anyValue(body: ObjectShape) {
  body.properties.get('value')!.shape = { kind: 'anything' };
}

function windowIsJudgedLater(body: ObjectShape) {
  const filter = body.properties.get('filter')!.shape as ObjectShape;
  for (const name of ['from', 'to']) filter.properties.get(name)!.required = false;
}
