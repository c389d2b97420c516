import { afterAll, expect, test } from 'vitest';
import { openConsole } from '../console/console-room.ts';
import { connect } from '../sandbox/execute-api/client.ts';
import { violations } from './accessibility.ts';
import { describeInBrowser } from './describe-browser.ts';
import { visit } from './visitor.ts';

describeInBrowser("the console of lab 3's solution", async (browser) => {
  const room = await openConsole('solution', '03-no-auth');
  afterAll(() => room.close());

  test("explains a stranger's handshake, and one with an invalid token", async () => {
    const tab = await visit(browser, room.page.consoleUrl);
    await tab.locator('[data-route="$connect"]').waitFor();
    await expect(connect(room.address)).rejects.toMatchObject({ status: 401 });
    const why = tab.locator('#why');
    await why.getByText('the request has no query parameter “token”', { exact: false }).waitFor();
    expect(await why.getByRole('heading').textContent()).toContain('Rejected by the authorizer');
    const steps = () => tab.locator('#path .what').allTextContents();
    expect(await steps()).toEqual([
      expect.stringContaining('asks to connect'),
      expect.stringContaining('Authorizer isn’t invoked'),
      expect.stringContaining('is rejected, 401'),
    ]);
    await expect(connect(`${room.address}?token=mine`)).rejects.toMatchObject({ status: 403 });
    await why.getByText('Authorizer denies it.').waitFor();
    expect((await steps()).join('\n')).toMatch(
      /asks to connect with \?token.*asks Authorizer about.*invoke Authorizer.*Authorizer (starts|runs).*Authorizer denies it.*is rejected, 403/s,
    );
    expect(await tab.locator('body').textContent()).not.toContain('mine');
    expect(await violations(tab)).toEqual([]);
    await tab.context().close();
  });
});
