import { ServerInterceptingCall, status, type Metadata, type ServerInterceptor } from '@grpc/grpc-js';
import { credentialsCheck, type Credentials } from '../credentials.ts';

/** Refuses, before the request is read, every call that does not carry these credentials as Zeebe's clients send them. */
export function authentication(credentials: Credentials): ServerInterceptor {
  const isAllowed = credentialsCheck(credentials);
  return ({ path }, call) => {
    // its health is no secret, in Zeebe neither
    if (path.startsWith('/grpc.health.')) return new ServerInterceptingCall(call);
    return new ServerInterceptingCall(call, {
      start: (next) =>
        next({
          onReceiveMetadata: (metadata, nextMetadata) => {
            const details = refusal(metadata, isAllowed);
            if (details === undefined) nextMetadata(metadata);
            else call.sendStatus({ code: status.UNAUTHENTICATED, details });
          },
        }),
    });
  };
}

function refusal(metadata: Metadata, isAllowed: (header: string | undefined) => boolean) {
  const header = metadata.get('authorization')[0]?.toString();
  if (header === undefined) {
    return 'Expected authentication information at header with key [authorization], but found nothing';
  }
  if (!header.startsWith('Basic ')) return "Expected authentication information to start with 'Basic '";
  return isAllowed(header) ? undefined : 'Invalid credentials';
}
