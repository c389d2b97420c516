import type { HttpRequest, HttpResponse, Parsed, Protocol } from '../calls/operation.ts';
import { parseJson } from './json.ts';
import { restRoute } from './rest-route.ts';

/** How one service spells its members on the wire, if that differs from the SDK's types. */
export interface RestJsonStyle {
  /** `lower`: `apiId` on the wire, `ApiId` in the types, as in API Gateway v2. */
  readonly members: 'same' | 'lower';
  /** Members whose value is a map: its keys are the user's own, and stay unchanged. */
  readonly maps: readonly string[];
  /** Operations whose body is bytes, given as `Body`, such as Lambda's Invoke. */
  readonly raw?: readonly string[];
  /** Dates as seconds (Lambda's are already strings) or as ISO 8601. */
  readonly dates: 'seconds' | 'iso';
}

/** A protocol that has the complete request: callers needn't wait. */
interface RestJson extends Protocol {
  parse(...from: Parameters<Protocol['parse']>): Parsed;
}

/** An answer of a REST operation that isn't a plain object: it sets status, headers or a raw body. */
export class RestAnswer {
  readonly status: number;
  readonly output: object | string | Buffer | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, output?: object | string | Buffer, headers: Readonly<Record<string, string>> = {}) {
    this.status = status;
    this.output = output;
    this.headers = headers;
  }
}

/**
 * The REST JSON protocol of Lambda and API Gateway: the operation is the method and path; path and query
 * parameters and the body's members make the input (https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html).
 */
export function restJson(style: RestJsonStyle): RestJson {
  return {
    parse(request, service) {
      const { operation, parameters } = restRoute(request, service);
      const query = Object.fromEntries([...request.query].map(([name, value]) => [upper(name), value]));
      const body = style.raw?.includes(operation)
        ? { Body: request.body, Headers: request.headers }
        : spell(bodyOf(request), style.members === 'lower' ? upper : same, style);
      return { operation, input: { ...query, ...(body as object), ...parameters } };
    },
    respond(output, { requestId }) {
      const answer = output instanceof RestAnswer ? output : new RestAnswer(200, output);
      const { status, headers } = answer;
      if (answer.output === undefined)
        return { status, headers: { 'x-amzn-requestid': requestId, ...headers }, body: '' };
      if (typeof answer.output === 'string' || Buffer.isBuffer(answer.output)) {
        return {
          status,
          headers: { 'content-type': 'application/json', 'x-amzn-requestid': requestId, ...headers },
          body: answer.output,
        };
      }
      const body = spell(answer.output, style.members === 'lower' ? lower : same, style);
      return json(status, requestId, body, headers);
    },
    fail(error, { requestId }) {
      const details = spell(error.details, style.members === 'lower' ? lower : same, style) as object;
      return json(error.status, requestId, { message: error.message, ...details }, { 'x-amzn-errortype': error.code });
    },
  };
}

function bodyOf(request: HttpRequest): unknown {
  const text = request.body.toString('utf8');
  return text === '' ? {} : parseJson(text);
}

function json(
  status: number,
  requestId: string,
  body: unknown,
  headers: Readonly<Record<string, string>>,
): HttpResponse {
  return {
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-requestid': requestId, ...headers },
    body: JSON.stringify(body),
  };
}

const same = (name: string) => name;
const upper = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);
const lower = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);

/** Renames members recursively, except the keys of maps. */
function spell(value: unknown, rename: (name: string) => string, style: RestJsonStyle): unknown {
  if (value instanceof Date) return style.dates === 'iso' ? value.toISOString() : value.getTime() / 1000;
  if (Array.isArray(value)) return value.map((item) => spell(item, rename, style));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([name, member]) => {
        const isMap = style.maps.includes(upper(name)) && typeof member === 'object' && member !== null;
        return [rename(name), isMap ? spellValues(member as object, rename, style) : spell(member, rename, style)];
      }),
  );
}

function spellValues(map: object, rename: (name: string) => string, style: RestJsonStyle): object {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, spell(value, rename, style)]));
}
