import { defineCause } from '../cause.ts';

export const clientSecretExpired = defineCause({
  id: 'client_secret_expired', family: 'client', scope: 'any',
  title: 'The client secret has expired',
  fix: 'Create a new client secret at the provider and store it in the environment.',
  unknowable: 'When the secret expires is known to the provider alone.',
});
