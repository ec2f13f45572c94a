import { once } from 'node:events';
import { promisify } from 'node:util';
import test from 'ava';
import { BareClient, healthClient, sdkClient, startGrpcEngine } from './testing/grpc-engine.ts';

test('with basic auth only who has the credentials is heard', async (t) => {
  const guarded = await startGrpcEngine({ credentials: { username: 'li', password: 'secret' } });
  t.teardown(() => guarded.stop());
  const allowed = sdkClient(guarded.grpcAddress, {
    CAMUNDA_AUTH_STRATEGY: 'BASIC',
    CAMUNDA_BASIC_AUTH_USERNAME: 'li',
    CAMUNDA_BASIC_AUTH_PASSWORD: 'secret',
  });
  t.is((await allowed.topology()).clusterSize, 1);
  await allowed.close();
  const nobody = new BareClient(guarded.grpcAddress);
  t.teardown(() => nobody.close());
  await t.throwsAsync(() => nobody.call('Topology', {}), {
    message:
      '16 UNAUTHENTICATED: Expected authentication information at header with key [authorization], but found nothing',
  });
  const headers = { authorization: `Basic ${Buffer.from('li:guess').toString('base64')}` };
  await t.throwsAsync(() => nobody.call('Topology', {}, { headers }), {
    message: '16 UNAUTHENTICATED: Invalid credentials',
  });
  const bearer = { authorization: 'Bearer x' };
  await t.throwsAsync(() => nobody.call('Topology', {}, { headers: bearer }), {
    message: "16 UNAUTHENTICATED: Expected authentication information to start with 'Basic '",
  });
});

test('probes ask for its health as gRPC has it, without credentials', async (t) => {
  const guarded = await startGrpcEngine({ credentials: { username: 'li', password: 'secret' } });
  t.teardown(() => guarded.stop());
  const health = healthClient(guarded.grpcAddress);
  t.teardown(() => health.close());
  const check = promisify(health.Check.bind(health)) as (asked: { service: string }) => Promise<unknown>;
  t.deepEqual(await check({ service: '' }), { status: 'SERVING' });
  t.deepEqual(await check({ service: 'gateway_protocol.Gateway' }), { status: 'SERVING' });
  await t.throwsAsync(() => check({ service: 'other' }), { message: '5 NOT_FOUND: unknown service other' });
  const watched = health.Watch({ service: '' });
  watched.on('error', () => {});
  t.deepEqual(await once(watched, 'data'), [{ status: 'SERVING' }]);
  watched.cancel();
  const unknown = health.Watch({ service: 'other' });
  unknown.on('error', () => {});
  t.deepEqual(await once(unknown, 'data'), [{ status: 'SERVICE_UNKNOWN' }]);
  unknown.cancel();
});
