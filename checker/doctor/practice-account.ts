import { access, constants, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { whoHas } from '../aws/port.ts';
import { accountFolder, announcedOwner, damageOf, isHeld, isOwner, usualPort } from '../aws/practice.ts';
import { requireFolders } from '../failures/file-failure.ts';
import { shownPath } from '../workshop/own-labs/home.ts';
import type { Examination, Finding } from './finding.ts';

const giveRight = 'Give yourself the right to read and write in the folder .lab.';

/** The state of the practice account: whether it can be written, and who has it. */
export const practiceState: Examination = async ({ root, chosen }) => {
  const about = 'practice account';
  requireFolders(root);
  const folder = accountFolder(root);
  const there = await stat(folder).catch(() => undefined);
  if (there === undefined) {
    const mayMake = await access(root, constants.W_OK).then(
      () => true,
      () => false,
    );
    return mayMake
      ? { about, state: 'fine', found: 'not made yet: the first command makes it' }
      : { about, state: 'in the way', found: `${root} may not be written to, or is read-only`, next: giveRight };
  }
  const shown = shownPath(root, folder);
  for (const path of [folder, join(folder, 'state')]) {
    const mayWrite = await access(path, constants.R_OK | constants.W_OK).then(
      () => true,
      (error: NodeJS.ErrnoException) => error.code === 'ENOENT',
    );
    if (mayWrite) continue;
    return {
      about,
      state: 'in the way',
      found: `${shownPath(root, path)} belongs to somebody else, or is read-only`,
      next: giveRight,
    };
  }
  const owner = await announcedOwner(root);
  if (owner !== undefined && (await isOwner(owner))) {
    const found = `running at port ${owner.port}, of "${owner.command}" (process ${owner.pid})`;
    return { about, state: 'fine', found };
  }
  const damage = await damageOf(root);
  if (damage !== undefined) {
    // Who works on AWS does without.
    const state = chosen.kind === 'aws' ? 'note' : 'in the way';
    return { about, state, found: damage.message, next: damage.next };
  }
  if (!(await isHeld(root))) return { about, state: 'fine', found: `not running; its state is in ${shown}` };
  return {
    about,
    state: 'in the way',
    found: 'a process has it that does not answer',
    next: '`npx lab sandbox stop` ends it.',
  };
};

/** The port that the practice account usually has. */
export const port: Examination = async ({ root }): Promise<Finding> => {
  const about = `port ${usualPort}`;
  const owner = await announcedOwner(root);
  if (owner?.port === usualPort && (await isOwner(owner))) {
    return { about, state: 'fine', found: 'the practice account has it' };
  }
  if (await isFree(usualPort)) return { about, state: 'fine', found: 'free' };
  return {
    about,
    state: 'note',
    found: `taken by ${await whoHas(usualPort)}: the practice account takes another one`,
    next: '`npx lab start --port PORT` chooses it.',
  };
};

async function isFree(wanted: number): Promise<boolean> {
  const { createServer } = await import('node:net');
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(wanted, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
