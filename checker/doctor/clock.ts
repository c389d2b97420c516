import { endpointIn } from '../aws/endpoint.ts';
import { awsOf, type Examination } from './finding.ts';

/** AWS rejects signatures that are off by five minutes, in milliseconds. */
const most = 5 * 60_000;

/** Compares this machine's clock with the date of an AWS answer. */
export const clock: Examination = async (patient) => {
  const now = `${new Date().toISOString()}, ${Intl.DateTimeFormat().resolvedOptions().timeZone}`;
  const target = awsOf(patient);
  if (target === undefined) return { about: 'clock', state: 'fine', found: `${now} (nothing to compare it with)` };
  const endpoint = target.environment.AWS_ENDPOINT_URL ?? endpointIn(await target.clients.sts(), target.region);
  const answer = await fetch(endpoint, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(5000) });
  const date = Date.parse(answer.headers.get('date') ?? '');
  if (Number.isNaN(date)) return { about: 'clock', state: 'unknown', found: `${now}; the answer has no date` };
  const off = Date.now() - date;
  const found = `${now}, ${Math.abs(off) < 2000 ? 'same as AWS' : `${Math.round(Math.abs(off) / 1000)} s ${off > 0 ? 'fast' : 'slow'}`}`;
  return Math.abs(off) < most
    ? { about: 'clock', state: 'fine', found }
    : {
        about: 'clock',
        state: 'in the way',
        found,
        next: 'Set the clock: AWS rejects requests signed at another time.',
      };
};
