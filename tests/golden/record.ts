import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deployLab } from '../../checker/deploy/deploy.ts';
import { deployTools } from '../../checker/deploy/tools.ts';
import { prove } from '../../checker/prove/prove.ts';
import { ProvingAccount } from '../../checker/prove/proving-account.ts';
import { variantsOf } from '../../checker/prove/variants.ts';
import { findLab } from '../../checker/workshop/lab-name.ts';
import { workshopRoot } from '../../checker/workshop/root.ts';
import { recorded } from './recorded.ts';

// `npx tsx tests/golden/record.ts [word]`: deploys what the golden pages show, each into its own practice account, and
// records the verdicts; with a word, only those with the word in their name. Run it when the wording of checks changes,
// after `npm run prepare`.

const root = workshopRoot();
const [word = ''] = process.argv.slice(2);
const tools = deployTools(root);
const { signal } = new AbortController();
for (const [name, { lab: number, variant: wanted }] of Object.entries(recorded)) {
  if (!name.includes(word)) continue;
  const lab = findLab(number);
  const variant = (await variantsOf(root, lab)).find((each) => each.name === wanted);
  if (variant === undefined) throw new Error(`Lab ${number} has no ${wanted}.`);
  const account = new ProvingAccount();
  const { verdict, actual, seconds } = await prove({
    root,
    lab,
    variant,
    deploy: (what) => deployLab({ ...what, tools }),
    signal,
    account,
  }).finally(() => account.close());
  if (verdict === undefined) throw new Error(`${name}: ${actual}`);
  await writeFile(join(import.meta.dirname, 'verdicts', `${name}.json`), `${JSON.stringify(verdict, undefined, 2)}\n`);
  process.stdout.write(`${name}: ${actual} (${seconds.toFixed(0)} s)\n`);
}
tools.close();
