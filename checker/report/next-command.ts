import { shortName } from '../workshop/short-name.ts';

/** The state of the next lab, as far as it is known without asking an account. */
export type Step =
  | 'not deployed'
  /** The deployment matches the files. */
  | 'deployed'
  /** It matches, but something can only be decided later. */
  | 'undecided'
  /** The files changed after the deployment. */
  | 'changed';

/** A process that deploys and checks what is saved. */
export interface Watching {
  readonly pid: number;
  /** The lab that it is watching now. */
  readonly lab: string;
}

/**
 * Returns what to do next in a lab, and why. `leadsOn`: the watched lab is fixed, and the key n goes on from there to
 * this one.
 */
export function nextCommand(
  step: Step,
  lab: string,
  watcher?: Watching,
  leadsOn = false,
): readonly [command: string, why: string] {
  const number = shortName(lab);
  if (step === 'undecided') {
    return [
      `npx lab check ${number}`,
      'Decides the remaining checks after that time. `npm start` waits for it automatically.',
    ];
  }
  if (watcher !== undefined) return whileWatched(step, lab, watcher, leadsOn);
  switch (step) {
    case 'not deployed':
      return ['npm start', 'Deploys the lab, shows what is wrong, and watches while you repair it.'];
    case 'deployed':
      return ['npm start', 'Shows what is wrong, and deploys and checks again each time you save.'];
    case 'changed':
      return [
        `npx lab deploy ${number}`,
        `Then \`npx lab check ${number}\`. \`npm start\` does both each time you save.`,
      ];
  }
}

/** Doesn't suggest starting what is already running. */
function whileWatched(step: Step, lab: string, { pid, lab: watched }: Watching, leadsOn: boolean): [string, string] {
  if (watched === lab) {
    return [
      'save your repair',
      `\`npm start\` is running in another window (process ${pid}): it deploys and checks what you save.`,
    ];
  }
  const [number, other] = [shortName(lab), shortName(watched)];
  if (leadsOn) {
    return [
      `press n in the window of \`npm start\` (process ${pid})`,
      `It's still watching lab ${other}, which is fixed; n goes on to lab ${number}.`,
    ];
  }
  const why = `\`npm start\` (process ${pid}) is watching lab ${other} in another window.`;
  if (step === 'deployed') return [`npx lab check ${number}`, why];
  return [`npx lab deploy ${number}`, `Then \`npx lab check ${number}\`. ${why}`];
}

/** Other useful commands during a game day. */
export const gameCommands: ReadonlyArray<readonly [string, string]> = [
  ['npx lab help gameday', 'show what else you can do'],
  ['npx lab list', 'list all labs'],
];

/** Returns other useful commands for a lab, and what they do. */
export function commands(step: Step, lab: string): ReadonlyArray<readonly [string, string]> {
  return [
    ...(step === 'not deployed'
      ? []
      : ([
          [`npx lab check ${shortName(lab)}`, 'show what is right and what is wrong'],
          ['npx lab hint', 'show one hint at a time'],
        ] as const)),
    ['npx lab list', 'list all labs'],
    ['npx lab --help', 'show everything else'],
  ];
}
