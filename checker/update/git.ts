import { execFile } from 'node:child_process';
import { LabError } from '../failures/errors.ts';

/** How long git may take for one thing, in milliseconds: a fetch over a slow line is the longest. */
const longest = 120_000;

/** What a call of git came to. `output` is text; `bytes` is the same as it came. */
export interface GitEnd {
  readonly code: number;
  readonly output: string;
  readonly bytes: Buffer;
  /** What it said to standard error. */
  readonly words: string;
}

/** git, in one folder. It asks nothing and is told no language but English; what it ends with is the caller's affair. */
export class Git {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Runs it to its end. Rejects with a LabError where there is no git, or where it takes too long. */
  run(...args: string[]): Promise<GitEnd> {
    return new Promise((resolve, reject) => {
      execFile(
        'git',
        ['-c', 'core.quotePath=false', ...args],
        {
          cwd: this.#folder,
          env: { ...process.env, GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' },
          encoding: 'buffer',
          maxBuffer: 64 * 1024 * 1024,
          timeout: longest,
          windowsHide: true,
        },
        (error, stdout, stderr) => {
          if (error?.code === 'ENOENT')
            return reject(new LabError('git is not installed on this machine.', 'Install it: https://git-scm.com.'));
          if (error?.killed === true)
            return reject(new LabError(`git ${args[0]} did not end within two minutes.`, 'Try again later.'));
          const code = typeof error?.code === 'number' ? error.code : error === null ? 0 : 1;
          resolve({
            code,
            output: stdout.toString('utf8').trim(),
            bytes: stdout,
            words: stderr.toString('utf8').trim(),
          });
        },
      );
    });
  }

  /** As `run`, and rejects with a LabError that has git's own words where it fails. */
  async must(...args: string[]): Promise<GitEnd> {
    const end = await this.run(...args);
    if (end.code === 0) return end;
    throw new LabError(`git ${args[0]} failed: ${end.words}`, 'Your files are as they were, or in .lab/kept.');
  }

  /** The paths that a command with `-z` lists. */
  async paths(...args: string[]): Promise<string[]> {
    const { bytes } = await this.must(...args);
    return bytes
      .toString('utf8')
      .split('\0')
      .filter((path) => path !== '');
  }

  /** A file as a commit has it; undefined where it has none. */
  async fileAt(commit: string, path: string): Promise<Buffer | undefined> {
    const end = await this.run('cat-file', 'blob', `${commit}:${path}`);
    return end.code === 0 ? end.bytes : undefined;
  }
}
