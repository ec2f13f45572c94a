import { parentPort, workerData } from 'node:worker_threads';
import { startEngine, type EngineStart } from './start-engine.ts';
import { startFailure } from './start-failure.ts';

// Runs inside the worker thread of thread.ts: starts, says where it listens, stops when told to.
const start = workerData as EngineStart;
try {
  const running = await startEngine(start);
  parentPort!.on('message', (message) => {
    if (message !== 'stop') return;
    void running.stop().then(() => {
      parentPort!.postMessage({ stopped: true });
      parentPort!.close();
    });
  });
  parentPort!.postMessage({ address: running.address });
} catch (error) {
  parentPort!.postMessage({ failure: startFailure(error, start) });
  parentPort!.close();
}
