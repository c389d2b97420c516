/** Returns the template's names for its lab, with the names for a lab with this id instead. */
export function namesOf(id: string): ReadonlyMap<string, string> {
  const words = id.slice(3).split('-');
  const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
  return new Map([
    ['NN-name', id],
    ['NN', id.slice(0, 2)],
    ['NUMBER', String(Number(id.slice(0, 2)))],
    ['TITLE', capital(words.join(' '))],
    ['newLab', constantOf(id)],
  ]);
}

/** Returns the constant that a lab's `lab.ts` exports: `roomHistoryLab` for `09-room-history`. */
export function constantOf(id: string): string {
  return `${id.slice(3).replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())}Lab`;
}

/** Returns a text of the template with the lab's names. */
export function filledIn(text: string, names: ReadonlyMap<string, string>): string {
  return text.replaceAll(/NN-name|\b(?:NN|NUMBER|TITLE|newLab)\b/g, (name) => names.get(name) ?? name);
}
