import { AnsatzError } from '../../core/index.ts';

/** Longer texts are not taken: nothing here can stop a computation that does not end. */
const LONGEST = 400;
const SAFE = /^[v\d+\-*/^(), a-z]*$/;

/**
 * Asks nerdamer to simplify a text of `casText`.
 *
 * The package is loaded when it is first asked, so that programs that never do pay nothing. It runs on this thread, for
 * short texts only; where a thread of one's own is at hand, run it there with a time limit.
 *
 * @throws AnsatzError "cas-text" for a text that is too long or not from `casText`
 * @throws AnsatzError "cas-missing" when the package is not installed
 */
export async function nerdamerSimplify(text: string): Promise<string> {
  if (text.length > LONGEST || !SAFE.test(text)) {
    throw new AnsatzError(
      'cas-text',
      'the formula is not sent to nerdamer',
      `at most ${LONGEST} characters of casText`,
    );
  }
  const loaded = await import('nerdamer').catch(() => {
    throw new AnsatzError('cas-missing', 'nerdamer is not installed', 'npm install nerdamer-prime');
  });
  const simplified = loaded.default(`simplify(${text})`);
  return simplified.text('fractions');
}
