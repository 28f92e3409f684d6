/** A key of a ROOT file: the name, class and cycle of an object in it. */
export interface RootKey {
  readonly fName: string;
  readonly fClassName: string;
  readonly fCycle: number;
}

/** What jsroot makes of a ROOT file. */
export interface RootFile {
  readonly fKeys: readonly RootKey[];
  readonly readObject: (path: string, cycle?: number) => Promise<unknown>;
}

/** A list of ROOT objects. */
export interface RootList<T> {
  readonly arr: readonly (T | null | undefined)[];
}

/** The leaf of a branch: the kind of its numbers. */
export interface RootLeaf {
  readonly _typename: string;
  readonly fName: string;
  readonly fLen: number;
  readonly fIsUnsigned: boolean;
  readonly fLeafCount?: unknown;
}

/** A basket that is kept with the tree instead of on its own. */
export interface RootBasket {
  readonly fNevBuf: number;
  readonly fBufferRef?: { readonly arr: DataView } | null;
}

/** A branch of a tree: where its baskets lie. */
export interface RootBranch {
  readonly _typename: string;
  readonly fName: string;
  readonly fEntries: number;
  readonly fEntryOffsetLen: number;
  readonly fWriteBasket: number;
  readonly fBasketSeek: ArrayLike<number>;
  readonly fBasketBytes: ArrayLike<number>;
  readonly fBasketEntry: ArrayLike<number>;
  readonly fFileName?: string;
  readonly fBaskets?: RootList<RootBasket>;
  readonly fBranches?: RootList<RootBranch>;
  readonly fLeaves?: RootList<RootLeaf>;
}

/** A tree of a ROOT file. */
export interface RootTree {
  readonly fEntries: number;
  readonly fBranches: RootList<RootBranch>;
}

/** The parts of jsroot that are used; the package is optional and its types with it. */
export interface JsRoot {
  readonly openFile: (content: ArrayBuffer) => Promise<RootFile>;
  /** Unpacks what ROOT compressed; null when it cannot. */
  readonly unpack: (packed: DataView, size: number, silent: boolean) => Promise<DataView | null>;
}
