import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pagePorts, pagePortsFile } from '../workshop/page-ports.ts';
import type { Page } from './serve.ts';

/**
 * Serves a page at the port that it had before in this checkout, or else at a free one, which it then keeps: people are
 * signed in to one origin, which includes the port. `name` is the lab's id, or `start` for the page of `lab start`.
 */
export async function atKeptPort(root: string, name: string, serve: (port: number) => Promise<Page>): Promise<Page> {
  const ports = await pagePorts(root);
  const kept = ports[name];
  const before = typeof kept === 'number' ? await serve(kept).catch(unlessTaken) : undefined;
  if (before !== undefined) return before;
  const page = await serve(0);
  // If the port can't be saved, the page is still served.
  await keep(root, { ...ports, [name]: Number(new URL(page.url).port) }).catch(() => {});
  return page;
}

function unlessTaken(error: NodeJS.ErrnoException): undefined {
  if (!['EADDRINUSE', 'EACCES', 'ERR_SOCKET_BAD_PORT'].includes(error.code ?? '')) throw error;
}

async function keep(root: string, ports: Readonly<Record<string, unknown>>): Promise<void> {
  await mkdir(join(root, '.lab'), { recursive: true });
  await writeFile(pagePortsFile(root), `${JSON.stringify(ports)}\n`);
}
