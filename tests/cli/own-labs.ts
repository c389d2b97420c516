import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const checkout = join(import.meta.dirname, '..', '..');

/** A folder of labs outside of the workshop. */
export interface OwnLabs {
  readonly folder: string;
  remove(): Promise<void>;
}

/** Lays out the lab of docs/instructors.md: lab 1's room under another id, with a check that no other lab has. */
export async function layOutOwnLabs(workshop: string, id = '90-own'): Promise<OwnLabs> {
  const folder = await mkdtemp(join(tmpdir(), 'websocket-lab-own-'));
  await cp(join(workshop, 'app', 'functions'), join(folder, 'app', 'functions'), { recursive: true });
  for (const tree of ['labs', 'solutions']) {
    await cp(join(workshop, tree, '01-missing-route'), join(folder, tree, id), { recursive: true });
    const stack = join(folder, tree, id, 'stack.ts');
    await writeFile(stack, (await readFile(stack, 'utf8')).replaceAll('01-missing-route', id));
  }
  const checks = join(folder, 'checker', 'labs', id);
  await cp(join(checkout, 'docs', 'own-labs', 'checker', 'labs', '90-own'), checks, { recursive: true });
  const entry = join(checks, 'lab.ts');
  await writeFile(entry, (await readFile(entry, 'utf8')).replaceAll('90-own', id));
  return { folder, remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }) };
}
