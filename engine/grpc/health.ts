import {
  status,
  type sendUnaryData,
  type ServerUnaryCall,
  type ServerWritableStream,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import type { Engine } from '../engine.ts';

interface Asked {
  service: string;
}

interface Answer {
  status: 'SERVING' | 'NOT_SERVING' | 'SERVICE_UNKNOWN';
}

/** The whole gateway, and its one service. */
const services = new Set(['', 'gateway_protocol.Gateway']);
const watchEveryMs = 1000;

/** Answers whoever asks, with credentials or without: a probe has none. */
export function healthService(engine: Engine): UntypedServiceImplementation {
  const current = ({ service }: Asked): Answer['status'] => {
    if (!services.has(service)) return 'SERVICE_UNKNOWN';
    return engine.status().healthy ? 'SERVING' : 'NOT_SERVING';
  };
  return {
    Check({ request }: ServerUnaryCall<Asked, Answer>, answer: sendUnaryData<Answer>) {
      if (services.has(request.service)) answer(null, { status: current(request) });
      else answer({ code: status.NOT_FOUND, details: `unknown service ${request.service}` });
    },
    Watch(call: ServerWritableStream<Asked, Answer>) {
      let told: Answer['status'] | undefined;
      const tell = () => {
        const now = current(call.request);
        if (now !== told) call.write({ status: (told = now) });
      };
      tell();
      const timer = setInterval(tell, watchEveryMs);
      call.on('cancelled', () => clearInterval(timer));
    },
  };
}
