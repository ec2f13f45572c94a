import { credentialsCheck, type Credentials } from '../credentials.ts';
import { Problem } from './problem.ts';

/** @returns a check that throws Problem 401 unless the header carries exactly these credentials */
export function basicAuth(credentials: Credentials) {
  const isAllowed = credentialsCheck(credentials);
  return (header: string | undefined) => {
    if (isAllowed(header)) return;
    throw new Problem(401, 'Unauthorized', 'Bad credentials', { 'www-authenticate': 'Basic realm="Liandong engine"' });
  };
}
