import { shown } from '../page-numbers.ts';
import type { SavedRun } from '../saved-run.ts';
import { along, axisOver, rangeOf } from './axis.ts';
import { COLOURS, layered, type Plot, pointMark } from './plot.ts';

/** Loss against complexity, the chosen law marked. */
export function frontPlot({ front, best }: SavedRun): Plot {
  const losses = front.map((entry) => entry.loss).filter(Number.isFinite);
  const positive = losses.filter((loss) => loss > 0);
  const [least, most] = rangeOf(positive);
  const log = positive.length > 0 && losses.every((loss) => loss >= 0) && (losses.includes(0) || most > least);
  // Zero has no place on a logarithmic axis: it is drawn a decade below the rest.
  const floor = log && losses.includes(0) ? least / 10 : undefined;
  const height = (loss: number): number => (floor !== undefined && loss === 0 ? floor : loss);
  const values = front.map(({ complexity, loss }) => ({ x: complexity, y: height(loss) }));
  const sizes = rangeOf(front.map((entry) => entry.complexity));
  const complexities = axisOver('complexity', [Math.min(sizes[0], 1), Math.max(sizes[1], 2)]);
  const x = along({ ...complexities, whole: true }, 'x');
  const y = along(axisOver('loss', rangeOf(losses.map(height)), log), 'y', true);
  const chosen = { x: best.complexity, y: height(best.loss) };
  const title = 'Pareto front: loss against complexity';
  return {
    id: 'front',
    title: 'Pareto front',
    description:
      `${title}, ${front.length} formulas of complexity ${sizes[0]} to ${sizes[1]}; ` +
      `the chosen one has complexity ${best.complexity} and loss ${shown(best.loss)}.`,
    caption:
      'Every point is the best formula found at its complexity; the ring marks the chosen one.' +
      (floor === undefined ? '' : ' A loss of 0 is drawn a decade below the others.'),
    spec: layered(title, [
      {
        data: { values },
        mark: { type: 'line', interpolate: 'step-after', color: COLOURS.faint, strokeWidth: 1 },
        encoding: { x, y },
      },
      { data: { values }, mark: { ...pointMark(1), opacity: 1 }, encoding: { x, y } },
      {
        data: { values: [chosen] },
        mark: { type: 'point', filled: false, size: 190, strokeWidth: 2.5, color: COLOURS.law, opacity: 1 },
        encoding: { x, y },
      },
    ]),
  };
}
