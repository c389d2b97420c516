import { titleOf } from '../aws/aws.ts';
import { awsOf, type Examination } from './finding.ts';

/** With less than that left, credentials will expire during a lab; in milliseconds. */
const little = 15 * 60_000;

/** The chosen account, whether its credentials work, and for how long. */
export const credentials: Examination = async (patient) => {
  const { chosen, aws, unchosen } = patient;
  if (unchosen !== undefined)
    return { about: 'target', state: 'in the way', found: unchosen.message, next: unchosen.next };
  if (chosen.kind === 'practice') {
    return { about: 'target', state: 'fine', found: 'the practice account: it needs no AWS credentials' };
  }
  const target = awsOf(patient);
  const about = 'target';
  const found = `${titleOf(chosen)}${chosen.profile === undefined ? '' : `, with the profile ${chosen.profile}`}`;
  if (target === undefined) {
    const { reason, next } = aws !== undefined && 'reason' in aws ? aws : { reason: 'not checked', next: '' };
    return { about, state: 'in the way', found: `${found}: ${reason}`, next };
  }
  const { expiration } = await (await target.clients.sts()).config.credentials();
  if (expiration === undefined) return { about, state: 'fine', found: `${found}; the credentials don't expire` };
  const left = expiration.getTime() - Date.now();
  const until = `${found}; the credentials expire at ${expiration.toLocaleTimeString('en-GB')} (in ${Math.round(left / 60_000)} minutes)`;
  return left > little
    ? { about, state: 'fine', found: until }
    : { about, state: 'note', found: until, next: 'Sign in again before you start a lab.' };
};
