import { defineCause } from '../cause.ts';

export const consentMissing = defineCause({
  id: 'consent_missing', family: 'user', scope: 'any',
  title: 'Consent for the scopes was never given or is no longer there',
  fix: 'Authorize again with prompt=consent, or have an administrator consent.',
  unknowable: 'Consent is known to the provider alone.',
});
