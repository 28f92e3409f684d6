/** The program of a worker thread: holds some of the islands and runs them when asked. */
import { RandomStream } from '../core/index.ts';
import { createWasmEvaluator } from '../evaluation/index.ts';
import type { OperatorTable } from '../expressions/index.ts';
import { Island } from './island.ts';
import { Objective } from './objective.ts';
import { packFitted, unpackFitted, unpackGrammar, type WorkerReply, type WorkerRequest } from './wire.ts';
import { parentPort } from './worker-threads.ts';

const port = await parentPort();
let islands: Island[] = [];
let table: OperatorTable;
let objective: Objective;
let stopFlag = new Int32Array(1);

function answer(request: WorkerRequest): WorkerReply {
  switch (request.kind) {
    case 'start': {
      const unpacked = unpackGrammar(request);
      table = unpacked.table;
      stopFlag = request.stopFlag as Int32Array<ArrayBuffer>;
      const evaluator = createWasmEvaluator({ precision: 64 });
      evaluator.setData(request.problem);
      objective = new Objective(request.problem, evaluator);
      const random = new RandomStream(request.seed);
      islands = request.islands.map(
        (index) => new Island(index, objective, unpacked.grammar, request.evolution, random.split(1000 + index)),
      );
      return { kind: 'started' };
    }
    case 'seed': {
      const start = objective.usedRows;
      islands.forEach((island, i) => {
        island.seed(request.trees[i].map((wire) => unpackFitted(wire, table)));
      });
      return { kind: 'seeded', usedRows: objective.usedRows - start };
    }
    case 'epoch': {
      const stop = (): boolean => Atomics.load(stopFlag, 0) !== 0;
      const reports = islands.map((island, i) => {
        const migrants = request.migrants[i].map((wire) => unpackFitted(wire, table));
        const report = island.run(migrants, request.maxRows, stop);
        return { ...report, best: report.best.map(packFitted), emigrants: report.emigrants.map(packFitted) };
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
