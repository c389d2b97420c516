import { executeApiPath } from '../../calls/addresses.ts';

/** Where in which API a request goes. */
export interface ApiAddress {
  readonly apiId: string;
  /** The steps of the path after the API, decoded: the stage, and what follows. */
  readonly steps: readonly string[];
}

/**
 * Reads the address of a request for a deployed API: `/_aws/execute-api/<apiId>/<stage>` at any name, or `/<stage>`
 * at `<apiId>.execute-api.<region>.amazonaws.com`. `path` is as it came, without the query.
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
