import { AwsError } from '../calls/errors.ts';
import type { HttpRequest, Service } from '../calls/operation.ts';

/** A matching route: its operation, and its path parameters. */
interface Fitting {
  readonly operation: string;
  readonly parameters: Record<string, string>;
}

/**
 * Finds the operation of a REST request in a service's `routes`: `GET /v2/apis/{ApiId}`. If several match, the one with
 * the most literal segments wins.
 */
export function restRoute(request: Pick<HttpRequest, 'method' | 'path'>, service: Service): Fitting {
  const found = fittingRoute(request, service);
  if (found !== undefined) return found;
  throw new AwsError(
    'UnknownOperationException',
    `The practice account's ${service.title} doesn't support ${request.method} ${request.path}.`,
    404,
  );
}

/** The same, but returns nothing if no route matches. */
export function fittingRoute(request: Pick<HttpRequest, 'method' | 'path'>, { routes }: Service): Fitting | undefined {
  let best: (Fitting & { readonly weight: number }) | undefined;
  for (const [route, operation] of Object.entries(routes ?? {})) {
    const [method, template = ''] = route.split(' ');
    if (method !== request.method) continue;
    const parameters = matchPath(template, request.path);
    if (parameters === undefined) continue;
    const weight = template.split('/').filter((step) => step !== '' && !step.startsWith('{')).length;
    if (best === undefined || weight > best.weight) best = { operation, parameters, weight };
  }
  return best;
}

function matchPath(template: string, path: string): Record<string, string> | undefined {
  const wanted = template.split('/').slice(1);
  const given = path.replace(/\/$/, '').split('/').slice(1);
  if (given.length !== wanted.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, step] of wanted.entries()) {
    const value = given[index];
    if (value === undefined) return undefined;
    const name = /^\{(\w+)\}$/.exec(step)?.[1];
    if (name !== undefined) parameters[name] = decode(value);
    else if (step !== value) return undefined;
  }
  return parameters;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
