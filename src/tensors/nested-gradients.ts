import * as tf from '@tensorflow/tfjs';

/**
 * Derivatives of derivatives.
 *
 * tfjs keeps the output of some kernels for their gradient, and enters that copy on its tape before the kernel that made it:
 * a derivative of that gradient then misses what comes through the copy, mostly without a word. While a gradient is itself
 * being recorded, such outputs are computed anew from the inputs here, which enters them in the right order.
 */

/** Kernels of tfjs whose gradient is computed from their output, with their inputs. */
const FROM_OUTPUT: Readonly<Record<string, readonly string[]>> = {
  Exp: ['x'],
  Sigmoid: ['x'],
  Tanh: ['x'],
  Softmax: ['logits'],
  Pow: ['a', 'b'],
};

/** How many derivatives are being recorded at this moment. */
function depth(): number {
  return tf.engine().state.gradientDepth;
}

/** During an operation: whether its gradient will be differentiated in turn. */
export function isNested(): boolean {
  return depth() > 1;
}

const stock = new Map<string, tf.GradConfig>();

/** Enters the rules for tfjs's own kernels into its registry, which all back-ends share. */
export function registerNestedGradients(): void {
  for (const [kernelName, inputs] of Object.entries(FROM_OUTPUT)) {
    if (stock.has(kernelName)) continue;
    const before = tf.getGradient(kernelName);
    if (!before) continue;
    stock.set(kernelName, before);
    tf.unregisterGradient(kernelName);
    tf.registerGradient({
      kernelName,
      inputsToSave: [...inputs],
      outputsToSave: [true],
      gradFunc: (dy, saved, attributes) => {
        const kept = before.inputsToSave ?? [];
        const given = saved.slice(0, kept.length);
        const map = Object.fromEntries(inputs.map((name, i) => [name, saved[i]]));
        // This runs after the recording of the kernel itself has ended: what is left is the recording around it.
        const output = depth() > 0 ? (tf.engine().runKernel(kernelName, map, attributes) as tf.Tensor) : saved.at(-1)!;
        return before.gradFunc(dy, [...given, output], attributes);
      },
    });
  }
}
