export const RUN_HELP = `Usage: grantscope run ENVIRONMENT|FILE [--open system|print] [--json] [--secret-env NAME] [--then WHAT]…

Runs an authorization-code flow, prints each step and at the end the run with its diagnosis. No secret is printed.

  ENVIRONMENT  name or id of an environment of the app. The run is kept in the app's history. "Practice provider" needs no provider at all.
  FILE         an exported environment: a word that ends in .json or holds a path separator, or "-" for standard input. Such a run is kept
               nowhere. The smallest file (docs/environment.schema.json has every member):
               {"format":"grantscope-environment","version":1,"name":"Staging",
                "provider":{"kind":"discovery","issuer":"https://issuer.example"},"client":{"id":"my-client"}}

Options:
  --open system      open the system's browser (the default)
  --open print       print the authorization URL on a line of its own and wait for the callback; whoever opens it completes the run
  --secret-env NAME  the client secret is in this environment variable. Without it GRANTSCOPE_CLIENT_SECRET is used where it is set, else
                     the secret the app has stored. A secret is never an argument.
  --json             one JSON object a line: {"event"} for each event of the run as it happens (secrets as [kind length #fingerprint]),
                     {"authorizationUrl"} (the bare URL goes to standard error as well), {"note"}, {"problem"}, and last
                     {"run":{"id","environment","startedAt","outcome","steps","tokens","refusals"},"diagnosis"}; "diagnosis" is null or
                     {"error","headline","provider","exchangeId","causes":[{"id","verdict","why","evidence":[{"entry","where","text"}],"fix"}]}
  --then WHAT        what to do after the code has arrived; may be repeated, and is done in the order given:
      refresh          spend the refresh token
      revoke           revoke the refresh token, or the access token where there is none
      introspect       ask the provider about the access token
      reuse-code       redeem the code once more
      wrong-redirect   redeem a code with another redirect URI
      wrong-verifier   redeem a code with another PKCE verifier
      wrong-secret     redeem a code with another client secret
      reuse-refresh    spend a refresh token that was already rotated away (refreshes first where none was)
      refresh-revoked  revoke the refresh token, then spend it
      wait:N           wait N seconds (0 to 86400)

When the code is redeemed: as soon as it has arrived and before everything else, with two exceptions.
  - wait:N at the beginning holds the code for N seconds, unless refresh, revoke, introspect, reuse-refresh or refresh-revoked comes next:
    then the code is redeemed at once and the tokens wait.
  - wrong-redirect, wrong-verifier or wrong-secret at the beginning (or after such a wait) is done with the very code that has arrived, in place
    of its right redemption. Anywhere else they need a code that nobody has redeemed: the browser goes a second time, and with
    --open print a second URL is printed.

Examples:
  grantscope run "Practice provider" --open print --then reuse-code
  GRANTSCOPE_CLIENT_SECRET=… grantscope run staging.json --open print --json --then wait:70        an expired code
  grantscope run staging.json --then wait:30 --then refresh --then reuse-refresh                   a rotated refresh token

Exit codes:
  0  tokens came, and what was asked for afterwards was done
  1  a grant was refused, at the redirect or the token endpoint, on purpose or not
  2  anything else: the command line or file was not understood, no answer, a time limit, Ctrl-C
`;
