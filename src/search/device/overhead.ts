/**
 * What looking for a device may cost a run.
 *
 * Seconds are those of about a core of 2024: work stands for time, so that two equal runs look at the same event.
 */
export const OVERHEAD = {
  /** A run has worked so long on every thread before it looks. */
  secondsBefore: 30,
  /** Share of the time so far that the measurements may take; with the start of the device it stays below a twentieth. */
  share: 0.03,
  /** Of a row of a law, and of a law whatever its rows. */
  secondsOfRow: 7e-9,
  secondsOfLaw: 3e-5,
};
