import type { ServerResponse } from 'node:http';
import { proofHeader, proofOf } from '../account/owner.ts';
import type { UnsupportedCall } from '../account/unsupported-calls.ts';
import type { HttpRequest, HttpResponse } from '../calls/operation.ts';
import type { Message } from '../services/cognito-idp/users/sent-codes.ts';
import type { LimitedReads } from '../services/dynamodb/limited-reads.ts';
import { type FailingConnections, isFailure } from '../services/execute-api/management/failing-connections.ts';
import type { Readers } from '../trace/readers.ts';
import type { Guard } from './guard.ts';
import type { Limits } from './kept-connections.ts';
import { isSameSecret } from './same-secret.ts';

/** Our own API, not AWS's: used by other processes of this checkout, which know the nonce. */
export const controlPath = '/_lab/';

/** How long a request can wait for functions, in milliseconds: less than callers wait for an answer. */
const LONGEST_WAIT = 1_900;

export interface Control {
  /** Returns the response to a request; undefined if it writes to `response` itself, now and later. */
  answer(request: HttpRequest, response: ServerResponse): Promise<HttpResponse | undefined>;
}

/** The parts of an account that its control API uses. */
export interface ControlParts {
  readonly guard: Pick<Guard, 'allowPage'>;
  readonly readers: Pick<Readers, 'serve'>;
  readonly failing: Pick<FailingConnections, 'begin' | 'end'>;
  readonly reads: Pick<LimitedReads, 'limit'>;
  mail(): readonly Message[];
  unsupported(): readonly UnsupportedCall[];
  limits(): Limits;
  live(): object;
  quietFor(least: number, longest: number): Promise<number>;
  stop(): void;
}

/**
 * The control API between the processes of one checkout. Each request has the nonce that the owner wrote into the
 * account's folder: `GET /_lab/owner` (is it you?), `POST /_lab/pages` (admit a page's origin), `GET /_lab/mail` (the
 * codes that AWS would have mailed), `GET /_lab/unsupported` (unsupported calls of functions), `GET /_lab/limits` (how
 * close the process is to its limits), `GET /_lab/live` (processes of functions and open connections), `POST
 * /_lab/quiet` (waits until no function has been running for a while, and says for how long), `POST /_lab/failing` (makes
 * `@connections` calls for one id fail with an error that AWS has, or get no answer, or makes posts to it take longer, or
 * ends that, and says how many calls there were), `POST /_lab/reads` (limits a table's reads to so many items at once,
 * and makes one of them fail, or ends that), `GET /_lab/events` (events as in `sandbox/trace/events.ts`), `POST
 * /_lab/stop`. Callers without the nonce learn nothing. Actions respond with JSON, events with a stream.
 */
export function createControl(
  nonce: string,
  { guard, readers, failing, reads, mail, unsupported, limits, live, quietFor, stop }: ControlParts,
): Control {
  const actions: Readonly<Record<string, (body: string) => unknown>> = {
    'GET /_lab/owner': () => {},
    'POST /_lab/pages': (body) => guard.allowPage(body),
    'GET /_lab/mail': () => ({ messages: mail() }),
    'GET /_lab/unsupported': () => ({ calls: unsupported() }),
    'GET /_lab/limits': limits,
    'GET /_lab/live': live,
    async 'POST /_lab/quiet'(body) {
      const { least, longest } = JSON.parse(body) as { least?: number; longest?: number };
      return { ms: await quietFor(Number(least) || 0, Math.min(Number(longest) || 0, LONGEST_WAIT)) };
    },
    'POST /_lab/failing'(body) {
      const { connectionId, error, delay, most } = JSON.parse(body) as Readonly<Record<string, unknown>>;
      const times = failing.end(String(connectionId));
      const late = Number(delay) > 0 ? { delay: Number(delay) } : undefined;
      const failed = isFailure(error) ? { error, most: Number(most) || undefined } : undefined;
      if (failed ?? late) failing.begin(String(connectionId), { ...failed, ...late });
      return { times };
    },
    'POST /_lab/reads'(body) {
      const { table, items, failsFrom, most, error } = JSON.parse(body) as Readonly<Record<string, unknown>>;
      const failed = typeof error === 'string' ? { error } : {};
      const numbers = { failsFrom: Number(failsFrom) || undefined, most: Number(most) || undefined };
      const limit = { items: Number(items), ...numbers, ...failed };
      reads.limit(String(table), limit.items > 0 ? limit : undefined);
      return {};
    },
    'POST /_lab/stop': () => void setImmediate(stop),
  };
  const proof = { [proofHeader]: proofOf(nonce) };
  return {
    async answer(request, response) {
      const asked = `${request.method} ${request.path}`;
      const action = actions[asked];
      const isKnown = action !== undefined || asked === 'GET /_lab/events';
      const allowed = isKnown && isSameSecret(request.headers['x-lab-nonce'] ?? '', nonce);
      if (!allowed) return { status: 404, headers: {}, body: '' };
      if (action === undefined) {
        readers.serve(response, proof, request.headers['last-event-id']);
        return undefined;
      }
      const answer = await action(request.body.toString('utf8'));
      if (answer === undefined) return { status: 204, headers: proof, body: '' };
      return {
        status: 200,
        headers: { ...proof, 'content-type': 'application/json', 'cache-control': 'no-store' },
        body: JSON.stringify(answer),
      };
    },
  };
}
