import type { IncomingMessage } from 'node:http';
import type { Ids } from '../../calls/ids.ts';
import { probeHeader } from '../../calls/probe-header.ts';

/** A client's connection request, as functions see it. */
export interface Handshake {
  /** Names as received; for repeated ones, the last value. */
  readonly headers: Readonly<Record<string, string>>;
  readonly multiValueHeaders: Readonly<Record<string, readonly string[]>>;
  readonly query: Readonly<Record<string, string>>;
  readonly multiValueQuery: Readonly<Record<string, readonly string[]>>;
  readonly stageVariables: Readonly<Record<string, string>>;
  readonly sourceIp: string;
  readonly userAgent: string | undefined;
  /** Whether it comes from a checker, which marks itself; functions can't tell. */
  readonly isProbe: boolean;
}

/** Hop-by-hop headers between the client and API Gateway. */
const hop = new Set(['connection', 'upgrade', 'host', 'content-length', 'transfer-encoding', probeHeader]);

/** Parses an upgrade request; `host` is the API's own name, since functions see no other. */
export function readHandshake(
  request: IncomingMessage,
  host: string,
  stageVariables: Readonly<Record<string, string>>,
  { now, ids }: { readonly now: Date; readonly ids: Pick<Ids, 'bytes'> },
): Handshake {
  const sourceIp = (request.socket.remoteAddress ?? '127.0.0.1').replace(/^::ffff:/, '');
  const multiValueHeaders = listsByName();
  multiValueHeaders.Host = [host];
  for (let at = 0; at + 1 < request.rawHeaders.length; at += 2) {
    const [name = '', value = ''] = request.rawHeaders.slice(at, at + 2);
    if (hop.has(name.toLowerCase())) continue;
    multiValueHeaders[name] = [...(multiValueHeaders[name] ?? []), value];
  }
  // Added by the load balancers in front of API Gateway.
  multiValueHeaders['X-Amzn-Trace-Id'] = [traceId(now, ids)];
  multiValueHeaders['X-Forwarded-For'] = [sourceIp];
  multiValueHeaders['X-Forwarded-Port'] = ['443'];
  multiValueHeaders['X-Forwarded-Proto'] = ['https'];
  const multiValueQuery = queryOf(request.url ?? '');
  return {
    headers: lastOf(multiValueHeaders),
    multiValueHeaders,
    query: lastOf(multiValueQuery),
    multiValueQuery,
    stageVariables,
    sourceIp,
    userAgent: request.headers['user-agent'],
    isProbe: request.headers[probeHeader] !== undefined,
  };
}

/** Clients choose the names, so no prototype: no `constructor`. */
function listsByName(): Record<string, string[]> {
  return Object.create(null) as Record<string, string[]>;
}

function queryOf(url: string): Record<string, string[]> {
  const query = listsByName();
  for (const [name, value] of new URLSearchParams(url.split(/\?(.*)/s)[1] ?? '')) {
    query[name] = [...(query[name] ?? []), value];
  }
  return query;
}

function lastOf(values: Readonly<Record<string, readonly string[]>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, list]) => [name, list.at(-1) ?? '']));
}

function traceId(now: Date, ids: Pick<Ids, 'bytes'>): string {
  const seconds = Math.floor(now.getTime() / 1000).toString(16);
  return `Root=1-${seconds}-${ids.bytes(12).toString('hex')}`;
}
