/** The one place that knows what a worker is: Node's worker threads or a browser's Web Workers. */

/** One end of a channel to another thread. */
export interface Port {
  post(message: unknown): void;
  listen(onMessage: (message: unknown) => void, onError: (error: Error) => void): void;
  close(): void;
}

const isNode = typeof process !== 'undefined' && process.versions?.node !== undefined;

/** Name of one of Node's modules, put together at run time so that bundlers for the browser leave it alone. */
const nodeModule = (name: string): string => ['node', name].join(':');

async function nodeThreads(): Promise<typeof import('node:worker_threads')> {
  return import(/* @vite-ignore */ nodeModule('worker_threads'));
}

/** True where threads can share memory; without it a run stays on its own thread. */
export function threadsAvailable(): boolean {
  if (typeof SharedArrayBuffer === 'undefined') return false;
  return isNode || typeof Worker !== 'undefined';
}

/** Threads that this machine runs at once. */
export async function hardwareThreads(): Promise<number> {
  if (globalThis.navigator?.hardwareConcurrency) return navigator.hardwareConcurrency;
  if (!isNode) return 1;
  const os: typeof import('node:os') = await import(/* @vite-ignore */ nodeModule('os'));
  return os.availableParallelism();
}

/** Where the program of a worker is. */
export interface WorkerProgram {
  /** The built file; a program that runs from source points to dist/. */
  readonly url: URL;
  /** Starts it in a browser: written out where the program is named, in the form that bundlers know. */
  readonly inBrowser: () => Worker;
  /** Flags of Node for the worker; none without a word, for those of the parent need not fit its file. */
  readonly nodeFlags?: readonly string[];
}

/** Starts a worker. */
export async function startWorker({ url, inBrowser, nodeFlags = [] }: WorkerProgram): Promise<Port> {
  if (isNode) {
    const { Worker } = await nodeThreads();
    const worker = new Worker(url, { execArgv: [...nodeFlags] });
    return {
      post: (message) => worker.postMessage(message),
      listen: (onMessage, onError) => {
        worker.on('message', onMessage);
        worker.on('error', onError);
      },
      close: () => void worker.terminate(),
    };
  }
  const worker = inBrowser();
  return {
    post: (message) => worker.postMessage(message),
    listen: (onMessage, onError) => {
      worker.onmessage = (event) => onMessage(event.data);
      worker.onerror = (event) => onError(new Error(event.message || 'the worker could not be started'));
    },
    close: () => worker.terminate(),
  };
}

/** Inside a worker: the port to the thread that started it. */
export async function parentPort(): Promise<Port> {
  if (isNode) {
    const { parentPort: port } = await nodeThreads();
    if (!port) throw new Error('this program runs as a worker only');
    return {
      post: (message) => port.postMessage(message),
      listen: (onMessage) => void port.on('message', onMessage),
      close: () => port.close(),
    };
  }
  const scope = globalThis as unknown as {
    postMessage(message: unknown): void;
    onmessage: ((event: MessageEvent) => void) | null;
    close(): void;
  };
  return {
    post: (message) => scope.postMessage(message),
    listen: (onMessage) => {
      scope.onmessage = (event) => onMessage(event.data);
    },
    close: () => scope.close(),
  };
}
