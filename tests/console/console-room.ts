import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { practiceTarget } from '../../checker/aws/open.ts';
import { practiceMail } from '../../checker/aws/practice.ts';
import type { Target } from '../../checker/aws/target.ts';
import { Console } from '../../checker/console/console.ts';
import { buildConsole } from '../../checker/launch/build-console.mjs';
import { type Page, pageFolders, servePage } from '../../checker/page/serve.ts';
import { findLab } from '../../checker/workshop/lab-name.ts';
import { deployRoom, type SolvedRoom } from '../room/solved-room.ts';

/** A deployed lab, with the page's server that serves its console. */
export interface ConsoleRoom extends SolvedRoom {
  readonly page: Page;
  readonly target: Target;
  /** The workshop that the console uses: its own `.lab`, and this checkout's files. */
  readonly root: string;
}

const checkout = join(import.meta.dirname, '..', '..');

/** Deploys a lab (its start or its solution) and serves its console. */
export async function openConsole(which: 'start' | 'solution', lab: string): Promise<ConsoleRoom> {
  const root = await mkdtemp(join(tmpdir(), 'websocket-lab-console-'));
  for (const part of ['app', 'labs', 'solutions', 'checker', 'node_modules', 'package.json'])
    await symlink(join(checkout, part), join(root, part));
  const folder = join(root, '.lab', 'account');
  await mkdir(folder, { recursive: true });
  const [room] = await Promise.all([deployRoom(which, lab, { folder }), buildConsole(join(root, 'dist', 'console'))]);
  const { account } = room;
  const target = practiceTarget(account.identity, account.port, {
    allowPage: async (origin) => account.allowPage(origin),
    mail: () => practiceMail(folder),
    close: async () => {},
  });
  const console = new Console({ root, lab: findLab(lab), target: async () => target, isTold: false });
  const page = await servePage({ ...pageFolders(root), room: room.address, lab, console });
  return {
    ...room,
    page,
    target,
    root,
    async close() {
      console.close();
      await page.close();
      await target.close();
      await room.close();
      await rm(root, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
