import type { Row } from './row.ts';

const pending = 'Not there yet: there is no gRPC gateway.';
const none = (name: string): Row => ({ name, state: 'none', note: pending });

/** Every rpc of Zeebe's gateway (zeebe.proto of Camunda's SDK). */
export const rpcs: Row[] = [
  none('ActivateJobs'),
  none('StreamActivatedJobs'),
  none('CancelProcessInstance'),
  none('CompleteJob'),
  none('CreateProcessInstance'),
  none('CreateProcessInstanceWithResult'),
  none('EvaluateDecision'),
  none('DeployProcess'),
  none('DeployResource'),
  none('FailJob'),
  none('ThrowError'),
  none('PublishMessage'),
  none('ResolveIncident'),
  none('SetVariables'),
  none('Topology'),
  none('UpdateJobRetries'),
  none('ModifyProcessInstance'),
  none('MigrateProcessInstance'),
  none('UpdateJobTimeout'),
  none('DeleteResource'),
  none('BroadcastSignal'),
];
