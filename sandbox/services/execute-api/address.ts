import { executeApiPath } from '../../calls/addresses.ts';

/** The target of a request within an API. */
export interface ApiAddress {
  readonly apiId: string;
  /** The decoded segments of the path after the API: the stage, and the rest. */
  readonly steps: readonly string[];
}

/**
 * Parses the address of a request for a deployed API: `/_aws/execute-api/<apiId>/<stage>` at any host, or `/<stage>` at
 * `<apiId>.execute-api.<region>.amazonaws.com`. `path` is raw, without the query string.
 */
export function readApiAddress(path: string, host = ''): ApiAddress | undefined {
  if (path.startsWith(executeApiPath)) {
    const [apiId = '', ...steps] = stepsOf(path.slice(executeApiPath.length));
    return { apiId, steps };
  }
  const apiId = /^([a-z0-9]+)\.execute-api\.[a-z0-9-]+\.amazonaws\.com(?::\d+)?$/i.exec(host)?.[1];
  return apiId === undefined ? undefined : { apiId, steps: stepsOf(path.slice(1)) };
}

function stepsOf(path: string): string[] {
  return path
    .replace(/\/$/, '')
    .split('/')
    .filter((step) => step !== '')
    .map(decode);
}

function decode(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}
