import { Cdk } from '../deploy/cdk.ts';
import { explainError } from '../failures/explain-error.ts';
import { gameDayLab } from '../gameday/lab.ts';
import { findLab } from '../workshop/lab-name.ts';
import { workshopRoot } from '../workshop/root.ts';
import { deployByApi, deployByCli } from './deploy.ts';
import type { Answer, Order } from './message.ts';
import { prove } from './prove.ts';
import { ProvingAccount } from './proving-account.ts';
import { SerialSynthesizer } from './serial-synthesizer.ts';

// A process that proves variants for `lab prove`, one in each lane. It ends when its parent disconnects or has ended,
// and deletes its accounts first.

/** The longest that running proofs may take to end, in milliseconds. */
const longestEnd = 10_000;

const [, , seed] = process.argv;
const root = workshopRoot();
const end = new AbortController();
const synthesizer = new SerialSynthesizer(root);
const byApi = deployByApi(synthesizer);
const byCli = deployByCli(new Cdk(root), synthesizer);
/** By lane. */
const accounts = new Map<number, ProvingAccount>();
const running = new Set<Promise<void>>();

// Where the console is shared, Ctrl-C also reaches this process. Its parent decides what to do.
process.on('SIGINT', () => {});
process.once('disconnect', () => void finish());
process.on('message', (order: Order) => {
  const work = answer(order).then((answered) => {
    running.delete(work);
    // The parent may just have ended.
    process.send?.(answered, undefined, {}, () => {});
  });
  running.add(work);
});

async function answer({ lane, lab: id, variant }: Order): Promise<Answer> {
  const account = accounts.get(lane) ?? new ProvingAccount(seed === undefined ? undefined : Number(seed));
  accounts.set(lane, account);
  try {
    const lab = id === gameDayLab.id ? gameDayLab : findLab(id);
    const deploy = variant.byCli === true ? byCli : byApi;
    return { lane, proof: await prove({ root, lab, variant, deploy, signal: end.signal, account }) };
  } catch (error) {
    const target = { kind: 'practice', title: 'the practice account' } as const;
    return { lane, failure: explainError(error, { root, target }) };
  }
}

async function finish(): Promise<void> {
  setTimeout(() => process.exit(1), longestEnd).unref();
  end.abort();
  await Promise.allSettled(running);
  await Promise.allSettled([...accounts.values()].map((account) => account.close()));
  synthesizer.close();
  process.exit();
}
