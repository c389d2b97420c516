import { AwsError } from '../errors.ts';
import type { HttpRequest, Service } from '../operation.ts';

/**
 * Finds the operation of a REST request by a service's `routes`: `GET /v2/apis/{ApiId}`. `{Key+}` takes
 * the rest of the path, `?location` asks for a query parameter of that name, `?list-type=2` for its value.
 * Of several that fit, the one that asks for most wins.
 */
export function restRoute(
  request: Pick<HttpRequest, 'method' | 'path' | 'query'>,
  service: Service,
): { operation: string; parameters: Record<string, string> } {
  let best: { operation: string; parameters: Record<string, string>; weight: number } | undefined;
  for (const [route, operation] of Object.entries(service.routes ?? {})) {
    const [method, target = ''] = route.split(' ');
    if (method !== request.method) continue;
    const [template = '', query] = target.split('?');
    const asked = query === undefined ? [] : query.split('&');
    if (!asked.every((item) => asks(item, request.query))) continue;
    const parameters = matchPath(template, request.path);
    if (parameters === undefined) continue;
    const weight =
      asked.length * 100 + template.split('/').filter((step) => step !== '' && !step.startsWith('{')).length;
    if (best === undefined || weight > best.weight) best = { operation, parameters, weight };
  }
  if (best !== undefined) return best;
  throw new AwsError(
    'UnknownOperationException',
    `The practice account's ${service.title} does not serve ${request.method} ${request.path}.`,
    404,
  );
}

function asks(item: string, query: URLSearchParams): boolean {
  const [name = '', value] = item.split('=');
  return value === undefined ? query.has(name) : query.get(name) === value;
}

function matchPath(template: string, path: string): Record<string, string> | undefined {
  const wanted = template.split('/').slice(1);
  const given = path.replace(/\/$/, '').split('/').slice(1);
  const parameters: Record<string, string> = {};
  for (const [index, step] of wanted.entries()) {
    const rest = /^\{(\w+)\+\}$/.exec(step)?.[1];
    if (rest !== undefined) {
      if (given.length <= index) return undefined;
      parameters[rest] = decode(given.slice(index).join('/'));
      return parameters;
    }
    const value = given[index];
    if (value === undefined) return undefined;
    const name = /^\{(\w+)\}$/.exec(step)?.[1];
    if (name !== undefined) parameters[name] = decode(value);
    else if (step !== value) return undefined;
  }
  return given.length === wanted.length ? parameters : undefined;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
