import { expect, test } from 'vitest';
import { renewed } from './write-faults.ts';

const patch = `--- app/functions/send-message.ts
+++ app/functions/send-message.ts
@@ -2,3 +2,3 @@
 // The room.
-const stage = 'room';
+const stage = '';
 send();
`;
const handler = "import 'x';\n// The room.\nconst stage = 'room';\nsend();\n";

function room(path: string, text: string) {
  return new Map([[path, text]]);
}

test('a patch that fits stays as it is', () => {
  expect(renewed(room('app/functions/send-message.ts', handler), patch)).toBe(patch);
});

test('a patch follows lines around it that changed', () => {
  const moved = renewed(room('app/functions/send-message.ts', handler.replace('The room', 'The chat')), patch);
  expect(moved).toContain(" // The chat.\n-const stage = 'room';\n+const stage = '';\n");
  expect(moved).toMatch(/^--- app\/functions\/send-message\.ts\n\+\+\+ app\/functions\/send-message\.ts\n@@/);
});

test('a patch follows its handler into the folder of a feature', () => {
  const files = room('app/functions/channels/send-message.ts', handler);
  expect(renewed(files, patch)).toMatch(/^--- app\/functions\/channels\/send-message\.ts\n/);
});

test('a patch whose place is gone is reported, and stays as it is', () => {
  expect(renewed(room('app/functions/send-message.ts', 'export {};\n'), patch)).toBeUndefined();
  expect(renewed(room('app/functions/other.ts', handler), patch)).toBeUndefined();
});

test('a patch that adds a file keeps it', () => {
  const added = `${patch.replace('The room', 'A room')}--- /dev/null\n+++ app/functions/new.ts\n@@ -0,0 +1,1 @@\n+export {};\n`;
  const written = renewed(room('app/functions/send-message.ts', handler), added);
  expect(written).toContain('--- /dev/null\n+++ app/functions/new.ts\n@@ -0,0 +1,1 @@\n+export {};\n');
});
