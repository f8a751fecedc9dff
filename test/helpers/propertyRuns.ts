/** How often a property runs. MOU_TRACKER_PROPERTY_RUNS multiplies: 20 for a thorough night. */
const factor = Number(process.env.MOU_TRACKER_PROPERTY_RUNS ?? 1);

export const runs = (usual: number) => ({ numRuns: Math.max(1, Math.round(usual * (factor > 0 ? factor : 1))) });

export const LONG_MS = 60_000 * Math.max(1, factor);
