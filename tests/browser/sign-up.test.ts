import { CognitoIdentityProviderClient, UpdateUserPoolCommand } from '@aws-sdk/client-cognito-identity-provider';
import {
  AddPermissionCommand,
  CreateFunctionCommand,
  DeleteFunctionCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import { strToU8, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { createRole } from '../sandbox/execute-api/deployed-api.ts';
import { describeInBrowser } from './describe-browser.ts';
import { enterCode, shownCode, signIn, signUp, submitSignUp, testSignInRoom } from './sign-in-room.ts';
import { button, connected, field, visit } from './visitor.ts';

describeInBrowser('signing up for the room', async (browser) => {
  const room = await testSignInRoom();
  const { url } = room.page;

  test('missing fields and policy violations are reported field by field, in words', async () => {
    const tab = await visit(browser, url);
    await button(tab, 'Sign up').click();
    await tab.keyboard.press('Enter');
    expect(await tab.getByRole('alert').allTextContents()).toEqual([
      'Please choose a username.',
      'Please enter your email address.',
      'Please choose a password.',
    ]);
    expect(await tab.evaluate('document.activeElement.id')).toBe('sign-up-username');
    await field(tab, 'Username').fill('edsger');
    await field(tab, 'Email').fill('edsger@example.com');
    await field(tab, 'Password').fill('abc');
    await tab.keyboard.press('Enter');
    await tab.getByText('That password is too short. Choose a longer one, of three or four words.').waitFor();
    await cognito().send(
      new UpdateUserPoolCommand({
        UserPoolId: room.userPoolId,
        AutoVerifiedAttributes: ['email'],
        Policies: { PasswordPolicy: { MinimumLength: 12, RequireUppercase: true } },
      }),
    );
    await field(tab, 'Password').fill('lower-case-horse');
    await tab.keyboard.press('Enter');
    await tab.getByText('The password needs an uppercase letter.').waitFor();
    expect(await tab.evaluate('document.activeElement.id')).toBe('sign-up-password');
  });

  test('a rejected address is explained next to its field', async () => {
    const lambda = new LambdaClient(room.account.client);
    const { FunctionArn } = await lambda.send(
      new CreateFunctionCommand({
        FunctionName: 'gate',
        Role: await createRole(room.account, 'gate'),
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Code: {
          ZipFile: zipSync({
            'index.js': strToU8("exports.handler = async () => { throw new Error('Employees only'); };"),
          }),
        },
      }),
    );
    await lambda.send(
      new AddPermissionCommand({
        FunctionName: 'gate',
        StatementId: 'cognito',
        Action: 'lambda:InvokeFunction',
        Principal: 'cognito-idp.amazonaws.com',
      }),
    );
    const pool = { UserPoolId: room.userPoolId, AutoVerifiedAttributes: ['email' as const] };
    await cognito().send(new UpdateUserPoolCommand({ ...pool, LambdaConfig: { PreSignUp: FunctionArn } }));
    const tab = await visit(browser, url);
    await submitSignUp(tab, 'mallory', 'mallory@freemail.example');
    await tab.getByText('Employees only.', { exact: true }).waitFor();
    expect(await tab.evaluate('document.activeElement.id')).toBe('sign-up-email');
    await lambda.send(new DeleteFunctionCommand({ FunctionName: 'gate' }));
    await tab.keyboard.press('Enter');
    await tab.getByText("Nobody can sign up now: the function that decides doesn't answer.").waitFor();
    await cognito().send(new UpdateUserPoolCommand(pool));
  });

  test('an unconfirmed user is taken to the confirmation when signing in; a wrong code is reported and a new one can be requested', async () => {
    const tab = await signUp(browser, url, 'barbara');
    await tab.reload();
    await signIn(tab, 'barbara');
    const first = await shownCode(tab);
    await field(tab, 'Code').fill(first === '000000' ? '000001' : '000000');
    await tab.keyboard.press('Enter');
    await tab.getByText("That's not the code.", { exact: false }).waitFor();
    await button(tab, 'Send a new code').click();
    await expect.poll(() => shownCode(tab)).not.toBe(first);
    expect(await field(tab, 'Code').inputValue()).toBe('');
    expect(await tab.evaluate('document.activeElement.id')).toBe('confirm-code');
    expect(await tab.getByText("That's not the code.", { exact: false }).isVisible()).toBe(false);
    await enterCode(tab);
    await connected(tab);
    const other = await visit(browser, url);
    await submitSignUp(other, 'barbara', 'other@example.com');
    await other.getByText('That username is taken.', { exact: false }).waitFor();
  });

  function cognito() {
    return new CognitoIdentityProviderClient(room.account.client);
  }
});
