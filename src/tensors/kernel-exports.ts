/** What the kernel exports: addresses are byte offsets, sizes are counts of values, pitches are counts of values. */
export interface TensorKernelExports {
  gemmScratchBytes(): number;
  gemm(
    transposeA: boolean,
    transposeB: boolean,
    m: number,
    n: number,
    k: number,
    a: number,
    pitchA: number,
    b: number,
    pitchB: number,
    c: number,
    pitchC: number,
    add: boolean,
    bias: number,
    activation: number,
    scratch: number,
  ): void;
  batchedGemm(
    count: number,
    stepA: number,
    stepB: number,
    stepC: number,
    transposeA: boolean,
    transposeB: boolean,
    m: number,
    n: number,
    k: number,
    a: number,
    pitchA: number,
    b: number,
    pitchB: number,
    c: number,
    pitchC: number,
    scratch: number,
  ): void;
  gelu(count: number, x: number, y: number): void;
  activationGradient(count: number, dy: number, from: number, dx: number, kind: number): void;
  columnSum(rows: number, columns: number, x: number, out: number): void;
  segmentSum(count: number, columns: number, segments: number, rows: number, segmentOf: number, out: number): void;
  softmax(rows: number, columns: number, x: number, y: number): void;
  softmaxGradient(rows: number, columns: number, dy: number, y: number, dx: number): void;
  crossEntropy(rows: number, classes: number, x: number, labels: number, losses: number, slopes: number): void;
  layerNorm(
    rows: number,
    columns: number,
    x: number,
    gain: number,
    shift: number,
    epsilon: number,
    y: number,
    statistics: number,
  ): void;
  layerNormGradient(
    rows: number,
    columns: number,
    dy: number,
    x: number,
    gain: number,
    statistics: number,
    dx: number,
    dgain: number,
    dshift: number,
  ): void;
  attention(
    batch: number,
    heads: number,
    queries: number,
    keys: number,
    depth: number,
    q: number,
    pitchQ: number,
    k: number,
    v: number,
    pitchK: number,
    bias: number,
    scale: number,
    weights: number,
    out: number,
    scratch: number,
  ): void;
  attentionGradient(
    batch: number,
    heads: number,
    queries: number,
    keys: number,
    depth: number,
    q: number,
    pitchQ: number,
    k: number,
    v: number,
    pitchK: number,
    scale: number,
    weights: number,
    dout: number,
    dq: number,
    dk: number,
    dv: number,
    dbias: number,
    dscores: number,
    scratch: number,
  ): void;
  spline(
    count: number,
    bins: number,
    bound: number,
    minimum: number,
    shift: number,
    circular: boolean,
    inverse: boolean,
    source: number,
    parameters: number,
    values: number,
    logs: number,
    room: number,
  ): void;
  splineGradient(
    count: number,
    bins: number,
    bound: number,
    minimum: number,
    shift: number,
    circular: boolean,
    inverse: boolean,
    source: number,
    inputs: number,
    parameters: number,
    dvalues: number,
    dlogs: number,
    dsource: number,
    dparameters: number,
    room: number,
  ): void;
  adam(
    count: number,
    p: number,
    g: number,
    m: number,
    v: number,
    rate: number,
    beta1: number,
    beta2: number,
    root: number,
    epsilon: number,
    shrink: number,
    scale: number,
  ): void;
  squareSum(count: number, x: number): number;
}
