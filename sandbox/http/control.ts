import { proofHeader, proofOf } from '../account/owner.ts';
import type { HttpRequest, HttpResponse } from '../calls/operation.ts';
import type { Message } from '../services/cognito-idp/users/sent-codes.ts';
import type { Guard } from './guard.ts';
import type { Limits } from './kept-connections.ts';
import { isSameSecret } from './same-secret.ts';

/** What is not AWS's but ours: asked by the other processes of this checkout, which know the nonce. */
export const controlPath = '/_lab/';

export interface Control {
  answer(request: HttpRequest): HttpResponse;
}

/**
 * The few things that the processes of one checkout tell each other, each with the nonce that the owner wrote
 * into the account's folder: `GET /_lab/owner` (is it you?), `POST /_lab/pages` (a page's origin may come in),
 * `GET /_lab/mail` (the codes that AWS would have mailed), `GET /_lab/limits` (how near the process is to its limits),
 * `POST /_lab/stop`. Whoever does not know the nonce learns nothing. What an action gives is answered as JSON.
 */
export function createControl(
  nonce: string,
  {
    guard,
    mail,
    limits,
    stop,
  }: { readonly guard: Pick<Guard, 'allowPage'>; mail(): readonly Message[]; limits(): Limits; stop(): void },
): Control {
  const actions: Readonly<Record<string, (body: string) => unknown>> = {
    'GET /_lab/owner': () => {},
    'POST /_lab/pages': (body) => guard.allowPage(body),
    'GET /_lab/mail': () => ({ messages: mail() }),
    'GET /_lab/limits': limits,
    'POST /_lab/stop': () => void setImmediate(stop),
  };
  const proof = { [proofHeader]: proofOf(nonce) };
  return {
    answer(request): HttpResponse {
      const action = actions[`${request.method} ${request.path}`];
      const allowed = action !== undefined && isSameSecret(request.headers['x-lab-nonce'] ?? '', nonce);
      if (!allowed) return { status: 404, headers: {}, body: '' };
      const answer = action(request.body.toString('utf8'));
      if (answer === undefined) return { status: 204, headers: proof, body: '' };
      return {
        status: 200,
        headers: { ...proof, 'content-type': 'application/json', 'cache-control': 'no-store' },
        body: JSON.stringify(answer),
      };
    },
  };
}
