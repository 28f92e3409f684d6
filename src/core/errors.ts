/**
 * The one family of errors that Ansatz throws on purpose.
 *
 * `code` is a stable literal to test against, `hint` says what to do about it, and the
 * message is a single line that the command line prints as it is.
 */
export class AnsatzError extends Error {
  /** Stable machine-readable code, such as "unknown-operator". */
  readonly code: string;
  /** What the user can do about it; part of the message. */
  readonly hint: string;
  /** Fields that locate the fault: position, option, file, line. */
  readonly data: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, hint = '', data: Readonly<Record<string, unknown>> = {}) {
    super(oneLine(hint ? `${message} (${hint})` : message));
    this.name = new.target.name;
    this.code = code;
    this.hint = hint;
    this.data = data;
  }
}

/** Names and formulas in a message may hold line breaks; a message does not. */
function oneLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ');
}

/** A formula that cannot be read. `position` is a zero-based offset into the text. */
export class ParseError extends AnsatzError {
  readonly position: number;
  readonly expected: string;

  constructor(code: string, message: string, position: number, expected: string, hint = '') {
    super(code, `${message} at position ${position + 1}`, hint, { position, expected });
    this.position = position;
    this.expected = expected;
  }
}

/** A unit that cannot be read, or units that do not fit. `position` is a zero-based offset into the text, -1 without one. */
export class UnitError extends AnsatzError {
  readonly unit: string;
  readonly position: number;

  constructor(code: string, message: string, unit: string, position = -1, hint = '') {
    const place = position >= 0 ? ` at position ${position + 1} of "${unit}"` : '';
    super(code, `${message}${place}`, hint, { unit, position });
    this.unit = unit;
    this.position = position;
  }
}

/** An array or table whose shape does not fit. */
export class ShapeError extends AnsatzError {
  constructor(argument: string, expected: string, actual: string, hint = '') {
    super('shape', `${argument}: expected ${expected}, got ${actual}`, hint, { argument, expected, actual });
  }
}

/** A value outside the domain of a function. */
export class DomainError extends AnsatzError {}

/** An iteration that did not converge. */
export class ConvergenceError extends AnsatzError {
  constructor(message: string, iterations: number, residual: number, hint = '') {
    super('convergence', message, hint, { iterations, residual });
  }
}

/** A back-end that is missing, lost or lacks a capability. */
export class BackendError extends AnsatzError {
  constructor(code: string, device: string, capability: string, message: string, hint = '') {
    super(code, message, hint, { device, capability });
  }
}

/** A file or table that cannot be read or written. `line` counts from 1; 0 when the whole file is meant. */
export class FormatError extends AnsatzError {
  constructor(code: string, message: string, file: string, line = 0, hint = '') {
    super(code, line > 0 ? `${file}, line ${line}: ${message}` : `${file}: ${message}`, hint, { file, line });
  }
}

/** An option that is unknown, out of range or contradicts another. */
export class OptionError extends AnsatzError {
  constructor(code: string, option: string, message: string, hint = '') {
    super(code, `${option}: ${message}`, hint, { option });
  }
}

/** A table that cannot be fitted: unknown column, too few rows, constant target. */
export class DataError extends AnsatzError {}
