import * as tf from '@tensorflow/tfjs';
import { DataError, OptionError, type RandomStream, ShapeError } from '../../core/index.ts';
import { embedding } from '../../tensors/index.ts';
import { Module } from '../module.ts';
import { checkSize } from '../parameter.ts';
import { Dense } from './dense.ts';

/** How the states of two children become that of their parent. */
export type TreeCell = 'simple' | 'gated';

/** What a network on binary trees is made of. */
export interface RecursiveTreeOptions {
  /** Numbers that describe a node. */
  readonly inputs: number;
  /** Numbers of a state. */
  readonly hidden: number;
  /** "gated" without a word. */
  readonly cell?: TreeCell;
}

/** Nodes of one height in all trees, each with the places of its children among those computed before. */
interface Level {
  /** Rows of the nodes among all nodes of the batch. */
  readonly nodes: Int32Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
}

/**
 * A network on binary trees, such as the clustering history of a jet: the state of a node comes from its numbers and from
 * the states of its two children, and that of the root stands for the tree. All nodes of one height are computed at once.
 *
 * simple: h = relu([h_left, h_right, u] W + b). gated: reset gates on each of the three, and a softmax over the candidate and
 * the three says of what h is made. u = relu(x W_u + b_u), which is the state of a leaf.
 *
 * @see Louppe, Cho, Becot, Cranmer, "QCD-aware recursive neural networks for jet physics", arXiv:1702.00748
 */
export class RecursiveTree extends Module {
  readonly embed: Dense;
  readonly combine: Dense;
  readonly reset: Dense | undefined;
  readonly choose: Dense | undefined;
  private readonly inputs: number;
  private readonly hidden: number;

  /** @throws OptionError "size" | "cell" */
  constructor({ inputs, hidden, cell = 'gated' }: RecursiveTreeOptions, random: RandomStream) {
    super();
    checkSize('inputs', inputs);
    checkSize('hidden', hidden);
    if (cell !== 'simple' && cell !== 'gated') {
      throw new OptionError('cell', 'cell', `"${String(cell)}"`, 'give "simple" or "gated"');
    }
    this.inputs = inputs;
    this.hidden = hidden;
    this.embed = new Dense(inputs, hidden, random, { activation: 'relu' });
    this.combine = new Dense(3 * hidden, hidden, random, { activation: 'relu' });
    this.reset = cell === 'gated' ? new Dense(3 * hidden, 3 * hidden, random, { activation: 'sigmoid' }) : undefined;
    this.choose = cell === 'gated' ? new Dense(4 * hidden, 4 * hidden, random) : undefined;
  }

  /**
   * @param x numbers of the nodes, shape [batch, nodes, inputs]; node 0 is the root
   * @param children int32, the numbers of both children of each node, or -1 twice for a leaf, shape [batch, nodes, 2]; what
   *   does not hang on the root is padding. Without it, every root is a leaf.
   * @returns the states of the roots, shape [batch, hidden]
   * @throws ShapeError, DataError "tree" for children that make no tree
   */
  override call(x: tf.Tensor, children?: tf.Tensor): tf.Tensor {
    const [batch, nodes, inputs] = x.shape as [number, number, number];
    if (x.rank !== 3 || inputs !== this.inputs || x.size === 0) {
      throw new ShapeError('x', `[batch, nodes, ${this.inputs}]`, `[${x.shape.join(', ')}]`);
    }
    if (children && !tf.util.arraysEqual(children.shape, [batch, nodes, 2])) {
      throw new ShapeError('children', `[${batch}, ${nodes}, 2]`, `[${children.shape.join(', ')}]`);
    }
    const { levels, roots } = levelsOf(
      children?.dataSync() ?? new Int32Array(2 * batch * nodes).fill(-1),
      batch,
      nodes,
    );
    const rows = tf.reshape(x, [batch * nodes, inputs]);
    const embedded = levels.map((level) => this.embed.call(rowsAt(rows, level.nodes)));
    let states = embedded[0];
    for (const [i, level] of levels.entries()) {
      if (i === 0) continue;
      const both = [level.left, level.right].map((at) => rowsAt(states, at));
      states = tf.concat([states, this.cell([...both, embedded[i]])], 0);
    }
    return rowsAt(states, roots);
  }

  /** The states of parents from those of their left and right children and their own numbers; shape [nodes, hidden]. */
  private cell(parts: tf.Tensor[]): tf.Tensor {
    const { reset, choose, hidden } = this;
    const together = tf.concat(parts, 1);
    if (!reset || !choose) return this.combine.call(together);
    const candidate = this.combine.call(tf.mul(reset.call(together), together));
    const all = [candidate, ...parts];
    const scores = tf.reshape(choose.call(tf.concat(all, 1)), [-1, 4, hidden]);
    const shares = tf.softmax(tf.transpose(scores, [0, 2, 1]));
    return tf.sum(tf.mul(shares, tf.stack(all, 2)), 2);
  }
}

function rowsAt(x: tf.Tensor, at: Int32Array): tf.Tensor {
  return embedding(x, tf.tensor1d(at, 'int32'));
}

/**
 * The nodes below all roots by their height, leaves first, and where the roots stand among them.
 *
 * @throws DataError "tree"
 */
function levelsOf(children: ArrayLike<number>, batch: number, nodes: number): { levels: Level[]; roots: Int32Array } {
  const byHeight: number[][] = [];
  const height = new Int32Array(batch * nodes).fill(-1);
  for (let tree = 0; tree < batch; tree++) {
    // Parents stand before their children, so that backwards every node finds the heights below it.
    const order = nodesBelowRoot(children, tree, nodes);
    for (const row of order.reverse()) {
      const below = childrenOf(children, row).map((child) => height[tree * nodes + child]);
      height[row] = Math.max(-1, ...below) + 1;
      if (byHeight.length === height[row]) byHeight.push([]);
      byHeight[height[row]].push(row);
    }
  }
  const place = new Int32Array(batch * nodes);
  byHeight.flat().forEach((row, i) => {
    place[row] = i;
  });
  const child = (row: number, side: 0 | 1): number => {
    const first = row - (row % nodes);
    return place[first + childrenOf(children, row)[side]];
  };
  const levels = byHeight.map((rows, i) => ({
    nodes: Int32Array.from(rows),
    left: Int32Array.from(i === 0 ? [] : rows, (row) => child(row, 0)),
    right: Int32Array.from(i === 0 ? [] : rows, (row) => child(row, 1)),
  }));
  return { levels, roots: Int32Array.from({ length: batch }, (_, tree) => place[tree * nodes]) };
}

/** None, or two. */
function childrenOf(children: ArrayLike<number>, row: number): number[] {
  return children[2 * row] < 0 ? [] : [children[2 * row], children[2 * row + 1]];
}

/** Rows of the nodes of a tree, every parent before its children. */
function nodesBelowRoot(children: ArrayLike<number>, tree: number, nodes: number): number[] {
  const found = [tree * nodes];
  const seen = new Set(found);
  const refuse = (row: number, what: string): never => {
    const message = `tree ${tree + 1}, node ${row - tree * nodes}: ${what}`;
    throw new DataError('tree', message, 'give two numbers of nodes, or -1 twice for a leaf', { tree, node: row });
  };
  for (let i = 0; i < found.length; i++) {
    const row = found[i];
    const pair = [children[2 * row], children[2 * row + 1]];
    if (pair.every((child) => child === -1)) continue;
    for (const child of pair) {
      if (!(Number.isInteger(child) && child >= 0 && child < nodes)) refuse(row, `child ${child} of ${nodes} nodes`);
      const at = tree * nodes + child;
      if (seen.has(at)) refuse(row, `child ${child} has another parent, or is the root`);
      seen.add(at);
      found.push(at);
    }
  }
  return found;
}
