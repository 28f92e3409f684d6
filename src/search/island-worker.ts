/** The program of a worker thread: holds some of the islands and runs them when asked. */
import { now, parentPort, RandomStream } from '../core/index.ts';
import { createWasmEvaluator } from '../evaluation/index.ts';
import { createObjectiveRules } from './create-objective-rules.ts';
import { pauses, SLICE_SECONDS } from './executor.ts';
import { Island } from './island.ts';
import { Objective } from './objective.ts';
import { type IslandSpace, islandSpaces, spaceOfIsland } from './reduced/island-space.ts';
import { createSyntax } from './syntax.ts';
import { TreePacker } from './tree-packer.ts';
import { operatorsOf, unpackGrammar, variablesOfSearch, type WorkerReply, type WorkerRequest } from './wire.ts';

const port = await parentPort();
let islands: Island[] = [];
let packer: TreePacker;
let spaces: readonly IslandSpace[] = [];
let saving = false;
let stopFlag = new Int32Array(1);

const usedRows = (): number => spaces.reduce((sum, { objective }) => sum + objective.usedRows, 0);

function answer(request: WorkerRequest): WorkerReply {
  switch (request.kind) {
    case 'start': {
      const grammar = unpackGrammar(request.grammar);
      const syntax = createSyntax(grammar);
      const { problem, reduced } = request;
      packer = new TreePacker(operatorsOf(grammar), variablesOfSearch(grammar, problem.inputs));
      stopFlag = request.stopFlag as Int32Array<ArrayBuffer>;
      saving = request.saving;
      const evaluator = createWasmEvaluator({ precision: request.objective.precision });
      evaluator.setData(problem);
      const random = new RandomStream(request.seed);
      const objective = new Objective(
        problem,
        evaluator,
        createObjectiveRules(request.objective, syntax, problem, random),
      );
      const journal = saving ? packer : undefined;
      const reductions = reduced.map((each) => ({ problem: each }));
      spaces = islandSpaces(syntax, objective, reductions);
      islands = request.islands.map((index) => {
        const space = spaceOfIsland(spaces, index);
        return new Island(index, space.objective, space.syntax, request.evolution, random.split(1000 + index), journal);
      });
      return { kind: 'started' };
    }
    case 'seed': {
      const start = usedRows();
      islands.forEach((island, i) => {
        island.seed(packer.unpack(request.trees[i]));
      });
      return { kind: 'seeded', usedRows: usedRows() - start };
    }
    case 'restore':
      islands.forEach((island, i) => {
        island.restore(request.states[i], packer);
      });
      return { kind: 'restored' };
    case 'states':
      return { kind: 'states', states: islands.map((island) => island.snapshot(packer)) };
    case 'epoch': {
      islands.forEach((island, i) => {
        island.begin(packer.unpack(request.migrants[i]), request.maxRows, request.maxSize, request.afresh);
      });
      const rows = request.holdAt ?? Infinity;
      let saved = now();
      for (const island of islands) {
        let over = false;
        while (!over && island.rowsOfEpoch < rows) {
          const until = now() + SLICE_SECONDS;
          over = island.advance(() =>
            Atomics.load(stopFlag, 0) !== 0 ? 'stop' : pauses(island, until, rows) ? 'pause' : undefined,
          );
          const stopped = Atomics.load(stopFlag, 0) !== 0 && island === islands[islands.length - 1];
          if (saving && (stopped || now() - saved > SLICE_SECONDS)) {
            saved = now();
            port.post({ kind: 'saved', states: islands.map((each) => each.snapshot(packer)) } satisfies WorkerReply);
          }
        }
      }
      if (request.holdAt !== undefined)
        return { kind: 'held', isHeld: islands.some((island) => island.rowsOfEpoch >= rows) };
      const reports = islands.map((island) => {
        const report = island.report();
        return { ...report, best: packer.pack(report.best), emigrants: packer.pack(report.emigrants) };
      });
      return { kind: 'reports', reports };
    }
  }
}

port.listen(
  (message) => {
    try {
      port.post(answer(message as WorkerRequest));
    } catch (error) {
      port.post({
        kind: 'error',
        message: error instanceof Error ? error.message : String(error),
      } satisfies WorkerReply);
    }
  },
  () => {},
);
