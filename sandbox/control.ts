import { timingSafeEqual } from 'node:crypto';
import type { Guard } from './guard.ts';
import type { HttpRequest, HttpResponse } from './operation.ts';

/** What is not AWS's but ours: asked by the other processes of this checkout, which know the nonce. */
export const controlPath = '/_lab/';

export interface Control {
  answer(request: HttpRequest): HttpResponse;
}

/**
 * The few things that the processes of one checkout tell each other, each with the nonce that the owner wrote
 * into the account's folder: `GET /_lab/owner` (is it you?), `POST /_lab/pages` (a page's origin may come in),
 * `POST /_lab/stop`. Whoever does not know the nonce learns nothing.
 */
export function createControl(nonce: string, guard: Pick<Guard, 'allowPage'>, stop: () => void): Control {
  const actions: Readonly<Record<string, (body: string) => void>> = {
    'GET /_lab/owner': () => {},
    'POST /_lab/pages': (body) => guard.allowPage(body),
    'POST /_lab/stop': () => setImmediate(stop),
  };
  return {
    answer(request) {
      const action = actions[`${request.method} ${request.path}`];
      const allowed = action !== undefined && isSame(request.headers['x-lab-nonce'] ?? '', nonce);
      if (allowed) action(request.body.toString('utf8'));
      return { status: allowed ? 204 : 404, headers: {}, body: '' };
    },
  };
}

function isSame(given: string, nonce: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(nonce)];
  return a.length === b.length && timingSafeEqual(a, b);
}
