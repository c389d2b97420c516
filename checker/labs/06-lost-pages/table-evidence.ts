import type { Evidence } from '../../checking/check.ts';
import type { SeenRow } from '../../probe/tunnel.ts';
import * as findings from './findings.ts';
import type { Seen, Wrong } from './what-is-wrong.ts';

/** Returns the rows as the message found them that shows the mistake, and marks those that decide it. */
export function tableEvidence({ rows = [], table, spoken, rowByRow, failedRead }: Seen, wrong?: Wrong): Evidence[] {
  const of = (lines: Array<[line: string, decides: boolean]>): Evidence[] => {
    const marks = lines.flatMap(([, decides], index) => (decides ? index : []));
    const evidence = { source: 'Scan', about: table, lines: lines.map(([line]) => line) };
    return lines.length === 0 ? [] : [marks.length === 0 ? evidence : { ...evidence, marked: marks }];
  };
  const isRowByRow = wrong?.isRowByRow && rowByRow !== undefined;
  const last = wrong?.finding === findings.failedRead ? failedRead : (spoken?.second ?? spoken?.first);
  const { heard = {} } = (isRowByRow ? rowByRow : last) ?? {};
  const shown = isRowByRow ? rowByRow.living : rows;
  return of(
    shown.map((row) => {
      const became = whatBecame(row, heard);
      const stays = wrong?.finding === findings.rowsStay && became === 'is there';
      const isWrong = row.of !== undefined && became !== 'got it';
      return [`page ${row.page}  ${row.id}  ${row.of ?? '410 Gone'}  ${became}`, stays || isWrong];
    }),
  );
}

function whatBecame({ of, isLeft }: SeenRow, heard: Readonly<Record<string, number>>): string {
  if (of === undefined) return isLeft ? 'is there' : 'deleted';
  if (!isLeft) return 'deleted';
  const { [of]: times = 1 } = heard;
  if (times > 1) return `got it ${times} times`;
  return times === 0 ? 'got nothing' : 'got it';
}
