import { setTimeout as pause } from 'node:timers/promises';
import { FuzzedAccount } from './account.ts';
import { type Finding, Findings } from './findings.ts';
import { drawConversation } from './frames.ts';
import { form, Ledger } from './ledger.ts';
import { drawNoise, spoil } from './noise.ts';
import { randomOf } from './random.ts';
import { type Plain, sign } from './sign.ts';
import { drawRequest } from './signed.ts';
import { makeWebSocketApi } from './web-socket-api.ts';
import { type Answer, send, sendRaw } from './wire.ts';

export interface FuzzOptions {
  readonly requests: number;
  readonly seed: number;
  /** Sends only this request. */
  readonly only?: number;
  /** Ends the run after this many milliseconds, whatever is left. */
  readonly within: number;
  readonly progress?: (line: string) => void;
}

export interface FuzzReport {
  readonly sent: number;
  readonly seconds: number;
  /** How often each status was returned; 0 for a connection that ended without one. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly kept: number;
  readonly kills: number;
  /** The slowest of the GetCallerIdentity calls made throughout, in milliseconds. */
  readonly slowest: number;
  /** The most resident memory seen, in megabytes; 0 if the system doesn't report it. */
  readonly memory: number;
  readonly findings: readonly Finding[];
}

const workers = 40;
/** The account holds DescribeStacks for 4 s, to please AWS's tools; nothing else may take as long. */
const answersWithin = 10_000;
const heartbeatWithin = 5_000;
const megabytes = 700;
/** Points of the run at which the account is killed. */
const killsAt = [1 / 3, 2 / 3];

/** Fuzzes a separate practice account, and returns what it did and found. */
export async function fuzz({ requests, seed, only, within, progress = () => {} }: FuzzOptions): Promise<FuzzReport> {
  const began = performance.now();
  const findings = new Findings();
  const statuses: Record<string, number> = {};
  const account = await FuzzedAccount.start();
  const signed = (service: string, request: Plain) => sign(request, service, account.host, account.credentials);
  const ask = (service: string, request: Plain): Promise<Answer> =>
    send(account.port, signed(service, request), answersWithin);
  const ledger = new Ledger(ask);
  const kills = killsAt.map((part) => Math.floor(part * requests));
  const done = new AbortController();
  let [next, sent, killed, slowest, memory] = [0, 0, 0, 0, 0];
  let restart = Promise.resolve();
  /** Requests that a kill left unanswered. */
  const again: number[] = [];

  async function one(index: number, apiId: string): Promise<void> {
    const random = randomOf(seed, index);
    const kind = random.next();
    if (kind < 0.7) {
      const { service, request } = drawRequest(random);
      const answer = await ask(service, request);
      judge(answer, `${service} ${describe(request)}`, index);
    } else if (kind < 0.93) {
      const { service, request } = drawRequest(random);
      const noise = kind < 0.85 ? spoil(signed(service, request), random) : drawNoise(account.host, random);
      judge(await sendRaw(account.port, noise), Buffer.concat(noise.parts).toString('latin1'), index);
    } else {
      const noise = drawConversation(account.host, apiId, random);
      judge(await sendRaw(account.port, noise), Buffer.concat(noise.parts).toString('latin1'), index);
    }
  }

  function judge({ status, body }: Answer, request: string, index: number): void {
    statuses[status] = (statuses[status] ?? 0) + 1;
    if (status >= 500 && status !== 501) findings.add(`${status}: ${body}`, request, index);
    // A HEAD has no body, and our own addresses aren't AWS's.
    if (status >= 400 && saysNothing(body) && !/^(?:\S+ )?HEAD | \/_lab\//m.test(request)) {
      findings.add(`${status} without an error in AWS's format`, request, index);
    }
  }

  async function work(apiId: string): Promise<void> {
    while ((again.length > 0 || next < requests) && account.death === undefined && performance.now() - began < within) {
      const index = again.pop() ?? next++;
      if (only !== undefined && index !== only) continue;
      if (kills[killed] === index) {
        killed += 1;
        restart = account.killAndRestart().then(async () => noteLost('after a kill'));
      }
      const port = account.port;
      try {
        if (index % 50 === 0) await ledger.write();
        await one(index, apiId);
        sent += 1;
      } catch (error) {
        // Requests in progress when the account was killed got no answer, and no promise.
        if (account.restarting || port !== account.port) {
          again.push(index);
          await restart;
        } else findings.add(`${(error as Error).name}: ${(error as Error).message}`, '', index);
      }
      if (sent % 5000 === 0)
        progress(`${sent} of ${requests}, ${Math.round(memory)} MB, ${findings.list().length} findings`);
    }
  }

  async function noteLost(when: string): Promise<void> {
    for (const lost of await ledger.missing()) findings.add(`lost ${when}: ${lost}`);
  }

  async function watch(): Promise<void> {
    while (!done.signal.aborted) {
      memory = Math.max(memory, (await account.memory()) ?? 0);
      const port = account.port;
      const asked = performance.now();
      try {
        const { status } = await ask('sts', form({ Action: 'GetCallerIdentity', Version: '2011-06-15' }));
        if (status !== 200) findings.add(`GetCallerIdentity returned ${status}`);
        slowest = Math.max(slowest, performance.now() - asked);
      } catch (error) {
        if (!account.restarting && port === account.port)
          findings.add(`GetCallerIdentity: ${(error as Error).message}`);
      }
      await pause(100, undefined, { signal: done.signal }).catch(() => {});
    }
  }

  try {
    await ledger.prepare();
    const apiId = await makeWebSocketApi(ask);
    const watching = watch();
    await Promise.all(Array.from({ length: workers }, () => work(apiId)));
    await restart;
    done.abort();
    await watching;
    if (account.death !== undefined) {
      findings.add(`the account ended: ${JSON.stringify(account.death)}\n${account.said.slice(-20).join('\n')}`);
    } else await noteLost('at the end');
    if (only === undefined && account.death === undefined && sent < requests)
      findings.add(`only ${sent} of ${requests} requests were sent in ${within / 1000} s`);
    if (slowest > heartbeatWithin) findings.add(`GetCallerIdentity took ${Math.round(slowest)} ms`);
    if (memory > megabytes) findings.add(`the account took ${Math.round(memory)} MB of memory`);
  } finally {
    done.abort();
    await account.close();
  }
  const seconds = (performance.now() - began) / 1000;
  return { sent, seconds, statuses, kept: ledger.size, kills: killed, slowest, memory, findings: findings.list() };
}

function describe({ method, path, headers, body }: Plain): string {
  return `${method} ${path} ${JSON.stringify(headers)} ${body.toString('latin1')}`;
}

/** Whether an error has no content: a complete answer that is empty, or one with a declared length of zero. */
function saysNothing(body: string): boolean {
  return body.startsWith('HTTP/') ? /\r\n\r\n$/.test(body) && !/\r\ncontent-length: [1-9]/i.test(body) : body === '';
}
