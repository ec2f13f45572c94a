import test from 'ava';
import { once } from 'node:events';
import { connect, type IncomingHttpHeaders } from 'node:http2';
import { gzipSync } from 'node:zlib';
import { startGrpcEngine } from './testing/grpc-engine.ts';

test('clients are told that nothing need be squeezed, and may squeeze it all the same', async (t) => {
  const engine = await startGrpcEngine();
  t.teardown(() => engine.stop());
  const session = connect(`http://${engine.grpcAddress}`);
  t.teardown(() => session.close());
  const call = async (name: string, message: Buffer, encoding: string) => {
    const stream = session.request({
      ':method': 'POST',
      ':path': `/gateway_protocol.Gateway/${name}`,
      'content-type': 'application/grpc',
      'grpc-encoding': encoding,
      te: 'trailers',
    });
    const frame = Buffer.alloc(5);
    frame.writeUInt8(encoding === 'identity' ? 0 : 1);
    frame.writeUInt32BE(message.length, 1);
    stream.end(Buffer.concat([frame, message]));
    const trailers = once(stream, 'trailers');
    stream.resume();
    const [[headers], [end]] = (await Promise.all([once(stream, 'response'), trailers])) as [
      [IncomingHttpHeaders],
      [IncomingHttpHeaders],
    ];
    return { accepts: headers['grpc-accept-encoding'], status: end['grpc-status'] };
  };
  for (const encoding of ['identity', 'gzip']) {
    const message = encoding === 'gzip' ? gzipSync('') : Buffer.alloc(0);
    t.deepEqual(await call('Topology', message, encoding), { accepts: 'identity', status: '0' });
  }
});
