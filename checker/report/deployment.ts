import type { StackEvent } from '@aws-sdk/client-cloudformation';
import chalk from 'chalk';
import { withoutNoise } from '../failures/reason.ts';
import { escapeControls } from './control-characters.ts';
import { fitting, lettersOf } from './width.ts';
import { wrap } from './wrap.ts';

/**
 * Draws a deployment as its events come: a line for each resource that is done, and on a terminal one for what is under
 * way. A brief drawing has only that one, with a count, and lines for what fails.
 */
export interface DeploymentDrawing {
  event(event: StackEvent, path: string | undefined): void;
  /** What is done at the moment, before any event and between them: `writing the stack`. */
  stage(text: string): void;
  /** How many resources there are to create; unknown for an update. */
  expect(total: number | undefined): void;
  /** Removes the line for what is under way, and ends the drawing. */
  end(): void;
}

export interface DrawingOptions {
  readonly isTerminal: boolean;
  /** On a terminal, draws one line that counts, instead of a line for each resource. */
  readonly isBrief?: boolean;
  readonly write: (text: string) => void;
  /** How wide a terminal is; Infinity where the lines are read by a program. */
  readonly columns?: number;
}

const clearLine = '\r\u001b[2K';
const TURNS = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/** CloudFormation says so when it makes another one and deletes the former: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html */
const REPLACES = /creation of a new physical resource/;

/** What each status is called when it is done. */
const done: Readonly<Record<string, string>> = { CREATE: 'created', UPDATE: 'updated', DELETE: 'deleted' };

/** And when it undoes what was done before something failed. */
const undone: Readonly<Record<string, string>> = { UPDATE: 'back as it was', DELETE: 'gone again, as it was' };

/** How long nothing may come before that is said, in milliseconds. */
const QUIET = 60_000;

/** A drawing on standard output. */
export function drawOnOutput({
  isTerminal,
  isBrief,
}: Pick<DrawingOptions, 'isTerminal' | 'isBrief'>): DeploymentDrawing {
  return drawDeployment({
    isTerminal,
    isBrief,
    write: (text) => void process.stdout.write(text),
    columns: process.stdout.columns || Number.POSITIVE_INFINITY,
  });
}

export function drawDeployment({
  isTerminal,
  isBrief = false,
  write,
  columns = 80,
}: DrawingOptions): DeploymentDrawing {
  const counts = isBrief && isTerminal;
  const underWay = new Map<string, string>();
  let rollingBack = false;
  let failed = false;
  const replaced = new Set<string>();
  let finished = 0;
  let total: number | undefined;

  const draw = (text: string) => {
    if (!isTerminal) return;
    const letters = lettersOf(text);
    const fits = fitting(letters, columns - 1);
    const shown = fits === letters.length ? text : `${letters.slice(0, fitting(letters, columns - 2)).join('')}…`;
    write(`${clearLine}${chalk.dim(shown)}`);
  };
  /** A mark and a text, none of its lines wider than the terminal; later ones stand below the text. */
  const line = (mark: string, text: string, paint: (mark: string) => string) => {
    const [first = '', ...more] = wrap(text, Math.max(columns, 20) - 4);
    const lines = [`  ${paint(mark)} ${first}`, ...more.map((rest) => `    ${rest}`)];
    write(`${isTerminal ? clearLine : ''}${lines.join('\n')}\n`);
  };

  // Nobody should sit before a screen that says nothing, and wonder.
  const silence = setInterval(
    () => line('…', 'nothing new for a minute; it may only be slow. Ctrl-C ends it', chalk.dim),
    QUIET,
  ).unref();

  return {
    expect(number) {
      total = number;
    },
    stage(text) {
      silence.refresh();
      if (isTerminal) draw(`  … ${text}`);
      else line('…', text, chalk.dim);
    },
    event({ LogicalResourceId: id = '', ResourceType: type = '', ResourceStatus: status = '', ...event }, path) {
      silence.refresh();
      const [, verb = '', outcome = ''] = /^([A-Z]+)_.*?(IN_PROGRESS|COMPLETE|FAILED)$/.exec(status) ?? [];
      const name = escapeControls(path === undefined ? id : shortened(path));
      if (type === 'AWS::CloudFormation::Stack') {
        if (!/ROLLBACK_IN_PROGRESS$/.test(status)) return;
        rollingBack = true;
        line('↩', 'something failed: what was changed is put back', chalk.yellow);
        return;
      }
      // The former one is deleted at the end: that is not another change.
      if (verb === 'DELETE' && replaced.has(id)) return;
      if (REPLACES.test(event.ResourceStatusReason ?? '')) replaced.add(id);
      if (outcome === 'IN_PROGRESS') underWay.set(id, name);
      else underWay.delete(id);
      if (outcome === 'COMPLETE' && rollingBack) line('↩', `${name} ${type}: ${undone[verb] ?? status}`, chalk.yellow);
      else if (outcome === 'COMPLETE') {
        finished += 1;
        const what = replaced.has(id) ? 'replaced' : (done[verb] ?? status);
        if (!counts) line('✓', `${what} ${name} ${type}`, chalk.green);
      }
      if (outcome === 'FAILED') {
        const { ResourceStatusReason = status } = event;
        // Why the first one failed is what the command ends with.
        const isCause = !failed && !/cancelled/i.test(ResourceStatusReason);
        failed ||= isCause;
        line('✗', `${name} ${type}: ${isCause ? 'failed' : withoutNoise(ResourceStatusReason)}`, chalk.red);
      }
      const names = [...underWay.values()].join(', ');
      if (counts)
        draw(`  ${TURNS[finished % TURNS.length]} ${finished} of ${total ?? finished + underWay.size}  ${names}`);
      else if (underWay.size > 0) draw(`  … ${names}`);
    },
    end() {
      clearInterval(silence);
      if (isTerminal) write(clearLine);
    },
  };
}

/** `chat-01-missing-route/Api/ConnectRoute/Resource` is known to its author as `Api/ConnectRoute`. */
function shortened(path: string): string {
  return path
    .split('/')
    .slice(1)
    .join('/')
    .replace(/\/Resource$/, '');
}
