/** What one evaluation may cost: it runs inside the engine's only thread. Set once by the engine that opens. */
export const feelLimits = {
  /** Iterations, calls, and items that functions make. */
  maxSteps: 2_000_000,
  /** Calls within calls. */
  maxDepth: 400,
  maxMs: 5000,
};
