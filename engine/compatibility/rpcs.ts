import type { Row } from './row.ts';

const full = (name: string, note?: string): Row => ({ name, state: 'full', ...(note && { note }) });

/** Every rpc of the gateway of 8.9: those of the proto in Camunda's package and what grpc/since-8-8.proto adds. */
export const rpcs: Row[] = [
  full('ActivateJobs'),
  full('StreamActivatedJobs', 'Jobs that wait already are pushed too, not only those that appear.'),
  full('CancelProcessInstance'),
  full('CompleteJob'),
  full('CreateProcessInstance'),
  full('CreateProcessInstanceWithResult'),
  full('EvaluateDecision'),
  full('DeployProcess'),
  full('DeployResource'),
  full('FailJob'),
  full('ThrowError'),
  full('PublishMessage'),
  full('ResolveIncident'),
  full('SetVariables'),
  full('Topology'),
  full('UpdateJobRetries'),
  full('ModifyProcessInstance'),
  full('MigrateProcessInstance'),
  full('UpdateJobTimeout'),
  full('DeleteResource'),
  full('BroadcastSignal'),
  full('EvaluateConditional'),
];
