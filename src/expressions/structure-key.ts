import type { Call, Expression } from './expression.ts';

/** What a chain of products is made of. */
interface Product {
  /** Keys of the factors, those below the fraction line with a leading "/". */
  readonly factors: string[];
  /** True when a constant multiplies the chain: its sign and scale then say nothing. */
  scaled: boolean;
  negative: boolean;
}

/**
 * A cheap key of a formula's shape: what a fit of its constants can reach.
 *
 * Every constant is #; sums and products are flattened, put in one order and their constants gathered, so that
 * (2 * x + 1) - 3 and 5 + x * 7 share a key. Trees of one key are equal for some values of their constants, apart
 * from domains; equal trees may still have different keys.
 *
 * @example structureKey(parse('2*x')) === structureKey(parse('x/3')) // true
 */
export function structureKey(expression: Expression): string {
  if (expression.kind === 'constant') return '#';
  // A name tells its length, so that no two shapes share a key whatever the names hold.
  if (expression.kind === 'variable') return `${expression.name.length}:${expression.name}`;
  switch (expression.operator.name) {
    case 'add':
    case 'sub':
      return sumKey(expression);
    case 'mul':
    case 'div':
    case 'neg': {
      const product = productOf(expression);
      return product.negative && !product.scaled ? `-${productKey(product)}` : productKey(product);
    }
    default:
      return callKey(expression);
  }
}

function callKey({ operator, arguments: args }: Call): string {
  const first = structureKey(args[0]);
  if (operator.arity === 1) return `${operator.name}(${first})`;
  const second = structureKey(args[1]);
  const swap = operator.facts.commutative && second < first;
  return swap ? `${operator.name}(${second},${first})` : `${operator.name}(${first},${second})`;
}

function sumKey(sum: Call): string {
  const terms: string[] = [];
  let constant = false;
  const collect = (node: Expression, negative: boolean): void => {
    if (node.kind === 'constant') constant = true;
    else if (node.kind === 'call' && (node.operator.name === 'add' || node.operator.name === 'sub')) {
      collect(node.arguments[0], negative);
      collect(node.arguments[1], negative !== (node.operator.name === 'sub'));
    } else {
      const product = productOf(node);
      terms.push(!product.scaled && negative !== product.negative ? `-${productKey(product)}` : productKey(product));
    }
  };
  collect(sum, false);
  return `[${terms.sort().join('+')}${constant ? '+#' : ''}]`;
}

function productOf(node: Expression): Product {
  const product: Product = { factors: [], scaled: false, negative: false };
  multiply(node, false, product);
  return product;
}

function multiply(node: Expression, below: boolean, product: Product): void {
  if (node.kind === 'constant') {
    product.scaled = true;
    return;
  }
  const name = node.kind === 'call' ? node.operator.name : '';
  if (node.kind === 'call' && (name === 'mul' || name === 'div')) {
    multiply(node.arguments[0], below, product);
    multiply(node.arguments[1], below !== (name === 'div'), product);
  } else if (node.kind === 'call' && name === 'neg') {
    product.negative = !product.negative;
    multiply(node.arguments[0], below, product);
  } else {
    product.factors.push(below ? `/${structureKey(node)}` : structureKey(node));
  }
}

function productKey({ factors, scaled }: Product): string {
  const key = factors.length === 1 && !scaled ? factors[0] : `{${factors.sort().join('*')}${scaled ? '*#' : ''}}`;
  return factors.length === 0 ? '#' : key;
}
