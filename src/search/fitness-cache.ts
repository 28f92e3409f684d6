import type { Fitted } from './objective.ts';
import { Forest, type TreePacker } from './tree-packer.ts';

/** Entries of a generation; two generations are kept. */
const GENERATION = 800;

/**
 * What an island knows about structures it has met, by key.
 *
 * Memory is bounded by forgetting whole generations, in the order of insertion alone, so that a run which is
 * taken up again forgets the same. With a packer every entry is written down once, when it comes.
 */
export class FitnessCache {
  private young = new Map<string, Fitted>();
  private old = new Map<string, Fitted>();
  private youngForest = new Forest();
  private oldForest = new Forest();
  private readonly packer: TreePacker | undefined;

  constructor(packer: TreePacker | undefined) {
    this.packer = packer;
  }

  get(key: string): Fitted | undefined {
    return this.young.get(key) ?? this.old.get(key);
  }

  set(key: string, fitted: Fitted): void {
    if (this.young.size >= GENERATION) {
      this.old = this.young;
      this.young = new Map();
      this.oldForest = this.youngForest;
      this.youngForest = new Forest();
    }
    if (this.packer && this.young.get(key) !== fitted) this.packer.append(fitted, this.youngForest);
    this.young.set(key, fitted);
  }

  /** Both generations, packed. */
  snapshot(): { young: Float64Array; old: Float64Array } {
    return { young: this.youngForest.toArray(), old: this.oldForest.toArray() };
  }

  /** @param keyOf key of a tree; a later entry of a key replaces an earlier one, as it did */
  restore(
    state: { young: Float64Array; old: Float64Array },
    packer: TreePacker,
    keyOf: (fitted: Fitted) => string,
  ): void {
    const fill = (packed: Float64Array): [Map<string, Fitted>, Forest] => {
      const map = new Map<string, Fitted>();
      const forest = new Forest(packed.length);
      for (const fitted of packer.unpack(packed)) {
        map.set(keyOf(fitted), fitted);
        packer.append(fitted, forest);
      }
      return [map, forest];
    };
    [this.old, this.oldForest] = fill(state.old);
    [this.young, this.youngForest] = fill(state.young);
  }
}
