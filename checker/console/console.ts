import type { ServerResponse } from 'node:http';
import { openEvents } from '../aws/account-events.ts';
import type { TraceEvent } from '../aws/practice.ts';
import type { Target } from '../aws/target.ts';
import type { Lab, Subject, Verdict } from '../checking/check.ts';
import { checkLab } from '../checking/check-lab.ts';
import { synthesizeWith } from '../checking/drift.ts';
import { openSubject, stackNameOf } from '../checking/subject.ts';
import { explainFailure } from '../failures/failure.ts';
import { Synthesizer } from '../synth/synthesizer.ts';
import { labFolder } from '../workshop/lab-files.ts';
import { nextHint } from '../workshop/next-hint.ts';
import { noteVerdictOrSay } from '../workshop/progress.ts';
import { fingerprint } from '../workshop/sources.ts';
import { type ChangesDocument, changesDocument } from './changes.ts';
import { type ChecksDocument, checksDocument, type Looked } from './checks.ts';
import type { DeployedRoom, Unavailable } from './deployed-room.ts';
import { type LogsDocument, logsDocument } from './logs.ts';
import { observeDeployedRoom } from './observe-room.ts';
import { explainRefusal, type RefusalDocument } from './refusal.ts';
import { relay } from './relay.ts';
import { Scope } from './scope.ts';

/** What the console is about, and where it looks. */
export interface ConsoleOptions {
  readonly root: string;
  readonly lab: Lab;
  /** The account where it is by now. */
  readonly target: () => Promise<Target>;
  /** Whether somebody else deploys and checks on each save, and tells the verdicts: `lab start`. */
  readonly isTold: boolean;
}

/** What may have become different: the page asks for it again. */
export type Changed = 'room' | 'checks' | 'changes';

/** How often files are looked at while somebody has the console open, in milliseconds. */
const pause = 700;

/** The console of one lab, for every browser that shows it. */
export class Console {
  readonly #options: ConsoleOptions;
  readonly #scope: Scope;
  readonly #open = new Set<ServerResponse>();
  readonly #ended = new AbortController();
  readonly #synthesizer: Synthesizer;
  #looked: Looked = { state: 'never looked' };
  #looking: Promise<void> | undefined;
  /** The files as they were when they were last compared. */
  #files: string | undefined;
  #watching: NodeJS.Timeout | undefined;
  /** The id of the newest deployment that was told. */
  #told = '';

  constructor(options: ConsoleOptions) {
    this.#options = options;
    this.#scope = new Scope(stackNameOf(options.lab.id));
    this.#synthesizer = new Synthesizer(options.root);
  }

  /** Which lab it is about. */
  get lab(): Lab {
    return this.#options.lab;
  }

  /** Looks at what is deployed. */
  room(): Promise<DeployedRoom | Unavailable> {
    return this.#look(async (subject) => {
      this.#scope.learn(subject.resources);
      const room = await observeDeployedRoom(subject, this.#options.lab);
      this.#scope.learn(
        [],
        [...room.functions, ...room.tables].map(({ name }) => name),
      );
      return room;
    });
  }

  /** Returns the checks as they were last looked at; the first time, looks at them. */
  async checks(): Promise<ChecksDocument> {
    if (!this.#options.isTold && this.#looked.state === 'never looked') this.#check();
    return checksDocument(this.#options.root, this.#options.lab, this.#looked);
  }

  /** Gives the next hint for what fails first. */
  async hint(): Promise<ChecksDocument> {
    const { root, lab } = this.#options;
    const { verdict } = this.#looked;
    if (verdict !== undefined && verdict.status !== 'not deployed yet') await nextHint(root, lab, verdict);
    this.tell('checks');
    return this.checks();
  }

  /** Compares the file as it is now with what is deployed. */
  changes(): Promise<ChangesDocument | Unavailable> {
    return this.#look((subject) => changesDocument(subject, synthesizeWith(this.#synthesizer)));
  }

  /** Returns the newest lines of the functions' logs. */
  logs(): Promise<LogsDocument | Unavailable> {
    return this.#look(logsDocument);
  }

  /** Explains what IAM refused in an event, by the id that it was sent with. */
  async refusal(id: string): Promise<RefusalDocument | Unavailable> {
    const event = await this.#event(id);
    if (event === undefined) return { unavailable: 'The account does not keep this event any more.' };
    return this.#look(async (subject) => {
      const refusal = await explainRefusal(subject, event);
      return refusal ?? { unavailable: 'IAM refused nothing there.' };
    });
  }

  /** Takes in a verdict that somebody else came to. */
  take(verdict: Verdict): void {
    this.#looked = { state: 'looked', at: new Date(), verdict };
    this.tell('checks', 'room', 'changes');
  }

  /** Answers with the events of this lab, until the browser leaves. */
  async stream(response: ServerResponse, lastEventId: string | undefined): Promise<void> {
    const { root } = this.#options;
    this.#open.add(response);
    this.#watch();
    response.on('close', () => this.#leave(response));
    response.on('error', () => {});
    const target = await this.#options.target().catch(() => undefined);
    // Events are told apart by what is deployed.
    await this.room();
    if (target?.kind === 'aws') {
      const unavailable = 'Only the practice account tells what happens in it while it happens.';
      response.write(`event: account\ndata: ${JSON.stringify({ state: 'aws', unavailable })}\n\n`);
      return;
    }
    await relay({
      root,
      scope: this.#scope,
      response,
      lastEventId,
      onEvent: ({ id, event }) => this.#noteDeployment(id, event),
    });
  }

  /** Tells every browser that something may have become different. */
  tell(...changed: readonly Changed[]): void {
    const text = changed.map((what) => `event: changed\ndata: ${JSON.stringify({ what })}\n\n`).join('');
    for (const response of this.#open) response.write(text);
  }

  close(): void {
    this.#ended.abort();
    clearTimeout(this.#watching);
    this.#synthesizer.close();
    for (const response of this.#open) response.end();
  }

  #noteDeployment(id: string, event: TraceEvent): void {
    const isOfStack = event.kind === 'stack' && event.type === 'AWS::CloudFormation::Stack';
    // Another browser may have told it already, and one that comes back hears of it again.
    if (!isOfStack || !event.status.endsWith('_COMPLETE') || isAfter(this.#told, id)) return;
    this.#told = id;
    // What follows may be of resources that are new.
    void this.room().then(() => this.tell('room', 'changes'));
    if (!this.#options.isTold && this.#looked.state !== 'never looked') this.#check();
  }

  /** Checks the lab, and once more if something changed meanwhile. */
  #check(): void {
    this.#looked = { ...this.#looked, state: 'looking' };
    const { root, lab, target } = this.#options;
    this.#looking = (this.#looking ?? Promise.resolve())
      .then(async () => {
        const verdict = await checkLab({
          root,
          lab,
          target: await target(),
          signal: this.#ended.signal,
          synthesize: synthesizeWith(this.#synthesizer),
        });
        await noteVerdictOrSay(root, verdict, () => {});
        this.#looked = { state: 'looked', at: new Date(), verdict };
      })
      .catch(() => {
        this.#looked = { ...this.#looked, state: this.#looked.verdict === undefined ? 'never looked' : 'looked' };
      })
      .finally(() => this.tell('checks'));
  }

  /** Looks at the lab as it is deployed; where that cannot be, says why. */
  async #look<T>(work: (subject: Subject) => Promise<T>): Promise<T | Unavailable> {
    const { root, lab } = this.#options;
    let target: Target | undefined;
    try {
      target = await this.#options.target();
      const folder = labFolder(root, lab.id);
      const open = await openSubject({ root, labFolder: folder, lab: lab.id, target, signal: this.#ended.signal });
      try {
        return await work(open.subject);
      } finally {
        await open.close();
      }
    } catch (error) {
      const { reason, next } = explainFailure(error, target ?? { kind: 'practice', title: 'the practice account' });
      return { unavailable: `${reason} ${next}`.trim() };
    }
  }

  async #event(id: string): Promise<TraceEvent | undefined> {
    const [, run, number] = /^([\w-]+)-(\d{1,15})$/.exec(id) ?? [];
    if (run === undefined) return undefined;
    let found: TraceEvent | undefined;
    let isOver = false;
    const events = await openEvents(
      this.#options.root,
      (sent) => {
        if (sent.kind === 'notice' && sent.name === 'hello') isOver = sent.data.run !== run || sent.data.newest === 0;
        if (sent.kind === 'event') {
          if (sent.id === id) found = sent.event;
          isOver = true;
        }
        if (isOver) events?.close();
      },
      `${run}-${Number(number) - 1}`,
    );
    if (isOver) events?.close();
    await events?.ended;
    return found;
  }

  /** Sees saves while somebody looks. `lab start` deploys and checks each of them itself. */
  #watch(): void {
    const { root, lab, isTold } = this.#options;
    if (this.#watching !== undefined || this.#ended.signal.aborted) return;
    const look = () => {
      const files = this.#fingerprint(labFolder(root, lab.id));
      if (this.#files !== undefined && files !== undefined && files !== this.#files) {
        this.tell('changes');
        if (!isTold && this.#looked.state !== 'never looked') {
          this.#check();
          this.tell('checks');
        }
      }
      this.#files = files ?? this.#files;
      this.#watching = setTimeout(look, pause).unref();
    };
    look();
  }

  /** An editor may be about to write a file. */
  #fingerprint(folder: string): string | undefined {
    try {
      return fingerprint(folder);
    } catch {
      return undefined;
    }
  }

  #leave(response: ServerResponse): void {
    this.#open.delete(response);
    if (this.#open.size > 0) return;
    clearTimeout(this.#watching);
    this.#watching = undefined;
  }
}

/** Whether an event of the same run came after another one, or is that one. */
function isAfter(one: string, other: string): boolean {
  const [run, number] = one.split(/-(?=\d+$)/);
  const [otherRun, otherNumber] = other.split(/-(?=\d+$)/);
  return run === otherRun && Number(number) >= Number(otherNumber);
}
