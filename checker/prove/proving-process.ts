import { Cdk } from '../deploy/cdk.ts';
import { gameDayLab } from '../gameday/lab.ts';
import { findLab } from '../workshop/lab-name.ts';
import { workshopRoot } from '../workshop/root.ts';
import { deployByApi, deployByCli } from './deploy.ts';
import type { Answer, Order } from './message.ts';
import { type Proof, prove } from './prove.ts';
import { ProvingAccount } from './proving-account.ts';
import { SerialSynthesizer } from './serial-synthesizer.ts';

// A process that proves variants for `lab prove`, as many at once as it is sent. It ends when its parent disconnects or
// has ended, and deletes its accounts first.

const [, , seed] = process.argv;
const root = workshopRoot();
const end = new AbortController();
const synthesizer = new SerialSynthesizer(root);
const byApi = deployByApi(synthesizer);
const byCli = deployByCli(new Cdk(root), synthesizer);
const running = new Set<Promise<void>>();
/** Accounts in which nothing is proved at the moment. */
const free: ProvingAccount[] = [];

process.on('message', (order: Order) => {
  const work = answer(order).then((answered) => {
    running.delete(work);
    if (process.connected) process.send?.(answered);
  });
  running.add(work);
});
process.once('disconnect', () => void finish());

async function answer({ number, lab, variant }: Order): Promise<Answer> {
  try {
    return { number, proof: await proved(lab, variant) };
  } catch (error) {
    return { number, error };
  }
}

async function proved(id: string, variant: Order['variant']): Promise<Proof> {
  const lab = id === gameDayLab.id ? gameDayLab : findLab(id);
  const fitting = free.findIndex((each) => each.lab === id);
  const [account = new ProvingAccount(seed === undefined ? undefined : Number(seed))] = free.splice(fitting, 1);
  try {
    const deploy = variant.byCli === true ? byCli : byApi;
    return await prove({ root, lab, variant, deploy, signal: end.signal, account });
  } finally {
    free.push(account);
  }
}

async function finish(): Promise<void> {
  end.abort();
  await Promise.all(running);
  await Promise.allSettled(free.map((account) => account.close()));
  synthesizer.close();
  process.exit();
}
