import { commentLines } from '../comment.ts';
import { usedDefinitions, wholePowers } from '../render.ts';
import type { ExportTarget, ExportUnit } from '../target.ts';
import { calling } from '../template.ts';
import { learnableLines, pythonList } from './learnable.ts';
import { arrayDefinitions, arrayOperators, paragraphs, pythonNames } from './python.ts';

const DEFINITIONS: Readonly<Record<string, string>> = {
  ...arrayDefinitions('torch'),
  _power: `
def _power(a, b):
    """Real power: NaN at 0^-1, at a negative base with a fractional exponent, and wherever an argument is NaN."""
    b = torch.as_tensor(b, dtype=torch.float64) if isinstance(b, float) else b
    whole = torch.isfinite(b) & (torch.floor(b) == b)
    positive = (a > 0) & ((a != 1) | torch.isfinite(b))
    inside = positive | ((a < 0) & whole) | ((a == 0) & (b >= 0))
    power = torch.pow(a, b)
    return torch.where(inside, power, torch.full_like(power, float("nan")))
`.trim(),
  _step: `
def _step(a):
    return torch.where(torch.isnan(a), a, (a > 0).to(a.dtype))
`.trim(),
  _relu: `
def _relu(a):
    return torch.clamp(a, min=0.0)
`.trim(),
  _sign: `
def _sign(a):
    return torch.where(torch.isnan(a), a, torch.sign(a))
`.trim(),
  _cbrt: `
def _cbrt(a):
    return torch.sign(a) * torch.abs(a) ** (1.0 / 3.0)
`.trim(),
  _erf: `
def _erf(a):
    return torch.erf(a)
`.trim(),
  _gamma: `
def _gamma(a):
    floor = torch.floor(a)
    size = torch.exp(torch.lgamma(a))
    signed = torch.where((a > 0) | (floor % 2 == 0), size, -size)
    return torch.where((a <= 0) & (floor == a), torch.full_like(a, float("nan")), signed)
`.trim(),
};

const NOTATION = {
  operators: { ...arrayOperators('torch'), sign: calling('_sign'), cbrt: calling('_cbrt') },
  special: wholePowers(' ** '),
};

/** A module whose constants are parameters, so that an optimiser can go on from the formula. */
export const PYTORCH: ExportTarget = {
  name: 'pytorch',
  language: 'PyTorch',
  extension: '.py',
  ...NOTATION,
  absent: {},
  outsideDomain: 'NaN',
  names: pythonNames('forward', 'super'),
  form: 'steps',
  module: pytorchModule,
};

function pytorchModule(unit: ExportUnit): string {
  const words = { nan: 'torch.tensor(float("nan"))', infinity: 'torch.tensor(float("inf"))' };
  const { steps, result, constants } = learnableLines(unit, NOTATION, words);
  const lines = [...steps, `return ${result}`];
  const body = [
    `class ${unit.name}(nn.Module):`,
    '    """Formula found by Ansatz; its constants are parameters."""',
    '',
    ...commentLines(unit.comments, '#', '    '),
    '    def __init__(self):',
    '        super().__init__()',
    ...(constants.length > 0
      ? [
          `        values = ${pythonList(constants, '        ')}`,
          '        self.constants = nn.Parameter(torch.tensor(values, dtype=torch.float64))',
        ]
      : []),
    '',
    `    def forward(${['self', ...unit.arguments].join(', ')}):`,
    ...(constants.length > 0 ? ['        constants = self.constants'] : []),
    ...lines.map((line) => `        ${line}`),
  ].join('\n');
  return paragraphs('import torch\nfrom torch import nn', ...usedDefinitions(lines.join('\n'), DEFINITIONS), body);
}
