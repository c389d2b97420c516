import { once } from 'node:events';
import { join } from 'node:path';
import { openBrowser } from '../browser.ts';
import { exitCode, LabError } from '../errors.ts';
import { labFolder } from '../lab-files.ts';
import { openSubject } from '../observe/subject.ts';
import { servePage } from '../page/serve.ts';
import { servedRoom } from '../page/served-room.ts';
import type { Program } from '../program.ts';
import { wrapping } from '../report/wrap.ts';
import { openTarget } from '../target/open.ts';
import { chosenLab } from './chosen-lab.ts';

/** `lab open [lab]`: serves the chat page for the deployed room, until Ctrl-C. */
export async function open(program: Program, options: { lab: string | undefined }): Promise<number> {
  const { root, signal, isTerminal, say } = program;
  const print = wrapping(program.print, process.stdout);
  const { id } = await chosenLab(root, options.lab);
  const target = await openTarget({ root, command: `lab open ${id}`, say, signal });
  try {
    const { subject, close } = await openSubject({ root, labFolder: labFolder(root, id), lab: id, target, signal });
    await close();
    if (!('address' in subject.room))
      throw new LabError(subject.room.missing, `\`npx lab deploy ${id.slice(0, 2)}\` deploys it.`);
    const served = servedRoom(target, { ...subject, room: subject.room.address });
    const page = await servePage({ root: join(root, 'app', 'web'), ...served, admit: target.allowPage });
    await target.allowPage(page.origin);
    print(`The chat page is at ${page.url}; Ctrl-C ends it.`);
    if (isTerminal) openBrowser(page.url);
    if (!signal.aborted) await once(signal, 'abort');
    await page.close();
    return exitCode.fixed;
  } finally {
    await target.close();
  }
}
