import type { StackEvent } from '@aws-sdk/client-cloudformation';
import chalk from 'chalk';
import { withoutNoise } from '../failures/reason.ts';
import { escapeControls } from './control-characters.ts';
import { fitting, lettersOf } from './width.ts';
import { wrap } from './wrap.ts';

/**
 * Draws a deployment as its events arrive: a line for each finished resource, and on a terminal one for resources in
 * progress. A brief drawing has only that one, with a count, and lines for failures.
 */
export interface DeploymentDrawing {
  event(event: StackEvent, path: string | undefined): void;
  /** The current activity, before any event and between them: `writing the stack`. */
  stage(text: string): void;
  /** How many resources will be created; unknown for an update. */
  expect(total: number | undefined): void;
  /** Removes the progress line, and ends the drawing. */
  end(): void;
}

export interface DrawingOptions {
  readonly isTerminal: boolean;
  /** On a terminal, draws one line with a count instead of a line for each resource. */
  readonly isBrief?: boolean;
  readonly write: (text: string) => void;
  /** How wide a terminal is; Infinity if a program reads the lines. */
  readonly columns?: number;
}

const clearLine = '\r\u001b[2K';
const TURNS = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/**
 * CloudFormation reports this when it replaces a resource:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html
 */
const REPLACES = /creation of a new physical resource/;

/** The names of finished statuses. */
const done: Readonly<Record<string, string>> = { CREATE: 'created', UPDATE: 'updated', DELETE: 'deleted' };

/** And during a rollback. */
const undone: Readonly<Record<string, string>> = { UPDATE: 'reverted', DELETE: 'removed again' };

/** How long to stay silent before saying so, in milliseconds. */
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
  /** A mark and a text that keep to the terminal's width; continuation lines are aligned with the text. */
  const line = (mark: string, text: string, paint: (mark: string) => string) => {
    const [first = '', ...more] = wrap(text, Math.max(columns, 20) - 4);
    const lines = [`  ${paint(mark)} ${first}`, ...more.map((rest) => `    ${rest}`)];
    write(`${isTerminal ? clearLine : ''}${lines.join('\n')}\n`);
  };

  // Nobody should have to wonder about a silent screen.
  const silence = setInterval(
    () => line('…', 'no news for a minute; it may just be slow. Ctrl-C stops it', chalk.dim),
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
      // A nested stack is a resource like any other.
      if (type === 'AWS::CloudFormation::Stack' && event.PhysicalResourceId === event.StackId) {
        if (!/ROLLBACK_IN_PROGRESS$/.test(status)) return;
        rollingBack = true;
        line('↩', 'something failed; rolling back', chalk.yellow);
        return;
      }
      // The old one is deleted at the end: that is not another change.
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
        // The command's final error says why the first one failed.
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

/** `chat-01-missing-route/Api/ConnectRoute/Resource` is `Api/ConnectRoute` to its author. */
function shortened(path: string): string {
  return path
    .split('/')
    .slice(1)
    .join('/')
    .replace(/\/Resource$/, '');
}
