import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import chalk from 'chalk';
import { inAccountApart } from '../../aws/apart.ts';
import type { Target } from '../../aws/target.ts';
import { checkLab } from '../../checking/check-lab.ts';
import type { Lab } from '../../checking/lab.ts';
import type { Verdict } from '../../checking/result.ts';
import { stackNameOf } from '../../checking/subject.ts';
import { type DeployTools, deployLab } from '../../deploy/deploy.ts';
import { deployTools } from '../../deploy/tools.ts';
import { exitCode, InterruptedError, LabError } from '../../failures/errors.ts';
import { findRoom } from '../../observe/room.ts';
import { observeStack } from '../../observe/stack.ts';
import { type Page, servePage } from '../../page/serve.ts';
import { servedRoom } from '../../page/served-room.ts';
import { layOut } from '../../prove/lay-out.ts';
import { variantsOf } from '../../prove/variants.ts';
import { drawOnOutput } from '../../report/deployment.ts';
import { paintPatch } from '../../report/patch.ts';
import { renderOnScreen, renderVerdict } from '../../report/terminal.ts';
import { wrap, wrapping } from '../../report/wrap.ts';
import { pressEnter } from '../../watch/press-key.ts';
import { labFiles, labFolder as learnersFolder } from '../../workshop/lab-files.ts';
import { findLab } from '../../workshop/lab-name.ts';
import { shownPath } from '../../workshop/own-labs/home.ts';
import { patchLines } from '../../workshop/patch-lines.ts';
import { shortName } from '../../workshop/short-name.ts';
import { spoken } from '../../workshop/spoken.ts';
import { openBrowser } from '../browser.ts';
import type { Program } from '../program.ts';

/** The state that a demonstration's steps share. */
interface Stage {
  readonly program: Program;
  readonly lab: Lab;
  /** The copy to deploy from, and the lab's folder in it. */
  readonly root: string;
  readonly labFolder: string;
  readonly target: Target;
  readonly tools: DeployTools;
}

/**
 * `lab demo <lab>`: shows a lab to a class: deploys its start, shows the verdict, shows and deploys the repair, and
 * shows the verdict again. Waits for Enter before each step, before it deploys the repair, and at the end; without a
 * terminal it continues automatically. Everything happens in a copy and in a separate practice account. Ends with 1 if
 * the lab did not first fail and then pass.
 */
export async function demo(program: Program, { lab: name }: { readonly lab: string }): Promise<number> {
  const lab = findLab(name);
  const start = (await variantsOf(program.root, lab)).find((variant) => variant.name === 'start');
  if (start === undefined) throw new LabError(`${lab.id} has no start.`, 'Get a fresh copy of the workshop.');
  // Only for this process: somebody may show the same lab in the next room.
  const root = await layOut(program.root, lab.id, { ...start, name: `demo-${process.pid}` });
  const tools = deployTools(program.root);
  tools.warm();
  try {
    const shown = { ...program, print: wrapping(program.print, process.stdout) };
    return await inAccountApart({ command: 'lab demo' }, (target) =>
      inSteps({ program: shown, lab, root, labFolder: join(root, 'labs', lab.id), target, tools }),
    );
  } catch (error) {
    if (!program.signal.aborted) throw error;
    throw new InterruptedError('The demonstration has ended and left nothing behind.');
  } finally {
    tools.close();
    await rm(root, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function inSteps(stage: Stage): Promise<number> {
  const { program, lab, root, labFolder } = stage;
  const { print, signal, isTerminal } = program;
  const pages: Page[] = [];
  try {
    print(chalk.bold(`Lab ${shortName(lab.id)}, ${lab.title}`));
    print(`Somebody says: ${spoken(lab.complaint)}`);
    print('This runs on a copy, in a separate practice account. Your files and your account stay unchanged.');
    await nextStep(program, '1 of 4: the room, with its fault');
    await deployIt(stage);
    const page = await pageOf(stage);
    pages.push(page);
    print(`The chat page: ${page.url}`);
    if (isTerminal) openBrowser(page.url);
    await nextStep(program, '2 of 4: what is wrong with it');
    const before = await showVerdict(stage);
    await nextStep(program, '3 of 4: the repair');
    const [shipped, solution] = await Promise.all([
      labFiles(program.root, lab.id, 'start'),
      labFiles(program.root, lab.id, 'solution'),
    ]);
    const patch = patchLines(shownPath(program.root, learnersFolder(program.root, lab.id)), shipped, solution);
    for (const line of paintPatch(patch, process.stdout.columns)) print(line);
    for (const [path, text] of solution) {
      await mkdir(dirname(join(labFolder, path)), { recursive: true });
      await writeFile(join(labFolder, path), text);
    }
    await nextStep(program, 'Next: deploy it');
    await deployIt(stage);
    await nextStep(program, '4 of 4: the room, repaired');
    const after = await showVerdict(stage);
    print(`The chat page: ${page.url}`);
    await nextStep(program, 'The end: this deletes the room and its account');
    signal.throwIfAborted();
    return before.status === 'not fixed' && after.status === 'fixed' ? exitCode.fixed : exitCode.notFixed;
  } finally {
    for (const page of pages) await page.close();
    await rm(join(root, '.lab'), { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Prints a heading once a person has pressed Enter. */
async function nextStep({ print, signal, takesKeys }: Program, title: string): Promise<void> {
  print('');
  if (takesKeys) {
    const prompt = `${title}. Enter continues, Ctrl-C ends.`;
    const columns = process.stdout.columns || 80;
    // A line that wraps couldn't be removed again.
    process.stdout.write(chalk.dim(prompt.length < columns ? prompt : 'Enter continues, Ctrl-C ends.'));
    await pressEnter(signal);
    process.stdout.write('\r\u001b[2K');
  }
  signal.throwIfAborted();
  for (const line of wrap(title, process.stdout.columns || 80)) print(chalk.bold(line));
}

async function deployIt({ program, lab, root, labFolder, target, tools }: Stage): Promise<void> {
  const drawing = drawOnOutput(program);
  drawing.stage('the CDK synthesizes the stack');
  try {
    await deployLab({
      root,
      lab: lab.id,
      labFolder,
      target,
      tools,
      signal: program.signal,
      onSynthesized: () => drawing.stage('the CDK CLI deploys it'),
      onEvent: (event, path) => drawing.event(event, path),
    });
  } finally {
    drawing.end();
  }
}

async function showVerdict({ program, lab, root, labFolder, target }: Stage): Promise<Verdict> {
  const verdict = await checkLab({ root, lab, labFolder, target, signal: program.signal });
  const columns = process.stdout.columns || 100;
  // A class sees the last screen while it waits for Enter, so the verdict comes last there.
  const lines = program.isTerminal
    ? renderOnScreen(verdict, { columns, isApart: true })
    : renderVerdict(verdict, { columns, next: '', isApart: true });
  for (const line of lines) program.print(line);
  return verdict;
}

async function pageOf({ program, lab, target }: Stage): Promise<Page> {
  const stackName = stackNameOf(lab.id);
  const { resources, outputs } = await observeStack(target, stackName);
  const room = await findRoom(target, resources, outputs);
  if ('missing' in room)
    throw new LabError(room.missing, `\`npx lab prove ${shortName(lab.id)} --only start\` shows more.`);
  const served = servedRoom(target, { lab: lab.id, room: room.address, stackName, resources, outputs });
  const page = await servePage({ root: join(program.root, 'app', 'web'), ...served });
  await target.allowPage(page.origin);
  return page;
}
