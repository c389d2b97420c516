import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPatch } from 'diff';

const checkout = join(import.meta.dirname, '..', '..');

/** A folder of labs outside the workshop. */
export interface OwnLabs {
  readonly folder: string;
  remove(): Promise<void>;
}

/** Creates the lab of docs/instructors.md: lab 1's room under another id, with a check that no other lab has. */
export async function layOutOwnLabs(workshop: string, id = '90-own'): Promise<OwnLabs> {
  const own = await layOutRoom(workshop, '01-missing-route', id);
  await layOutChecks(own.folder, join(checkout, 'docs', 'own-labs', 'checker', 'labs', '90-own'), '90-own', id);
  return own;
}

/**
 * Creates a lab whose fault is in one of its own handlers: lab 2's room, solved, except that the sender drops the text.
 */
export async function layOutHandlerLab(workshop: string): Promise<OwnLabs> {
  const id = '91-handler';
  const own = await layOutRoom(workshop, '02-lambda-permissions', id);
  await layOutChecks(own.folder, join(import.meta.dirname, 'handler-lab'), id, id);
  const solution = join(own.folder, 'solutions', id);
  const handler = 'functions/send-message.ts';
  const shipped = await readFile(join(workshop, 'app', handler), 'utf8');
  const right = shipped.replaceAll("'./", "'../../../app/functions/");
  await mkdir(join(solution, 'functions'));
  await writeFile(join(solution, handler), right);
  await edit(join(solution, 'stack.ts'), (stack) =>
    stack
      .replace(
        'join(functions, file)',
        "join(import.meta.dirname, file.includes('/') ? '' : '../../app/functions', file)",
      )
      .replace("'send-message.ts'", `'${handler}'`),
  );
  const wrong = right.replace(/(const said = .*\bfrom: name), text,/, '$1,');
  await writeFile(join(solution, 'fault.patch'), createPatch(handler, right, wrong).split('\n').slice(2).join('\n'));
  for (const path of ['stack.ts', 'cdk.json']) await cp(join(solution, path), join(own.folder, 'labs', id, path));
  await mkdir(join(own.folder, 'labs', id, 'functions'));
  await writeFile(join(own.folder, 'labs', id, handler), wrong);
  return own;
}

async function layOutRoom(workshop: string, from: string, id: string): Promise<OwnLabs> {
  const folder = await mkdtemp(join(tmpdir(), 'websocket-lab-own-'));
  await cp(join(workshop, 'app', 'functions'), join(folder, 'app', 'functions'), { recursive: true });
  for (const tree of ['labs', 'solutions']) {
    await cp(join(workshop, tree, from), join(folder, tree, id), { recursive: true });
    await edit(join(folder, tree, id, 'stack.ts'), (stack) => stack.replaceAll(from, id));
  }
  return { folder, remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }) };
}

async function layOutChecks(folder: string, from: string, former: string, id: string): Promise<void> {
  const checks = join(folder, 'checker', 'labs', id);
  await cp(from, checks, { recursive: true });
  for (const file of await readdir(checks)) {
    await edit(join(checks, file), (text) =>
      text.replaceAll(former, id).replace("'../../../checker/kit.ts'", "'websocket-lab'"),
    );
  }
}

async function edit(file: string, change: (text: string) => string): Promise<void> {
  await writeFile(file, change(await readFile(file, 'utf8')));
}
