import chalk from 'chalk';
import { wrap } from './wrap.ts';

/** Colors a text, or makes it a link, without changing its width on a terminal. */
export type Paint = (line: string) => string;

const plain: Paint = (line) => line;

/** Below this width a label stands above its text, not beside it. */
const NARROW = 60;

/** Lines for a terminal that keep to its width, however deeply they are indented. */
export class Page {
  readonly lines: string[] = [];
  /** In characters. */
  readonly columns: number;

  constructor(columns: number) {
    this.columns = Math.max(20, columns);
  }

  blank(): void {
    if (this.lines.length > 0 && this.lines.at(-1) !== '') this.lines.push('');
  }

  /** Adds an indented text; continuation lines are `hanging` deeper. */
  text(text: string, paint: Paint = plain, indent = 0, hanging = 0): void {
    for (const [index, line] of wrap(text, this.columns - indent - hanging).entries()) {
      this.lines.push((' '.repeat(indent + (index === 0 ? 0 : hanging)) + paint(line)).trimEnd());
    }
  }

  /** Adds a mark in the gutter and a text beside it; continuation lines are `hanging` deeper. */
  item(mark: string, text: string, paint: Paint = plain, indent = 0, hanging = 0): void {
    for (const [index, line] of wrap(text, this.columns - indent - 2 - hanging).entries()) {
      const gutter = index === 0 ? `${paint(mark)} ` : ' '.repeat(2 + hanging);
      this.lines.push(`${' '.repeat(indent)}${gutter}${paint(line)}`.trimEnd());
    }
  }

  /** Adds a label and a text beside it, or below it on a narrow terminal. */
  field(label: string, text: string, paint: Paint = plain): void {
    if (this.columns < NARROW) {
      if (label !== '') this.text(label, chalk.dim, 2);
      this.text(text, paint, 4);
      return;
    }
    for (const [index, line] of wrap(text, this.columns - 12).entries()) {
      this.lines.push(`  ${chalk.dim((index === 0 ? label : '').padEnd(10))}${paint(line)}`);
    }
  }

  /** Adds a command and what it does, one below the other on a narrow terminal. */
  command(command: string, what: string): void {
    if (this.columns < NARROW) {
      this.text(command, undefined, 2);
      this.text(what, chalk.dim, 4);
      return;
    }
    for (const [index, line] of wrap(what, this.columns - 24).entries()) {
      this.lines.push(`  ${(index === 0 ? command : '').padEnd(22)}${chalk.dim(line)}`);
    }
  }

  /** Adds code, line by line; important lines get a mark in the gutter. */
  excerpt(lines: readonly string[], marked: readonly number[] = []): void {
    for (const [index, line] of lines.entries()) {
      const [mark, paint]: [string, Paint] = marked.includes(index) ? ['▸', chalk.bold] : [' ', plain];
      this.item(mark, line, paint, 2, 2);
    }
  }
}
