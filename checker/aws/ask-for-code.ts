import { createInterface } from 'node:readline/promises';
import { InterruptedError, LabError } from '../failures/errors.ts';
import { isSet } from '../report/is-set.ts';
import type { MfaProfile } from './mfa.ts';

/** Asks for the code that the MFA device shows now. */
export type AskForCode = (profile: MfaProfile) => Promise<string>;

/**
 * Asks at the terminal. Throws a LabError that says what to do if there isn't one, and an InterruptedError on Ctrl-C
 * and Ctrl-D.
 */
export async function askForCode({ profile, device }: MfaProfile): Promise<string> {
  if (process.stdin.isTTY !== true || process.stderr.isTTY !== true || isSet(process.env.CI)) {
    throw new LabError(
      `The profile ${profile} requires an MFA code (\`mfa_serial\`), but there is no terminal to ask for it.`,
      `Run the command in a terminal. Or get keys first: \`eval "$(aws configure export-credentials --profile ${profile} --format env)"\`. Then, in that shell, \`unset AWS_PROFILE\` and \`npx lab use aws --region REGION\`: every command then uses these keys until they expire.`,
    );
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const ended = new AbortController();
  terminal.once('SIGINT', () => {
    // The terminal sends no signal while a line is read.
    process.emit('SIGINT');
    ended.abort();
  });
  terminal.once('close', () => ended.abort());
  try {
    return (await terminal.question(`MFA code of ${device}: `, { signal: ended.signal })).trim();
  } catch {
    throw new InterruptedError('Nobody entered an MFA code, so nothing was done.');
  } finally {
    terminal.close();
  }
}
