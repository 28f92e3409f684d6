import { AnsatzError, ProtobufWriter } from '../../../core/index.ts';
import type { Expression } from '../../expression.ts';

import { smallWholePower } from '../render.ts';
import type { ExportTarget, ExportUnit } from '../target.ts';
import { OnnxGraph } from './onnx-graph.ts';
import { ONNX_OPERATORS } from './onnx-operators.ts';

const IR_VERSION = 8;
const OPSET = 17;

/**
 * A binary model of opset 17: an input of shape [N] for every argument, and one output with the name of the function,
 * of shape [N], or [] where the formula has no variable.
 *
 * Double precision uses only nodes that ONNX Runtime has for doubles, with one exception: Erf.
 */
export const ONNX: ExportTarget = {
  name: 'onnx',
  language: 'ONNX',
  extension: '.onnx',
  operators: ONNX_OPERATORS,
  absent: { gamma: 'the standard has no gamma function' },
  outsideDomain: 'NaN',
  names: { reserved: new Set() },
  form: 'graph',
  module: onnxModule,
};

function onnxModule(unit: ExportUnit): Uint8Array {
  const { precision = 'float64' } = unit.options;
  const graph = new OnnxGraph(precision, new Set([unit.name, ...unit.arguments]));
  const known = new Map<Expression, string>();
  let hasVariable = false;
  const visit = (node: Expression): string => {
    if (node.kind === 'variable') {
      hasVariable = true;
      return node.name;
    }
    if (node.kind === 'constant') {
      if (precision === 'float32') requireSingle(node.value);
      return graph.number(node.value);
    }
    let name = known.get(node);
    if (name === undefined) {
      const template = smallWholePower(node) === undefined ? ONNX_OPERATORS[node.operator.name].text : 'Pow(#1, #2)';
      name = graph.apply(template, node.arguments.map(visit));
      known.set(node, name);
    }
    return name;
  };
  const result = visit(unit.result);
  const body = graph.finish(unit.name, unit.arguments, result, !hasVariable);
  const model = new ProtobufWriter()
    .integer(1, IR_VERSION)
    .text(2, 'ansatz')
    .text(6, unit.comments.join('\n'))
    .bytes(7, body)
    .message(8, (opset) => void opset.text(1, '').integer(2, OPSET));
  for (const { name, column } of unit.renamed) {
    model.message(14, (entry) => void entry.text(1, name).text(2, column));
  }
  return model.finish();
}

function requireSingle(value: number): void {
  if (!Number.isFinite(value) || Number.isFinite(Math.fround(value))) return;
  throw new AnsatzError('out-of-range', `${value} is too large for single precision`, 'export with precision float64');
}
