import type { Cause } from '../cause.ts';
import { codeExpired } from './code-expired.ts';
import { codeReused } from './code-reused.ts';
import { codeInvalid } from './code-invalid.ts';
import { codeInvalidOrExpired } from './code-invalid-or-expired.ts';
import { codeWrongClient } from './code-wrong-client.ts';
import { redirectUriMismatchToken } from './redirect-uri-mismatch-token.ts';
import { redirectUriNotRegistered } from './redirect-uri-not-registered.ts';
import { redirectUriMismatchAny } from './redirect-uri-mismatch-any.ts';
import { redirectUriMissing } from './redirect-uri-missing.ts';
import { pkceMismatch } from './pkce-mismatch.ts';
import { pkceVerifierMissing } from './pkce-verifier-missing.ts';
import { pkceUnexpectedVerifier } from './pkce-unexpected-verifier.ts';
import { pkceRequired } from './pkce-required.ts';
import { pkceMalformed } from './pkce-malformed.ts';
import { clientSecretInvalid } from './client-secret-invalid.ts';
import { clientSecretExpired } from './client-secret-expired.ts';
import { clientSecretMissing } from './client-secret-missing.ts';
import { clientSecretUnexpected } from './client-secret-unexpected.ts';
import { clientUnknown } from './client-unknown.ts';
import { clientCredentialsRejected } from './client-credentials-rejected.ts';
import { clientAuthMethodWrong } from './client-auth-method-wrong.ts';
import { clientAuthEncoding } from './client-auth-encoding.ts';
import { clientTypeMismatch } from './client-type-mismatch.ts';
import { clientDisabled } from './client-disabled.ts';
import { grantTypeNotAllowed } from './grant-type-not-allowed.ts';
import { unsupportedGrantType } from './unsupported-grant-type.ts';
import { refreshExpired } from './refresh-expired.ts';
import { refreshExpiredInactive } from './refresh-expired-inactive.ts';
import { refreshInvalid } from './refresh-invalid.ts';
import { refreshInvalidOrRevoked } from './refresh-invalid-or-revoked.ts';
import { refreshRevoked } from './refresh-revoked.ts';
import { refreshReused } from './refresh-reused.ts';
import { refreshWrongClient } from './refresh-wrong-client.ts';
import { refreshConcurrent } from './refresh-concurrent.ts';
import { refreshLimit } from './refresh-limit.ts';
import { refreshScope } from './refresh-scope.ts';
import { signinFrequencyPolicy } from './signin-frequency-policy.ts';
import { reauthRequired } from './reauth-required.ts';
import { sessionEnded } from './session-ended.ts';
import { credentialChanged } from './credential-changed.ts';
import { userDisabled } from './user-disabled.ts';
import { userIncomplete } from './user-incomplete.ts';
import { userNotInTenant } from './user-not-in-tenant.ts';
import { userNotAssigned } from './user-not-assigned.ts';
import { consentMissing } from './consent-missing.ts';
import { mfaOrPolicyInteraction } from './mfa-or-policy-interaction.ts';
import { policyBlocked } from './policy-blocked.ts';
import { userDenied } from './user-denied.ts';
import { userPasswordWrong } from './user-password-wrong.ts';
import { appAccessRestricted } from './app-access-restricted.ts';
import { wrongTenant } from './wrong-tenant.ts';
import { wrongEnvironment } from './wrong-environment.ts';
import { wrongAccountType } from './wrong-account-type.ts';
import { clockSkew } from './clock-skew.ts';
import { scopeInvalid } from './scope-invalid.ts';
import { missingParameter } from './missing-parameter.ts';
import { requestMalformed } from './request-malformed.ts';
import { valueAltered } from './value-altered.ts';
import { tokenEndpointWrong } from './token-endpoint-wrong.ts';
import { tokenEndpointRedirected } from './token-endpoint-redirected.ts';
import { assertionClaims } from './assertion-claims.ts';
import { dpopBinding } from './dpop-binding.ts';
import { serverStateLost } from './server-state-lost.ts';
import { rateLimited } from './rate-limited.ts';
import { grantUnspecified } from './grant-unspecified.ts';
import { serverError } from './server-error.ts';

/** Every cause there is, each from its own file. The order has no meaning; the judge ranks. */
export const causes: readonly Cause[] = [
  codeExpired, codeReused, codeInvalid, codeInvalidOrExpired, codeWrongClient,
  redirectUriMismatchToken, redirectUriNotRegistered, redirectUriMismatchAny, redirectUriMissing, pkceMismatch,
  pkceVerifierMissing, pkceUnexpectedVerifier, pkceRequired, pkceMalformed, clientSecretInvalid,
  clientSecretExpired, clientSecretMissing, clientSecretUnexpected, clientUnknown, clientCredentialsRejected,
  clientAuthMethodWrong, clientAuthEncoding, clientTypeMismatch, clientDisabled, grantTypeNotAllowed,
  unsupportedGrantType, refreshExpired, refreshExpiredInactive, refreshInvalid, refreshInvalidOrRevoked,
  refreshRevoked, refreshReused, refreshWrongClient, refreshConcurrent, refreshLimit,
  refreshScope, signinFrequencyPolicy, reauthRequired, sessionEnded, credentialChanged,
  userDisabled, userIncomplete, userNotInTenant, userNotAssigned, consentMissing,
  mfaOrPolicyInteraction, policyBlocked, userDenied, userPasswordWrong, appAccessRestricted,
  wrongTenant, wrongEnvironment, wrongAccountType, clockSkew, scopeInvalid,
  missingParameter, requestMalformed, valueAltered, tokenEndpointWrong, tokenEndpointRedirected,
  assertionClaims, dpopBinding, serverStateLost, rateLimited, grantUnspecified,
  serverError,
];
