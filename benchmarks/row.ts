/** A line of a benchmark's table, and of its JSON. */
export interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What it is compared with; null without such. */
  readonly reference: number | null;
  readonly ratio: number | null;
}
