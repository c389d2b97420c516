import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import chalk from 'chalk';
import { findLab } from '../../checker/workshop/lab-name.ts';
import { hintsPage } from './ladders.ts';

// `tsx tests/golden/write-hints.ts 04`: writes the golden page of one lab's hints, for a new lab.

const [name = ''] = process.argv.slice(2);
const lab = findLab(name);
chalk.level = 0;
const page = `tests/golden/pages/hints-${lab.id.slice(0, 2)}.80.txt`;
await writeFile(join(import.meta.dirname, '..', '..', page), `${(await hintsPage(lab, 80)).join('\n')}\n`);
process.stdout.write(`${page} is written.\n`);
