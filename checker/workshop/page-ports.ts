import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The file with the ports that this checkout's chat pages were served at, by lab; `start` for that of `lab start`. */
export function pagePortsFile(root: string): string {
  return join(root, '.lab', 'page-ports.json');
}

/** Returns what that file says; nothing if it can't be read. */
export async function pagePorts(root: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    const kept: unknown = JSON.parse(await readFile(pagePortsFile(root), 'utf8'));
    return typeof kept === 'object' && kept !== null ? (kept as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
