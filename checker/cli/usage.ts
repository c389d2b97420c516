import type { CommanderError } from 'commander';

/** Commander's messages about incorrect calls, and the workshop's own instead: texts by code and message. */
const sentences: ReadonlyArray<readonly [pattern: RegExp, inWords: (...parts: string[]) => string]> = [
  [
    /^option '(?:-\w, )?(--[\w-]+).*' argument '(.*)' is invalid\. Allowed choices are (.*)\.$/s,
    (option, value, choices) => `${option} can't be "${value}". Use ${either(choices)}.`,
  ],
  [
    /^command-argument value '(.*)' is invalid for argument '.*'\. Allowed choices are (.*)\.$/s,
    (value, choices) => `"${value}" isn't a choice. Use ${either(choices)}.`,
  ],
  [
    /^option '(?:-\w, )?(--[\w-]+).*' argument '(.*)' is invalid\. (.*)$/s,
    (option, value, why) => `${option} can't be "${value}". ${why}`,
  ],
  [
    /^command-argument value '(.*)' is invalid for argument '(.*)'\. (.*)$/s,
    (value, argument, why) => `<${argument}> can't be "${value}". ${why}`,
  ],
  [/^unknown command '(.*?)'(.*)$/s, (name, more) => `There is no command "${name}".${suggested(more)}`],
  [/^unknown option '(.*?)'(.*)$/s, (name, more) => `There is no option ${name} here.${suggested(more)}`],
  [/^missing required argument '(.*)'/, (name) => `The argument <${name}> is missing.`],
  [
    /^too many arguments for '(.*)'\. Expected (\d+) /,
    (name, most) => `\`lab ${name}\` takes ${atMost(Number(most))}.`,
  ],
  [/^option '(?:-\w, )?(--[\w-]+) (.*)' argument missing$/, (option, what) => `${option} needs a value: ${what}.`],
  [/^required option '(.*)' not specified$/, (option) => `The option ${option} is required.`],
];

/** Returns the error in a call, in the workshop's words. */
export function usageInWords({ message }: CommanderError): string {
  const said = message.replace(/^error: /, '');
  for (const [pattern, inWords] of sentences) {
    const parts = pattern.exec(said);
    if (parts !== null) return inWords(...parts.slice(1));
  }
  return said;
}

/** `practice or aws`, `sh, powershell or cmd` */
function either(choices = ''): string {
  const all = choices.split(', ');
  const last = all.pop() ?? '';
  return all.length === 0 ? last : `${all.join(', ')} or ${last}`;
}

/** commander adds `(Did you mean check?)`. */
function suggested(more = ''): string {
  const [, question] = /\((Did you mean .*\?)\)/s.exec(more) ?? [];
  return question === undefined ? '' : ` ${question}`;
}

function atMost(arguments_: number): string {
  if (arguments_ === 0) return 'no arguments';
  return arguments_ === 1 ? 'one argument' : `at most ${arguments_} arguments`;
}
