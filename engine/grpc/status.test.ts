import type { ServiceError } from '@grpc/grpc-js';
import test from 'ava';
import protobuf from 'protobufjs';
import { startGrpcEngine } from './testing/grpc-engine.ts';

const GoogleStatus = new protobuf.Type('Status')
  .add(new protobuf.Field('code', 1, 'int32'))
  .add(new protobuf.Field('message', 2, 'string'));

test('a failure is told as a google.rpc.Status in the trailers too', async (t) => {
  const engine = await startGrpcEngine();
  t.teardown(() => engine.stop());
  const refused: [string, object, code: number][] = [
    ['CompleteJob', { jobKey: 1 }, 5],
    ['CreateProcessInstance', { bpmnProcessId: 'ü'.repeat(300), version: -1 }, 5],
    ['PublishMessage', { name: 'a', variables: '[' }, 3],
  ];
  for (const [rpc, request, code] of refused) {
    const failure = (await t.throwsAsync(engine.bare.call(rpc, request))) as unknown as ServiceError;
    const [trailer] = failure.metadata.get('grpc-status-details-bin') as Buffer[];
    const status = GoogleStatus.toObject(GoogleStatus.decode(trailer!));
    t.deepEqual(status, { code, message: failure.details });
  }
});
