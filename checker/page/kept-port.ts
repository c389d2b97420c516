import { writeWhole } from '../process/write-whole.ts';
import { pagePorts, pagePortsFile } from '../workshop/page-ports.ts';
import type { Page } from './serve.ts';

/**
 * Serves a page at the port that it had before in this checkout, or else at a free one, which it then keeps: people are
 * signed in to one origin, which includes the port. If the same page is being served there, this one is at another
 * port, and the next one is there again. `name` is the lab's id, or `start` for the page of `lab start`.
 */
export async function atKeptPort(root: string, name: string, serve: (port: number) => Promise<Page>): Promise<Page> {
  const ports = await pagePorts(root);
  const kept = ports[name];
  const before = typeof kept === 'number' ? await serve(kept).catch(unlessTaken) : undefined;
  if (before !== undefined) return before;
  const page = await serve(0);
  if (typeof kept === 'number' && (await servesPage(kept, name))) return page;
  // If the port can't be saved, the page is still served.
  await keep(root, { ...ports, [name]: Number(new URL(page.url).port) }).catch(() => {});
  return page;
}

function unlessTaken(error: NodeJS.ErrnoException): undefined {
  if (!['EADDRINUSE', 'EACCES', 'ERR_SOCKET_BAD_PORT'].includes(error.code ?? '')) throw error;
}

/** How long another page can take to say what it is, in milliseconds. */
const patience = 2_000;

/** Whether the page of that name is being served at a port. */
async function servesPage(port: number, name: string): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/config.json`, { signal: AbortSignal.timeout(patience) });
    const { lab } = (await response.json()) as { readonly lab?: unknown };
    return name === 'start' ? typeof lab === 'string' : lab === name;
  } catch {
    // It is another program.
    return false;
  }
}

async function keep(root: string, ports: Readonly<Record<string, unknown>>): Promise<void> {
  await writeWhole(pagePortsFile(root), `${JSON.stringify(ports)}\n`);
}
