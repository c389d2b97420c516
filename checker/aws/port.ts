import { askPort } from './ask-port.ts';

/** Describes who has a port of this machine, in words that follow "Port 4566 is taken by …". */
export async function whoHas(port: number): Promise<string> {
  const answer = await askPort(port, { method: 'GET', path: '/', patience: 1000 });
  if (answer === undefined) return 'another program';
  if (answer.body.includes('The practice account')) return 'the practice account of another copy of the workshop';
  const { server } = answer.headers;
  return server === undefined ? 'another web server' : `another web server (${server})`;
}
