import { AwsError } from '../errors.ts';
import type { HttpRequest, Service } from '../operation.ts';

/**
 * Finds the operation of a REST request by a service's `routes`: `GET /v2/apis/{ApiId}`. Of several
 * that fit, the one with most steps of its own wins.
 */
export function restRoute(
  request: Pick<HttpRequest, 'method' | 'path'>,
  service: Service,
): { operation: string; parameters: Record<string, string> } {
  let best: { operation: string; parameters: Record<string, string>; weight: number } | undefined;
  for (const [route, operation] of Object.entries(service.routes ?? {})) {
    const [method, template = ''] = route.split(' ');
    if (method !== request.method) continue;
    const parameters = matchPath(template, request.path);
    if (parameters === undefined) continue;
    const weight = template.split('/').filter((step) => step !== '' && !step.startsWith('{')).length;
    if (best === undefined || weight > best.weight) best = { operation, parameters, weight };
  }
  if (best !== undefined) return best;
  throw new AwsError(
    'UnknownOperationException',
    `The practice account's ${service.title} does not serve ${request.method} ${request.path}.`,
    404,
  );
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
