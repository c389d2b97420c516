import type { StackEvent } from '@aws-sdk/client-cloudformation';
import chalk from 'chalk';

/** Draws a deployment as its events come: a line for each resource that is done, and on a terminal one for what is under way. */
export interface DeploymentDrawing {
  event(event: StackEvent, path: string | undefined): void;
  /** What is done at the moment, before any event and between them: `writing the stack`. */
  stage(text: string): void;
  /** Takes away the line for what is under way. */
  end(): void;
}

export interface DrawingOptions {
  readonly isTerminal: boolean;
  readonly write: (text: string) => void;
  readonly columns?: number;
}

const clearLine = '\r\u001b[2K';

/** What each status is called when it is done. */
const done: Readonly<Record<string, string>> = { CREATE: 'created', UPDATE: 'updated', DELETE: 'deleted' };

export function drawDeployment({ isTerminal, write, columns = 80 }: DrawingOptions): DeploymentDrawing {
  const underWay = new Map<string, string>();

  const draw = (text: string) => {
    if (isTerminal) write(`${clearLine}${chalk.dim(text.length < columns ? text : `${text.slice(0, columns - 2)}…`)}`);
  };
  const line = (text: string) => write(`${isTerminal ? clearLine : ''}${text}\n`);

  return {
    stage(text) {
      if (isTerminal) draw(`  … ${text}`);
      else line(`  ${text}`);
    },
    event({ LogicalResourceId: id = '', ResourceType: type = '', ResourceStatus: status = '', ...event }, path) {
      const [, verb = '', outcome = ''] = /^([A-Z]+)_.*?(IN_PROGRESS|COMPLETE|FAILED)$/.exec(status) ?? [];
      const name = path === undefined ? id : shortened(path);
      if (type === 'AWS::CloudFormation::Stack') {
        if (/ROLLBACK_IN_PROGRESS$/.test(status))
          line(chalk.yellow('  ↩ something failed: what was changed is rolled back'));
        return;
      }
      if (outcome === 'IN_PROGRESS') underWay.set(id, name);
      else underWay.delete(id);
      if (outcome === 'COMPLETE') line(`  ${chalk.green('✓')} ${done[verb] ?? status} ${name} ${chalk.dim(type)}`);
      if (outcome === 'FAILED')
        line(`  ${chalk.red('✗')} ${name} ${chalk.dim(type)}: ${event.ResourceStatusReason ?? status}`);
      if (underWay.size > 0) draw(`  … ${[...underWay.values()].join(', ')}`);
    },
    end() {
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
