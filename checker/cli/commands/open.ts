import { openLasting } from '../../aws/lasting.ts';
import { Console } from '../../console/console.ts';
import { exitCode } from '../../failures/errors.ts';
import { accountEnd } from '../../page/account-end.ts';
import { FollowedRoom } from '../../page/followed-room.ts';
import { atKeptPort } from '../../page/kept-port.ts';
import { pageFolders, servePage } from '../../page/serve.ts';
import { wrapping } from '../../report/wrap.ts';
import { openBrowser } from '../browser.ts';
import type { Program } from '../program.ts';
import { chosenLab } from './chosen-lab.ts';

/**
 * `lab open [lab]`: serves the chat page and the console for the deployed room, wherever it is by then, until Ctrl-C, or
 * until the practice account has stopped for good. Other commands can use the account meanwhile.
 */
export async function open(program: Program, options: { lab: string | undefined }): Promise<number> {
  const { root, isTerminal, say } = program;
  const print = wrapping(program.print, process.stdout);
  const lab = await chosenLab(program, options.lab);
  const { id } = lab;
  const stopped = new AbortController();
  const signal = AbortSignal.any([program.signal, stopped.signal]);
  const target = await openLasting({
    root,
    command: `lab open ${id}`,
    port: undefined,
    lasting: true,
    say,
    onStop: () => stopped.abort(),
    signal,
  });
  const room = new FollowedRoom(root, id, target);
  const console = new Console({ root, lab, target: () => room.target(), isTold: false });
  try {
    const served = await room.look();
    const follow = () => room.look();
    const admit = (origin: string) => room.admit(origin);
    const page = await atKeptPort(root, id, (port) =>
      servePage({ ...pageFolders(root), port, ...served, console, follow, admit }),
    );
    await room.admit(page.origin);
    print(`The chat page is at ${page.url}.`);
    print(`The console is at ${page.consoleUrl}. Press Ctrl-C to stop.`);
    if (isTerminal) openBrowser(page.url);
    const end = await accountEnd(target, { root, follow: () => room.target(), signal, print });
    if (stopped.signal.aborted) print('The practice account is stopping, so this command ends, too.');
    console.close();
    await page.close();
    return end === 'lost' ? exitCode.couldNotCheck : exitCode.fixed;
  } finally {
    console.close();
    await room.close();
  }
}
