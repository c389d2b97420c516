import { once } from 'node:events';
import { join } from 'node:path';
import { openTarget } from '../../aws/open.ts';
import { exitCode } from '../../failures/errors.ts';
import { FollowedRoom } from '../../page/followed-room.ts';
import { atKeptPort } from '../../page/kept-port.ts';
import { servePage } from '../../page/serve.ts';
import { wrapping } from '../../report/wrap.ts';
import { openBrowser } from '../browser.ts';
import type { Program } from '../program.ts';
import { chosenLab } from './chosen-lab.ts';

/** `lab open [lab]`: serves the chat page for the deployed room, wherever that is by then, until Ctrl-C. */
export async function open(program: Program, options: { lab: string | undefined }): Promise<number> {
  const { root, signal, isTerminal, say } = program;
  const print = wrapping(program.print, process.stdout);
  const { id } = await chosenLab(program, options.lab);
  const room = new FollowedRoom(root, id, await openTarget({ root, command: `lab open ${id}`, say, signal }));
  try {
    const served = await room.look();
    const follow = () => room.look();
    const admit = (origin: string) => room.admit(origin);
    const page = await atKeptPort(root, id, (port) =>
      servePage({ root: join(root, 'app', 'web'), port, ...served, follow, admit }),
    );
    await room.admit(page.origin);
    print(`The chat page is at ${page.url}; Ctrl-C ends it.`);
    if (isTerminal) openBrowser(page.url);
    if (!signal.aborted) await once(signal, 'abort');
    await page.close();
    return exitCode.fixed;
  } finally {
    await room.close();
  }
}
