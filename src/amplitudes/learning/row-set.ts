/** Rows of whole numbers, each kept once, numbered in the order in which they came. */
export class RowSet {
  /** Shape [capacity, columns]; the first `count` rows count. */
  rows: Int32Array;
  count = 0;
  private slots: Int32Array;

  constructor(
    readonly columns: number,
    capacity = 1024,
  ) {
    this.rows = new Int32Array(capacity * columns);
    this.slots = new Int32Array(slotsFor(capacity)).fill(-1);
  }

  /** The number of a row, which is added when it is new. @param row shape [columns] */
  add(row: Int32Array): number {
    const { columns } = this;
    let slot = this.slotOf(row, 0);
    for (let id = this.slots[slot]; id >= 0; id = this.slots[slot]) {
      if (this.isRow(id, row)) return id;
      slot = (slot + 1) & (this.slots.length - 1);
    }
    if ((this.count + 1) * columns > this.rows.length) {
      this.grow();
      return this.add(row);
    }
    this.rows.set(row, this.count * columns);
    this.slots[slot] = this.count;
    return this.count++;
  }

  private isRow(id: number, row: Int32Array): boolean {
    const { columns, rows } = this;
    const from = id * columns;
    for (let i = 0; i < columns; i++) if (rows[from + i] !== row[i]) return false;
    return true;
  }

  /** FNV-1a on whole entries, with the high bits mixed into the low ones. */
  private slotOf(row: Int32Array, from: number): number {
    let hash = 0x811c9dc5;
    for (let i = 0; i < this.columns; i++) {
      hash = Math.imul(hash ^ row[from + i], 0x01000193);
      hash ^= hash >>> 15;
    }
    return hash & (this.slots.length - 1);
  }

  private grow(): void {
    const rows = new Int32Array(2 * this.rows.length);
    rows.set(this.rows);
    this.rows = rows;
    this.slots = new Int32Array(slotsFor(rows.length / this.columns)).fill(-1);
    for (let id = 0; id < this.count; id++) {
      let slot = this.slotOf(rows, id * this.columns);
      while (this.slots[slot] >= 0) slot = (slot + 1) & (this.slots.length - 1);
      this.slots[slot] = id;
    }
  }
}

/** Twice as many slots as rows, or more: a power of two. */
function slotsFor(rows: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(2, 2 * rows)));
}
