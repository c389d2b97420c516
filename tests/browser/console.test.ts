import {
  ApiGatewayV2Client,
  CreateRouteCommand,
  DeleteRouteCommand,
  GetRoutesCommand,
} from '@aws-sdk/client-apigatewayv2';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import type { Page as Tab } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import type { Target } from '../../checker/aws/target.ts';
import { Console } from '../../checker/console/console.ts';
import type { DeployedRoom } from '../../checker/console/deployed-room.ts';
import { pageFolders, servePage } from '../../checker/page/serve.ts';
import { findLab } from '../../checker/workshop/lab-name.ts';
import { read } from '../console/ask.ts';
import { openConsole } from '../console/console-room.ts';
import { connect } from '../sandbox/execute-api/client.ts';
import { violations } from './accessibility.ts';
import { describeInBrowser } from './describe-browser.ts';
import { visit } from './visitor.ts';

const postRing = '[data-gate$="@connections"]';

describeInBrowser("the console of lab 2's start", async (browser) => {
  const room = await openConsole('start', '02-lambda-permissions');
  afterAll(() => room.close());
  const complaints: string[] = [];
  const tab = await open();
  // The checker visits the room, too, and its visitors would be among the recipients.
  await tab.locator('#checks .checks').waitFor({ timeout: 60_000 });
  const ada = await connect(`${room.address}?name=Ada`);
  const deployed = await read<DeployedRoom>(`${room.page.consoleUrl}/room.json`);

  async function open(options = {}): Promise<Tab> {
    const opened = await visit(browser, 'about:blank', options);
    opened.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    opened.on('pageerror', (error) => complaints.push(String(error)));
    await opened.goto(room.page.consoleUrl);
    await opened.locator('[data-route]').first().waitFor();
    return opened;
  }

  async function say(text: string): Promise<void> {
    ada.say({ action: 'sendmessage', text });
    await ada.next();
    await tab.locator('#path h2', { hasText: `“${text}”` }).waitFor();
  }

  const drawnRoutes = (from: Tab) =>
    from
      .locator('[data-route]')
      .evaluateAll((routes) => routes.map((route) => route.getAttribute('data-route')).sort());

  test('the picture has exactly the deployed routes, also after one was added and deleted', async () => {
    const client = new ApiGatewayV2Client(room.account.client);
    const ApiId = deployed.api?.id;
    const { Items: routes = [] } = await client.send(new GetRoutesCommand({ ApiId }));
    const keys = routes.map(({ RouteKey = '' }) => RouteKey).sort();
    expect(keys).toEqual(['$connect', '$default', '$disconnect', 'sendmessage']);
    expect(await drawnRoutes(tab)).toEqual(keys);
    const { Target } = routes.find(({ RouteKey }) => RouteKey === '$default') ?? {};
    const { RouteId } = await client.send(new CreateRouteCommand({ ApiId, RouteKey: 'wave', Target }));
    const other = await open();
    expect(await drawnRoutes(other)).toEqual([...keys, 'wave']);
    await client.send(new DeleteRouteCommand({ ApiId, RouteId }));
    await other.reload();
    await other.locator('[data-route]').first().waitFor();
    expect(await drawnRoutes(other)).toEqual(keys);
    await other.context().close();
  });

  test('a denied message is red at its ring, with who, what, the statements and the line', async () => {
    await say('hello');
    await tab.locator(`${postRing}[data-said="refused"]`).waitFor();
    expect(await tab.locator('[data-gate="invoke sendmessage"]').getAttribute('data-said')).toBe('allowed');
    const why = tab.locator('#why');
    await why.getByText('No statement allows it.').waitFor();
    expect(await why.getByRole('heading').textContent()).toContain('Denied by IAM');
    expect(await why.textContent()).toMatch(/SendMessageServiceRole.*execute-api:ManageConnections.*PostToConnection/);
    expect(await why.textContent()).toMatch(/policy of the role\s*says nothing about it.*dynamodb:Scan/);
    const line = why.getByRole('link', { name: 'labs/02-lambda-permissions/stack.ts:30' });
    expect(await line.getAttribute('href')).toMatch(/^vscode:\/\/file\/.*\/stack\.ts:30$/);
    expect(await tab.locator('#why').textContent()).not.toContain('grantManagementApiAccess');
    const steps = await tab.locator('#path .what').allTextContents();
    expect(steps.filter((step) => !step.includes('own code')).map((step) => step.replace(/^\w+: /, ''))).toEqual([
      expect.stringContaining('Ada sends {"action":"sendmessage","text":"hello"}'),
      expect.stringContaining('route sendmessage'),
      expect.stringContaining('API Gateway is allowed to invoke SendMessage'),
      expect.stringMatching(/SendMessage (starts|runs)/),
      expect.stringContaining('dynamodb:Scan'),
      expect.stringContaining('PostToConnection to Ada: no statement allows it'),
      expect.stringContaining('SendMessage throws AccessDeniedException'),
      expect.stringContaining('Ada gets Internal server error'),
    ]);
  });

  test('the keyboard steps back and forth, and the picture follows', async () => {
    const current = tab.locator('#path [aria-current=step]');
    await current.focus();
    await tab.keyboard.press('Home');
    expect(await current.textContent()).toContain('Ada sends');
    expect(await tab.getByRole('checkbox', { name: 'follow the newest' }).isChecked()).toBe(false);
    expect(await tab.locator(`${postRing}.now`).count()).toBe(0);
    await tab.keyboard.press('End');
    expect(await current.textContent()).toContain('Internal server error');
    expect(await tab.locator(`${postRing}.now`).count()).toBe(1);
    await tab.getByRole('checkbox', { name: 'follow the newest' }).check();
  });

  test("hints are given one by one, in the checker's words", async () => {
    const checks = tab.locator('#checks');
    await checks.getByRole('button', { name: 'First hint' }).click();
    await checks.getByText('Hint 1 of 4.').waitFor();
    await checks.getByRole('button', { name: 'Next hint' }).click();
    await checks.getByText('Hint 2 of 4.').waitFor();
  });

  test('shows what a save would change, from the table by keyboard', async () => {
    await tab.getByRole('tab', { name: 'Table' }).focus();
    await tab.keyboard.press('ArrowLeft');
    expect(await tab.getByRole('tab', { selected: true }).textContent()).toBe('What a save would change');
    const panel = tab.getByRole('tabpanel', { name: 'What a save would change' });
    await panel.getByText('Nothing: your current file is deployed.').waitFor();
    await tab.keyboard.press('ArrowRight');
    expect(await tab.getByRole('tab', { selected: true }).textContent()).toBe('Table');
  });

  test('the ring turns green after the repair, without a reload', async () => {
    await tab.evaluate('window.stayed = true');
    const RoleName = deployed.functions.find(({ label }) => label === 'SendMessage')?.role;
    const PolicyDocument = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'execute-api:ManageConnections', Resource: '*' }],
    });
    await new IAMClient(room.account.client).send(
      new PutRolePolicyCommand({ RoleName, PolicyName: 'Post', PolicyDocument }),
    );
    await say('hello again');
    await tab.locator(`${postRing}[data-said="allowed"]`).waitFor();
    await tab.locator('#why').getByText('all allowed').waitFor();
    await tab.locator('#path h2', { hasText: '1 person got it' }).waitFor();
    expect(await tab.evaluate('window.stayed')).toBe(true);
  });

  test('rows without a socket are marked', async () => {
    const TableName = deployed.tables[0]?.name;
    await new DynamoDBClient(room.account.client).send(
      new PutItemCommand({ TableName, Item: { connectionId: { S: 'AAAAAAAAAAAAAAA=' }, name: { S: 'Ghost' } } }),
    );
    const ghost = tab.getByRole('row', { name: /AAAAAAAAAAAAAAA=/ });
    await ghost.getByText('no socket').waitFor();
    expect(await tab.getByRole('row', { name: /Ada/ }).getByText('no socket').count()).toBe(0);
  });

  test('on AWS it shows what can be read, and says what only the practice account can show', async () => {
    const target: Target = { ...room.target, kind: 'aws' };
    const lab = findLab('02-lambda-permissions');
    const console = new Console({ root: room.root, lab, target: async () => target, isTold: false });
    const page = await servePage({ ...pageFolders(room.root), room: room.address, lab: lab.id, console });
    const other = await visit(browser, page.consoleUrl);
    await other.locator('[data-route="$connect"]').waitFor();
    await other.locator('#room').getByText('Only the practice account reports events', { exact: false }).waitFor();
    expect(await other.locator('[data-gate^="call"][data-said="granted"]').count()).toBeGreaterThan(0);
    expect(await other.locator('[data-said="refused"]').count()).toBe(0);
    await other.locator('#logs').getByText('AccessDeniedException', { exact: false }).first().waitFor();
    await other.locator('#checks .checks').waitFor({ timeout: 60_000 });
    expect(await violations(other)).toEqual([]);
    await other.context().close();
    console.close();
    await page.close();
  });

  test('markup in a message stays text', async () => {
    const markup = '<img src=x onerror="window.ran=1">';
    await say(markup);
    expect(await tab.locator('main img').count()).toBe(0);
    expect(await tab.evaluate('window.ran')).toBeUndefined();
  });

  test.each([
    ['light', { viewport: { width: 1440, height: 900 } }],
    ['dark', { viewport: { width: 1440, height: 900 }, colorScheme: 'dark' as const }],
    ['forced colors', { viewport: { width: 1280, height: 800 }, forcedColors: 'active' as const }],
    ['a wide screen', { viewport: { width: 2560, height: 1200 } }],
    ['two columns', { viewport: { width: 1240, height: 900 } }],
    ['one column', { viewport: { width: 1200, height: 900 } }],
    ['a tablet', { viewport: { width: 820, height: 1180 } }],
    ['a phone', { viewport: { width: 360, height: 740 } }],
  ])('has no accessibility violations and fits: %s', async (name, options) => {
    const other = await open(options);
    await other.locator('#path .step').first().waitFor();
    await other.locator('#checks .checks').waitFor();
    if (process.env.SHOTS) await other.screenshot({ path: `${process.env.SHOTS}/${name}.png`, fullPage: true });
    expect(await violations(other)).toEqual([]);
    expect(await other.evaluate('document.documentElement.scrollWidth')).toBe(options.viewport.width);
    // On a phone, the picture scrolls, and the bar has more lines.
    if (options.viewport.width > 640) {
      expect(await beyondScroller(other)).toEqual([]);
      expect((await other.locator('h1').boundingBox())?.height).toBeLessThan(30);
      expect(await linesOf(other, '.top .pill, .top .button')).toBe(1);
    }
    await other.context().close();
  });

  test("nothing violates the page's security policy, and nothing throws", () => {
    expect(complaints).toEqual([]);
  });
});

/** The parts of the picture that are cut off at its right edge. */
function beyondScroller(tab: Tab): Promise<string[]> {
  return tab.evaluate<string[]>(`(() => {
    const scroller = document.querySelector('.scroller');
    const right = (part) => part.getBoundingClientRect().right;
    return [...scroller.querySelectorAll('*')].filter((part) => right(part) > right(scroller)).map((part) => part.getAttribute('class'));
  })()`);
}

/** How many lines these elements are on: elements of one line have the same middle. */
function linesOf(tab: Tab, selector: string): Promise<number> {
  return tab.evaluate<number>(`new Set([...document.querySelectorAll('${selector}')].map((part) => {
    const { top, bottom } = part.getBoundingClientRect();
    return Math.round((top + bottom) / 2);
  })).size`);
}
