/** What a language accepts as a name. */
export interface NamingRules {
  /** Words that a variable may not be called: keywords, and what the module itself uses. */
  readonly reserved: ReadonlySet<string>;
  /** Whole families of such words. */
  readonly reservedPattern?: RegExp;
  /** Whether names may hold _ ; true by default. */
  readonly underscore?: boolean;
  /** Whether A and a are two names; true by default. */
  readonly caseSensitive?: boolean;
  /** Longest name in characters; 60 by default. */
  readonly longest?: number;
}

const GREEK: Readonly<Record<string, string>> = {
  α: 'alpha',
  β: 'beta',
  γ: 'gamma',
  δ: 'delta',
  ε: 'epsilon',
  ϵ: 'epsilon',
  ζ: 'zeta',
  η: 'eta',
  θ: 'theta',
  ι: 'iota',
  κ: 'kappa',
  λ: 'lambda',
  μ: 'mu',
  ν: 'nu',
  ξ: 'xi',
  π: 'pi',
  ρ: 'rho',
  σ: 'sigma',
  ς: 'sigma',
  τ: 'tau',
  υ: 'upsilon',
  φ: 'phi',
  ϕ: 'phi',
  χ: 'chi',
  ψ: 'psi',
  ω: 'omega',
  Γ: 'Gamma',
  Δ: 'Delta',
  Θ: 'Theta',
  Λ: 'Lambda',
  Ξ: 'Xi',
  Π: 'Pi',
  Σ: 'Sigma',
  Φ: 'Phi',
  Ψ: 'Psi',
  Ω: 'Omega',
};

const LONGEST = 60;
/** What is read of a name; the rest cannot matter for a name of at most 60 characters. */
const LONGEST_READ = 500;

/** True for a name that needs no change. */
export function isLegalName(name: string, rules: NamingRules): boolean {
  const pattern = rules.underscore === false ? /^[A-Za-z][A-Za-z0-9]*$/ : /^[A-Za-z][A-Za-z0-9_]*$/;
  return (
    pattern.test(name) &&
    !name.includes('__') &&
    name.length <= (rules.longest ?? LONGEST) &&
    !rules.reservedPattern?.test(name) &&
    !isReserved(name, rules)
  );
}

/**
 * A legal name for every name, all different: legal ones stay, Greek letters are spelt out, other characters become _,
 * and a number tells apart what then collides. Equal lists give equal names.
 *
 * @param taken names that are in use already, and get in the way
 */
export function legalNames(names: readonly string[], rules: NamingRules, taken: readonly string[] = []): string[] {
  const used = new Set(taken.map((name) => key(name, rules)));
  const legal: string[] = new Array(names.length).fill('');
  // Those that may stay come first, so that no other takes their place.
  names.forEach((name, i) => {
    if (!isLegalName(name, rules) || used.has(key(name, rules))) return;
    legal[i] = name;
    used.add(key(name, rules));
  });
  const next = new Map<string, number>();
  names.forEach((name, i) => {
    if (legal[i] !== '') return;
    const clean = cleaned(name, rules);
    const separator = rules.underscore === false ? '' : '_';
    let candidate = clean;
    let number = next.get(clean) ?? 2;
    while (used.has(key(candidate, rules)) || !isLegalName(candidate, rules)) {
      candidate = `${clean}${separator}${number++}`;
    }
    next.set(clean, number);
    legal[i] = candidate;
    used.add(key(candidate, rules));
  });
  return legal;
}

function key(name: string, rules: NamingRules): string {
  return rules.caseSensitive === false ? name.toLowerCase() : name;
}

function isReserved(name: string, rules: NamingRules): boolean {
  return rules.reserved.has(rules.caseSensitive === false ? name.toLowerCase() : name);
}

function cleaned(name: string, rules: NamingRules): string {
  const spelt = Array.from(name.slice(0, LONGEST_READ).normalize('NFKD'))
    .map((character) => GREEK[character] ?? character)
    .join('')
    .replace(/\p{M}/gu, '');
  const words = spelt.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  const capital = (word: string) => word[0].toUpperCase() + word.slice(1);
  let clean =
    rules.underscore === false ? words.map((word, i) => (i ? capital(word) : word)).join('') : words.join('_');
  if (!/^[A-Za-z]/.test(clean) || rules.reservedPattern?.test(clean)) {
    clean = rules.underscore === false ? `v${clean}` : clean === '' ? 'v' : `v_${clean}`;
  }
  // Room for a number behind it.
  return clean.slice(0, (rules.longest ?? LONGEST) - 8).replace(/_+$/, '');
}
