import { createClients } from '../../checker/aws/clients.ts';
import { checkLab } from '../../checker/checking/check-lab.ts';
import type { Verdict } from '../../checker/checking/result.ts';
import type { LearnedLab } from '../checker/learned-lab.ts';
import { type Fault, startFaultProxy } from './proxy.ts';

/** How long a lookup, an answer in the room, and a request may take in these tests, in milliseconds. */
const LONGEST = 20_000;
const PATIENCE = 4_000;
const REQUEST = 2_000;

/** The result of checking a lab through a proxy with a fault. */
export interface Faulted {
  readonly verdict: Verdict;
  readonly calls: number;
  /** How many calls the checks made; later calls compare and clean up. */
  readonly looked: number;
  readonly seconds: number;
}

/** Checks what is deployed as a learner would who has this fault between them and the account. */
export async function checkThrough(
  { lab, target, folderOf }: LearnedLab,
  workshop: string,
  fault?: Fault,
): Promise<Faulted> {
  const { AWS_ENDPOINT_URL = '', AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '' } = target.environment;
  const proxy = await startFaultProxy(Number(new URL(AWS_ENDPOINT_URL).port), fault);
  const { clients, close } = createClients({
    region: target.region,
    endpoint: proxy.url,
    credentials: { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY },
    ...(fault === undefined ? {} : { requestTimeout: REQUEST }),
  });
  const began = performance.now();
  let looked = 0;
  try {
    const verdict = await checkLab({
      root: workshop,
      lab,
      // Without a fault, with the usual patience, because the functions start for the first time.
      target: {
        ...target,
        clients,
        cognitoEndpoint: `${proxy.url}/`,
        ...(fault === undefined ? {} : { patience: PATIENCE }),
      },
      signal: new AbortController().signal,
      onProgress: () => {
        looked = proxy.calls();
      },
      labFolder: folderOf(workshop),
      ...(fault === undefined ? {} : { longest: LONGEST }),
    });
    return { verdict, calls: proxy.calls(), looked, seconds: (performance.now() - began) / 1000 };
  } finally {
    close();
    await proxy.close();
  }
}

/** Returns the faults of a verdict when these checks fail; empty if it is right or says that it could not look. */
export function wrongIn({ verdict, seconds }: Faulted, fails: readonly string[]): string[] {
  const wrong: string[] = [];
  const right = fails.length === 0 ? 'fixed' : 'not fixed';
  if (verdict.status !== right && verdict.status !== 'broken')
    wrong.push(`it is ${right}, and the verdict ${verdict.status}`);
  for (const result of verdict.checks) {
    if (result.status === 'failed' && !fails.includes(result.id)) wrong.push(`${result.id} failed: ${result.actual}`);
    if (result.status === 'passed' && fails.includes(result.id)) wrong.push(`${result.id} passed: ${result.actual}`);
    if (result.status !== 'broken') continue;
    if (/\n\s+at |undefined/.test(result.reason)) wrong.push(`a stack trace: ${result.reason}`);
    if (result.next.includes('bug in the workshop')) wrong.push(`not understood: ${result.reason}`);
  }
  // Opening it, each check, and cleaning up.
  if (seconds > (verdict.checks.length + 2) * (LONGEST / 1000)) wrong.push(`it took ${seconds} s`);
  return wrong;
}

/** Does the work for each item, one at a time in each lane. */
export async function inLanes<T, Lane>(
  items: readonly T[],
  lanes: readonly Lane[],
  work: (item: T, lane: Lane) => Promise<void>,
): Promise<void> {
  const left = items.values();
  const run = async (lane: Lane) => {
    for (const item of left) await work(item, lane);
  };
  await Promise.all(lanes.map(run));
}
