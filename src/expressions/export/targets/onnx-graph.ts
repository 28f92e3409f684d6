import { ProtobufWriter } from '../../../core/index.ts';

import { ONNX_DEFINITIONS } from './onnx-operators.ts';

/** Numbers of the fields and types of onnx.proto that are used here. */
const TYPE = { float32: 1, float64: 11 } as const;
const INTEGER_ATTRIBUTE = 2;

/** A node of a template: a call, a number or an argument. */
type Step =
  | { readonly kind: 'call'; readonly name: string; readonly arguments: readonly Step[] }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'argument'; readonly index: number };

const parsed = new Map<string, Step>();

/** Reads `Where(Less(#1, 0), nan, #1)`. */
function parseTemplate(text: string): Step {
  const before = parsed.get(text);
  if (before) return before;
  const tokens = text.match(/[A-Za-z][A-Za-z0-9]*|#[12]|-?\d[\d.e+-]*|[(),]/g) ?? [];
  let next = 0;
  const read = (): Step => {
    const token = tokens[next++];
    if (token.startsWith('#')) return { kind: 'argument', index: Number(token[1]) - 1 };
    if (token === 'nan') return { kind: 'number', value: Number.NaN };
    if (/^[-\d]/.test(token)) return { kind: 'number', value: Number(token) };
    const args: Step[] = [];
    while (tokens[next] !== ')') {
      next++; // the opening bracket or a comma
      args.push(read());
    }
    next++;
    return { kind: 'call', name: token, arguments: args };
  };
  const step = read();
  parsed.set(text, step);
  return step;
}

/** Collects the nodes and constants of a graph; equal nodes become one. */
export class OnnxGraph {
  private readonly nodes = new ProtobufWriter();
  private readonly known = new Map<string, string>();
  private count = 0;

  constructor(
    private readonly precision: 'float64' | 'float32',
    /** Names of values that are in use. */
    private readonly taken: ReadonlySet<string>,
  ) {}

  /** The name of the value that a template has for these arguments. */
  apply(template: string, args: readonly string[]): string {
    return this.build(parseTemplate(template), args);
  }

  /** The name of a constant, a tensor of shape []. */
  number(value: number): string {
    return this.once(`number ${Object.is(value, -0) ? '-0' : value}`, (name) => {
      this.nodes.message(5, (tensor) => {
        tensor.integer(2, TYPE[this.precision]).text(8, name).bytes(9, this.raw(value));
      });
    });
  }

  /** The graph as a GraphProto: tensors of shape [N], one output. */
  finish(name: string, inputs: readonly string[], result: string, scalar: boolean): Uint8Array {
    this.node('Identity', [result], name);
    const value = (writer: ProtobufWriter, shape: readonly string[], valueName: string) => {
      writer.text(1, valueName).message(2, (type) => {
        type.message(1, (tensor) => {
          tensor.integer(1, TYPE[this.precision]).message(2, (dimensions) => {
            for (const dimension of shape) dimensions.message(1, (entry) => void entry.text(2, dimension));
          });
        });
      });
    };
    this.nodes.text(2, name);
    for (const input of inputs) this.nodes.message(11, (writer) => value(writer, ['N'], input));
    this.nodes.message(12, (writer) => value(writer, scalar ? [] : ['N'], name));
    return this.nodes.finish();
  }

  private build(step: Step, args: readonly string[]): string {
    if (step.kind === 'argument') return args[step.index];
    if (step.kind === 'number') return this.number(step.value);
    const inputs = step.arguments.map((argument) => this.build(argument, args));
    const definitions = ONNX_DEFINITIONS[this.precision];
    if (Object.hasOwn(definitions, step.name)) return this.apply(definitions[step.name], inputs);
    return this.once(`${step.name} ${inputs.join(' ')}`, (name) => this.node(step.name, inputs, name));
  }

  private once(key: string, make: (name: string) => void): string {
    const before = this.known.get(key);
    if (before !== undefined) return before;
    let name: string;
    do name = `v${++this.count}`;
    while (this.taken.has(name));
    make(name);
    this.known.set(key, name);
    return name;
  }

  private node(operator: string, inputs: readonly string[], output: string): void {
    const cast = /^CastTo(Double|Float)$/.exec(operator)?.[1];
    this.nodes.message(1, (node) => {
      for (const input of inputs) node.text(1, input);
      node.text(2, output).text(4, cast ? 'Cast' : operator);
      if (!cast) return;
      const type = cast === 'Double' ? TYPE.float64 : TYPE.float32;
      node.message(5, (attribute) => void attribute.text(1, 'to').integer(3, type).integer(20, INTEGER_ATTRIBUTE));
    });
  }

  private raw(value: number): Uint8Array {
    const bytes = new Uint8Array(this.precision === 'float64' ? 8 : 4);
    const view = new DataView(bytes.buffer);
    if (this.precision === 'float64') view.setFloat64(0, value, true);
    else view.setFloat32(0, value, true);
    return bytes;
  }
}
