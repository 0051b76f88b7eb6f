export const HELP = `Grantscope: run, see and debug OAuth 2.0 authorization-code flows.

Usage:
  grantscope diagnose [--json] FILE…
  grantscope run ENVIRONMENT|FILE [--open system|print] [--json] [--secret-env NAME] [--then WHAT]…
  grantscope --help

Commands:
  diagnose    say why a token request was refused
  run         run a flow and say what came of it

Say "grantscope COMMAND --help" for one command.
`;

export const DIAGNOSE_HELP = `Usage: grantscope diagnose [--json] FILE…

Reads HAR files, curl or PowerShell commands with their answer, or raw HTTP messages, and says why the token request in them was refused:
every cause as likely, possible, ruled out or unknowable, with the evidence. "-" reads standard input. In a HAR, the last refused token
request is the failure and what comes before it (authorization redirect, callback, earlier requests) is its context.

Nothing is sent, no shell is run, no other file is read. Secrets in the files are not printed.

  --json    one line for each file, in order:
            {"file","error","causes":[{"id","verdict","why","evidence":[{"entry","where","text"}],"fix"}]}
            verdict: likely | possible | ruled-out | unknowable; causes best first; ids are listed in docs/causes.md
            "error" is the OAuth error, null where nothing was refused; "problem" is added where a file could not be read

Exit codes:
  0   every file was read (also where a refusal was found)
  2   a file could not be read or holds nothing readable
  64  the command line was not understood
`;
