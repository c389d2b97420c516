import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { exitCode, UsageError } from '../../failures/errors.ts';
import { watcherOf } from '../../watch/only-watcher.ts';
import { keep } from '../../workshop/kept.ts';
import { isSameText, labFiles, labFolder, learnersFiles, type Version } from '../../workshop/lab-files.ts';
import { findLab } from '../../workshop/lab-name.ts';
import { labs } from '../../workshop/labs.ts';
import { shownPath } from '../../workshop/own-labs/home.ts';
import { shortName } from '../../workshop/short-name.ts';
import { wasDeployed } from '../../workshop/sources.ts';
import type { Program } from '../program.ts';

export interface ResetOptions {
  readonly names: readonly string[];
  readonly all?: boolean;
  readonly to?: Version;
}

/**
 * `lab reset <lab>… | --all [--to start|solution]`: resets labs' files to their start or their solution. Saves what was
 * there first; files that the learner added stay.
 */
export async function reset(
  { root, print }: Program,
  { names, all = false, to = 'start' }: ResetOptions,
): Promise<number> {
  if (all && names.length > 0) throw new UsageError('Name labs or pass --all, not both.', '');
  if (!all && names.length === 0) {
    throw new UsageError('Which lab?', 'Name one or more, as in `npx lab reset 01`, or pass --all.');
  }
  const chosen = all ? labs.map(({ id }) => id) : [...new Set(names.map((name) => findLab(name).id))];
  const changed = new Map<string, string>();
  for (const lab of chosen) {
    for (const [path, text] of await labFiles(root, lab, to)) {
      const file = shownPath(root, join(labFolder(root, lab), path));
      if (!isSameText(await readText(resolve(root, file)), text)) changed.set(file, text);
    }
  }
  const state = to === 'start' ? 'the start' : 'the solution';
  const which = all ? 'all labs' : chosen.join(', ');
  if (changed.size === 0) {
    print(`${which}: nothing to do; this is already ${state}.`);
    await printStaying(root, { chosen, to, state }, print);
    return exitCode.fixed;
  }
  const kept = await keep(root, {
    what: `reset of ${which} to ${to === 'start' ? 'the start' : 'the solution'}`,
    about: all ? 'all' : chosen.length === 1 ? which : chosen.map(shortName).join('-'),
    files: [...changed.keys()],
  });
  for (const [file, text] of changed) {
    await mkdir(dirname(resolve(root, file)), { recursive: true });
    await writeFile(resolve(root, file), text);
    print(`${file} is now ${state}.`);
  }
  await printStaying(root, { chosen, to, state }, print);
  print(`Your files are saved in .lab/kept/${kept.name}. Restore them with \`npx lab undo\`.`);
  const watcher = await watcherOf(root);
  // `lab start` deploys what it watches.
  const deployed = chosen.filter((lab) => wasDeployed(root, lab) && lab !== watcher?.lab);
  if (deployed.length > 0) {
    const each = all && deployed.length > 1 ? ['--all'] : deployed.map(shortName);
    const commands = each.map((argument) => `\`npx lab deploy ${argument}\``).join(', ');
    print(`The deployment is unchanged until you run ${commands}.`);
  }
  return exitCode.fixed;
}

/** Prints which files the learner added: they stay, and are still part of `lab diff`. */
async function printStaying(
  root: string,
  { chosen, to, state }: { readonly chosen: readonly string[]; readonly to: Version; readonly state: string },
  print: Program['print'],
): Promise<void> {
  const staying: string[] = [];
  for (const lab of chosen) {
    const [own, reset] = await Promise.all([learnersFiles(root, lab), labFiles(root, lab, to)]);
    const added = [...own.keys()].filter((path) => !reset.has(path));
    staying.push(...added.map((path) => shownPath(root, join(labFolder(root, lab), path))));
  }
  if (staying.length === 0) return;
  const [stay, are] = staying.length === 1 ? ['stays', "it isn't"] : ['stay', "they aren't"];
  print(`${staying.join(', ')} ${stay}: ${are} part of ${state}.`);
}

async function readText(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return undefined;
  });
}
