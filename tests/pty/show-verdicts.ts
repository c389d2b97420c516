import type { Program } from '../../checker/cli/program.ts';
import { Screen } from '../../checker/watch/screen.ts';
import { showVerdict } from '../../checker/watch/show-verdict.ts';
import { labs } from '../../checker/workshop/labs.ts';
import { workshopRoot } from '../../checker/workshop/root.ts';
import { shownVerdicts } from './shown-verdicts.ts';

// A program for a terminal: shows one verdict after the other, as `lab start` does below a deployment, and goes on at a
// key.

const program: Program = {
  root: workshopRoot(),
  signal: new AbortController().signal,
  print: (line) => void process.stdout.write(`${line}\n`),
  say: (line) => void process.stdout.write(`${line}\n`),
  isTerminal: true,
  takesKeys: true,
};
const screen = new Screen(program);
process.stdin.setRawMode(true);
for (const [index, verdict] of (await shownVerdicts()).entries()) {
  screen.footer();
  screen.clear();
  screen.program.print(`Deployed ${verdict.lab}: 1 resource changed (3.2 s)`);
  const page = 'http://127.0.0.1:45678/';
  showVerdict(screen, verdict, { seconds: '4.2', page, fixed: { count: 2, of: labs.length } });
  screen.footer(`Verdict ${index}.`, '? keys', 'h hint', 'q quit');
  await new Promise((resolve) => process.stdin.once('data', resolve));
}
process.exit(0);
