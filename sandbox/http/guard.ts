import type { IncomingMessage } from 'node:http';
import type { HttpResponse } from '../calls/operation.ts';
import { probeHeader } from '../calls/probe-header.ts';

/**
 * Listening on 127.0.0.1 keeps other machines out, but not a web page in the same browser: it can post to loopback, and
 * read the responses by rebinding a name of its own. So a request must use a loopback name, or an AWS name that a
 * function's clients were redirected from, and come from no page but ours.
 */
export class Guard {
  readonly #pages = new Set<string>();

  /** Admits the page at this origin: `http://127.0.0.1:8080`. */
  allowPage(origin: string): void {
    this.#pages.add(origin);
  }

  /** Returns in a sentence why this request is rejected; undefined if it is admitted. */
  refuse(request: Pick<IncomingMessage, 'headers'>): string | undefined {
    const { host = '', origin, upgrade } = request.headers;
    // The checker's visitors send what browsers do. No page can set a header of its own on a handshake.
    const isProbe = upgrade !== undefined && request.headers[probeHeader] !== undefined;
    if (host === '') return 'The practice account only answers requests with a Host header.';
    if (!isOurs(host)) return `The practice account doesn't answer to the host name "${host}".`;
    if (origin !== undefined && !isProbe && !this.#pages.has(origin)) {
      return `The practice account doesn't answer pages from ${origin}.`;
    }
    return undefined;
  }
}

/** The answer to a request that the guard rejects. */
export function forbidden(message: string): HttpResponse {
  return { status: 403, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ message }) };
}

function isOurs(host: string): boolean {
  const name = host.replace(/:\d+$/, '').toLowerCase();
  return name === '127.0.0.1' || name === 'localhost' || name === '[::1]' || /(^|\.)amazonaws\.com$/.test(name);
}
