import { access, constants, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Chosen } from '../aws/chosen.ts';
import { practiceTarget } from '../aws/open.ts';
import { whoHas } from '../aws/port.ts';
import {
  accountFolder,
  announcedOwner,
  damageOf,
  isHeld,
  isOwner,
  practiceIdentity,
  practiceTitle,
  startPractice,
  usualPort,
} from '../aws/practice.ts';
import { LabError } from '../failures/errors.ts';
import { explainFailure } from '../failures/failure.ts';
import { requireFolders } from '../failures/file-failure.ts';
import { shownPath } from '../workshop/own-labs/home.ts';
import type { Examination, Finding } from './finding.ts';

const giveRight = 'Give yourself read and write permission in the folder .lab.';

/** The state of the practice account: whether it is writable, who has it, and whether it works. */
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
      ? { about, state: 'fine', found: 'not created yet: the first command creates it' }
      : { about, state: 'in the way', found: `${root} isn't writable`, next: giveRight };
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
      found: `${shownPath(root, path)} isn't writable`,
      next: giveRight,
    };
  }
  const owner = await announcedOwner(root);
  if (owner !== undefined && (await isOwner(owner))) {
    const found = `running at port ${owner.port}, of "${owner.command}" (process ${owner.pid})`;
    return (await refusalAt(root, owner.port, chosen)) ?? { about, state: 'fine', found };
  }
  const damage = await damageOf(root);
  if (damage !== undefined) return refusal(damage, chosen);
  if (!(await isHeld(root))) {
    return (
      (await refusalOnceStarted(root, chosen)) ?? {
        about,
        state: 'fine',
        found: `not running; its state is in ${shown}`,
      }
    );
  }
  return {
    about,
    state: 'in the way',
    found: "in use by a process that doesn't answer",
    next: '`npx lab sandbox stop` ends it.',
  };
};

/**
 * Returns the problem with starting the account, if any, by starting it as any command would: only then does it open
 * all of its files.
 */
async function refusalOnceStarted(root: string, chosen: Chosen): Promise<Finding | undefined> {
  const started = await startPractice({ root, command: 'lab doctor', port: 0, lasting: false, say() {} }).catch(
    (error: unknown) => {
      if (error instanceof LabError) return error;
      throw error;
    },
  );
  if (started instanceof LabError) return refusal(started, chosen);
  // Another command has it by now, and reports its own problems.
  if (started === 'port taken' || 'busy' in started) return undefined;
  try {
    return await refusalAt(root, started.port, chosen);
  } finally {
    await started.close();
  }
}

/** Reports an account that listens, but rejects requests; undefined if it answers as it should. */
async function refusalAt(root: string, port: number, chosen: Chosen): Promise<Finding | undefined> {
  const target = practiceTarget(await practiceIdentity(root), port, {
    allowPage: async () => {},
    close: async () => {},
  });
  const { clients } = target;
  try {
    const [{ DescribeStacksCommand }, { ListTablesCommand }] = await Promise.all([
      import('../aws/sdk/cloudformation.ts'),
      import('../aws/sdk/dynamodb.ts'),
    ]);
    await (await clients.cloudformation()).send(new DescribeStacksCommand({}));
    await (await clients.dynamodb()).send(new ListTablesCommand({}));
    return undefined;
  } catch (error) {
    return refusal(error, chosen);
  } finally {
    await target.close();
  }
}

function refusal(error: unknown, { kind }: Chosen): Finding {
  const { reason, next } = explainFailure(error, { kind: 'practice', title: practiceTitle });
  // People who use AWS don't need it.
  return { about: 'practice account', state: kind === 'aws' ? 'note' : 'in the way', found: reason, next };
}

/** The usual port of the practice account. */
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
    found: `taken by ${await whoHas(usualPort)}: the practice account uses another one`,
    next: '`npx lab start --port PORT` chooses one.',
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
