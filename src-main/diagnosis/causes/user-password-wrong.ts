import { grantTypeOf } from '../case/token-request.ts';
import { atParameter } from '../evidence.ts';
import { defineCause } from '../cause.ts';

export const userPasswordWrong = defineCause({
  id: 'user_password_wrong', family: 'user', scope: 'any',
  title: 'User name or password is wrong',
  fix: 'Correct the user’s name or password; accounts with a second factor cannot use the password grant.',
  unknowable: 'The password cannot be judged from here.',
  examine: (c) => (c.request === null ? [] : grantTypeOf(c.request) === 'password' ? (c.error.error === 'invalid_grant' ? [atParameter(56, c.request, 'password', 'The password grant answers invalid_grant for a wrong user name or password.', { source: 'https://www.rfc-editor.org/rfc/rfc6749#section-5.2' })] : []) : [atParameter(-60, c.request, 'grant_type', 'The request sends no user name and password.')]),
});
