import { ProtobufWriter } from '../../core/index.ts';
import type { Module, NamedParameters } from '../module.ts';

/** Of the format, and of the set of operators: the first with LayerNormalization. */
const IR_VERSION = 8;
export const ONNX_OPSET = 17;

/** Numbers of TensorProto.DataType. */
const TYPE = { float32: 1, int32: 6, int64: 7, bool: 9 } as const;
/** Numbers of AttributeProto.AttributeType. */
const KIND = { float: 1, integer: 2, text: 3, integers: 7 } as const;

export type OnnxType = keyof typeof TYPE;

/** A value of the graph: its name, and its shape without the axis of the batch, which is left open. */
export interface OnnxValue {
  readonly name: string;
  readonly shape: readonly number[];
}

/** Attributes of a node; numbers are whole unless wrapped as `float`. */
export type OnnxAttributes = Readonly<
  Record<string, number | string | readonly number[] | { readonly float: number } | undefined>
>;

/** How the nodes of a layer are written; `mask` is 1 for places that count and 0 for padded ones, shape [places]. */
export type WriteLayer = (layer: Module, x: OnnxValue, graph: OnnxGraph, mask: OnnxValue | undefined) => OnnxValue;

/** Finds how to write a layer, or throws. */
export type FindLayer = (layer: Module) => WriteLayer;

/** Collects the nodes and constants of a graph in the order in which they are computed. */
export class OnnxGraph {
  private readonly body = new ProtobufWriter();
  private readonly names = new Map<unknown, string>();
  private readonly written = new Map<string, string>();
  private readonly used = new Set<string>();
  private count = 0;

  constructor(
    parameters: NamedParameters,
    private readonly find: FindLayer,
  ) {
    for (const [name, variable] of parameters) if (!this.names.has(variable)) this.names.set(variable, name);
  }

  /**
   * Writes the nodes of a layer.
   *
   * @throws BackendError "no-onnx" for a layer without a row in the table
   */
  layer(layer: Module, x: OnnxValue, mask?: OnnxValue): OnnxValue {
    return this.find(layer)(layer, x, this, mask);
  }

  /** A node of one output; the name of that. Inputs that are empty are left out. */
  node(operator: string, inputs: readonly string[], attributes?: OnnxAttributes): string {
    return this.nodes(operator, inputs, 1, attributes)[0];
  }

  /** A node of several outputs, the names of those. */
  nodes(operator: string, inputs: readonly string[], outputs: number, attributes: OnnxAttributes = {}): string[] {
    const label = `${operator}_${++this.count}`;
    const names = Array.from({ length: outputs }, (_, i) => (outputs === 1 ? label : `${label}_${i + 1}`));
    this.body.message(1, (node) => {
      for (const input of inputs) {
        node.text(1, input);
        this.used.add(input);
      }
      for (const name of names) node.text(2, name);
      node.text(3, label).text(4, operator);
      for (const [name, value] of Object.entries(attributes)) {
        if (value !== undefined) node.message(5, (attribute) => writeAttribute(attribute.text(1, name), value));
      }
    });
    return names;
  }

  /** Whether some node reads a value. */
  uses(name: string): boolean {
    return this.used.has(name);
  }

  /** A parameter of the network under its own name. */
  parameter(variable: { readonly shape: readonly number[]; dataSync(): ArrayLike<number> }): string {
    const name = this.names.get(variable)!;
    return this.tensor(name, Float32Array.from(variable.dataSync()), variable.shape, 'float32');
  }

  /** A constant of single precision; a scalar without a shape. */
  floats(values: readonly number[] | Float32Array, shape: readonly number[] = []): string {
    const key = `constant_f_${shape.join('x')}_${Array.from(values).join('_')}`;
    return this.constant(key, () => [Float32Array.from(values), shape, 'float32']);
  }

  /** A list of whole numbers, or a tensor of them. */
  integers(values: readonly number[], shape: readonly number[] = [values.length]): string {
    const key = `constant_i_${shape.join('x')}_${values.join('_')}`;
    return this.constant(key, () => [BigInt64Array.from(values, BigInt), shape, 'int64']);
  }

  /** An input of the whole graph. */
  input(name: string, shape: readonly number[], type: OnnxType): OnnxValue {
    this.body.message(11, (value) => writeValue(value, name, shape, type));
    return { name, shape };
  }

  /** The model as bytes, with one output. */
  finish(name: string, { name: last, shape }: OnnxValue): Uint8Array<ArrayBuffer> {
    this.body.message(1, (node) => void node.text(1, last).text(2, name).text(3, name).text(4, 'Identity'));
    this.body.text(2, 'network').message(12, (value) => writeValue(value, name, shape, 'float32'));
    return new ProtobufWriter()
      .integer(1, IR_VERSION)
      .text(2, 'ansatz')
      .bytes(7, this.body.finish())
      .message(8, (opset) => void opset.text(1, '').integer(2, ONNX_OPSET))
      .finish();
  }

  private constant(key: string, make: () => [Float32Array | BigInt64Array, readonly number[], OnnxType]): string {
    const before = this.written.get(key);
    if (before !== undefined) return before;
    const name = `constant_${++this.count}`;
    this.tensor(name, ...make());
    this.written.set(key, name);
    return name;
  }

  private tensor(name: string, values: Float32Array | BigInt64Array, shape: readonly number[], type: OnnxType): string {
    if (this.written.has(name)) return name;
    this.written.set(name, name);
    this.body.message(5, (tensor) => {
      for (const length of shape) tensor.integer(1, length);
      tensor.integer(2, TYPE[type]).text(8, name).bytes(9, littleEndian(values));
    });
    return name;
  }
}

function writeAttribute(attribute: ProtobufWriter, value: NonNullable<OnnxAttributes[string]>): void {
  if (typeof value === 'number') attribute.integer(3, value).integer(20, KIND.integer);
  else if (typeof value === 'string') attribute.text(4, value).integer(20, KIND.text);
  else if ('float' in value) attribute.float(2, value.float).integer(20, KIND.float);
  else {
    for (const entry of value) attribute.integer(8, entry);
    attribute.integer(20, KIND.integers);
  }
}

function writeValue(value: ProtobufWriter, name: string, shape: readonly number[], type: OnnxType): void {
  value.text(1, name).message(2, (outer) => {
    outer.message(1, (tensor) => {
      tensor.integer(1, TYPE[type]).message(2, (axes) => {
        axes.message(1, (axis) => void axis.text(2, 'batch'));
        for (const length of shape) axes.message(1, (axis) => void axis.integer(1, length));
      });
    });
  });
}

/** The format wants this order of bytes on every machine. */
function littleEndian(values: Float32Array | BigInt64Array): Uint8Array {
  const bytes = new Uint8Array(values.byteLength);
  const view = new DataView(bytes.buffer);
  if (values instanceof Float32Array) for (const [i, value] of values.entries()) view.setFloat32(4 * i, value, true);
  else for (const [i, value] of values.entries()) view.setBigInt64(8 * i, value, true);
  return bytes;
}
