import { escaped } from '../../observe/escaped.ts';
import { withoutComments } from '../../probe/source-words.ts';

const PARSED = String.raw`\b(?:readMessage|JSON\.parse)\(`;
const VARIABLE = new RegExp(
  String.raw`\b(?:const|let|var)\s+(\w+)\b[^=;\n]*=[^;\n]*${PARSED}[^;\n.]*?\)(?!\s*[!?]?\.)`,
  'g',
);

/** Returns which of these fields handlers read from a message, such as `displayName` in `message.displayName`. */
export function fieldsRead(sources: readonly string[], fields: readonly string[]): string[] {
  const code = sources.map(withoutComments).join('\n');
  const variables = [...code.matchAll(VARIABLE)].map(([, name = '']) => String.raw`\b${name}\b`);
  const message = `(?:${[...variables, String.raw`${PARSED}[^;\n]*?\)`].join('|')})`;
  return fields.filter((field) => {
    const path = field.split('.').map(escaped);
    const steps = path
      .map((step) => String.raw`\s*(?:[!?]?\.\s*${step}\b|(?:\?\.)?\[\s*['"]${step}['"]\s*\])`)
      .join('');
    const isRead = new RegExp(String.raw`${message}(?:\s+as\s[^)\n]*)?\)?${steps}`);
    const isTaken = new RegExp(
      String.raw`\{[^{}]{0,2000}(?<![\w.]|:\s*)${path[0]}\b[^{}]{0,2000}\}\s*(?::[^=;]*)?=\s*${message}`,
    );
    return isRead.test(code) || isTaken.test(code);
  });
}
