/** Where the application's "now" comes from: business time. Sessions, leases and back-off use real time instead. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
}
