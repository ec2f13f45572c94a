export class TooManyRequests extends Error {
  override name = 'TooManyRequests' as const;
}
