import type { IncomingMessage } from 'node:http';

/**
 * Listening on 127.0.0.1 keeps other machines out, but not a web page in the same browser: it can post to
 * loopback, and by rebinding a name of its own it can read the answers. So a request must come by a loopback
 * name, or by an AWS name that a function's own clients were led here by, and from no page but ours.
 */
export class Guard {
  readonly #pages = new Set<string>();

  /** Lets the page at this origin in: `http://127.0.0.1:8080`. */
  allowPage(origin: string): void {
    this.#pages.add(origin);
  }

  /** Why this request may not come in, in a sentence; undefined when it may. */
  refuse(request: Pick<IncomingMessage, 'headers'>): string | undefined {
    const { host = '', origin } = request.headers;
    if (host === '')
      return 'The practice account answers only requests that name their host: the header Host is missing.';
    if (!isOurs(host)) return `The practice account does not answer to the host name "${host}".`;
    if (origin !== undefined && !this.#pages.has(origin)) {
      return `The practice account does not answer pages from ${origin}.`;
    }
    return undefined;
  }
}

function isOurs(host: string): boolean {
  const name = host.replace(/:\d+$/, '').toLowerCase();
  return name === '127.0.0.1' || name === 'localhost' || name === '[::1]' || /(^|\.)amazonaws\.com$/.test(name);
}
