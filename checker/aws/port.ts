/** Who has a port of this machine, in words that follow "Port 4566 is taken by …". */
export async function whoHas(port: number): Promise<string> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(1000) });
    const text = (await response.text()).slice(0, 1000);
    if (text.includes('The practice account')) return 'the practice account of another copy of the workshop';
    const server = response.headers.get('server');
    return server === null ? 'another web server' : `another web server (${server})`;
  } catch {
    return 'another program';
  }
}
