import type { Bytes, Result } from '../contract/index.ts';
import { ok } from '../contract/index.ts';
import type { Style } from './encodings.ts';
import type { CurlOption } from './options.ts';
import type { Piece } from './pieces.ts';
import { bytesOfPieces } from './pieces.ts';
import { refusal } from './recorded.ts';

/** Longer bodies, and those a config line cannot hold, go through a file that exists while curl runs. */
const INLINE_BODY = 60_000;

const LATIN1 = `  $latin1 = [Text.Encoding]::GetEncoding(28591)
  function plain([string]$text) { $latin1.GetString([Text.Encoding]::UTF8.GetBytes($text)) }
  function quoted([string]$text) { (plain $text).Replace('\\', '\\\\').Replace('"', '\\"').Replace("\`n", '\\n').Replace("\`r", '\\r') }
  function base64([string]$text) { [Convert]::ToBase64String($latin1.GetBytes($text)) }`;

/**
 * Writes a curl command for Windows PowerShell 5.1 and PowerShell 7.
 *
 * The two quote the arguments of a program differently and encode what goes down a pipe differently. So nothing that matters is
 * an argument or goes down a pipe: the options are a curl config whose bytes are written to curl's standard input by .NET, which
 * is the same in both. The script is ASCII: other bytes stand as numbers, so neither its own encoding nor the clipboard counts.
 * Secrets come from environment variables and are never parsed again.
 *
 * @see https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_quoting_rules
 */
export function writePowershell(switches: readonly string[], options: readonly CurlOption[], body: readonly Piece[], names: readonly string[]): Result<string> {
  const bytes = bytesOfPieces(body);
  const filed = bytes.includes('\0') || bytes.length > INLINE_BODY;
  if (filed && body.some((piece) => !('literal' in piece))) {
    return refusal(bytes.includes('\0') ? 'The body holds a NUL and a secret: curl reads a NUL from a file only, and a secret is not written to one.' : 'The body is too long for a line of a curl config and holds a secret, which is not written to a file.', 'Use the command for sh.');
  }
  const styles: Style[] = [];
  const expression = (pieces: readonly Piece[], prefix: string, suffix: string): string => {
    const parts: string[] = [];
    let text = prefix;
    for (const piece of pieces) {
      if ('literal' in piece) text += escaped(piece.literal);
      else {
        parts.push(literalText(text), substitution(piece, styles));
        text = '';
      }
    }
    return [...parts, literalText(text + suffix)].join(' + ');
  };
  const lines = options.map(({ name, value }) => (value ? expression(value, `${name} = "`, '"') : literalText(name)));
  if (filed) lines.push(`'data-binary = "@' + (quoted $file) + '"'`);
  else if (body.length > 0) lines.push(expression(body, 'data-raw = "', '"'));
  return ok([
    '& {',
    ...(names.length === 0 ? [] : [`  foreach ($name in ${names.map((name) => `'${name}'`).join(', ')}) { if (-not [Environment]::GetEnvironmentVariable($name)) { throw "$name is not set" } }`]),
    LATIN1,
    ...styles.map((style, index) => encoder(functionName(index), style)),
    ...(filed ? ['  $file = [IO.Path]::GetTempFileName()', `  [IO.File]::WriteAllBytes($file, [Convert]::FromBase64String('${btoa(bytes)}'))`] : []),
    '  $config = @(',
    ...lines.map((line) => `    ${line}`),
    '  ) -join "`n"',
    '  $start = New-Object Diagnostics.ProcessStartInfo',
    '  $start.FileName = (Get-Command curl -CommandType Application -TotalCount 1).Path',
    `  $start.Arguments = '${switches.join(' ')} --config -'`,
    '  $start.UseShellExecute = $false',
    '  $start.RedirectStandardInput = $true',
    '  if ([Console]::InputEncoding.GetPreamble().Length) { [Console]::InputEncoding = New-Object Text.UTF8Encoding $false }',
    '  $curl = [Diagnostics.Process]::Start($start)',
    '  $bytes = $latin1.GetBytes($config)',
    '  $curl.StandardInput.BaseStream.Write($bytes, 0, $bytes.Length)',
    '  $curl.StandardInput.BaseStream.Close()',
    '  $curl.WaitForExit()',
    ...(filed ? ['  Remove-Item -LiteralPath $file'] : []),
    '}',
  ].join('\n'));
}

const configEscapes: Readonly<Record<string, string>> = { '\t': '\\t', '\n': '\\n', '\v': '\\v', '\r': '\\r', '"': '\\"', '\\': '\\\\' };
const escaped = (bytes: Bytes): Bytes => bytes.replace(/[\t\n\v\r"\\]/g, (c) => configEscapes[c] ?? c);

/** A string expression: single quotes, in which only the quote itself means anything, and numbers for what is no ASCII text. */
function literalText(bytes: Bytes): string {
  const runs = bytes.match(/[ -~]+|[^ -~]/g) ?? [];
  const parts = runs.map((run) => (/^[ -~]/.test(run) ? `'${run.replaceAll("'", "''")}'` : `[char]${run.charCodeAt(0)}`));
  // The first operand decides what + means.
  return parts[0]?.startsWith('[') === true || parts.length === 0 ? ["''", ...parts].join(' + ') : parts.join(' + ');
}

const functionName = (index: number): string => `encoded${index === 0 ? '' : index + 1}`;

function encoderOf(style: Style, styles: Style[]): string {
  const known = styles.findIndex((one) => one.keep === style.keep && one.space === style.space && one.lower === style.lower);
  return functionName(known === -1 ? styles.push(style) - 1 : known);
}

function encoder(name: string, { keep, space, lower }: Style): string {
  const kept = keep.replaceAll("'", "''");
  const other = `'%{0:${lower ? 'x2' : 'X2'}}' -f $byte`;
  return `  function ${name}([string]$text) { -join $(foreach ($byte in [Text.Encoding]::UTF8.GetBytes($text)) { $c = [string][char]$byte; if ($c -cmatch '\\A[A-Za-z0-9]\\z' -or '${kept}'.Contains($c)) { $c } ${space === '+' ? "elseif ($byte -eq 32) { '+' } " : ''}else { ${other} } }) }`;
}

function substitution(piece: Exclude<Piece, { literal: Bytes }>, styles: Style[]): string {
  if ('variable' in piece) {
    const { variable: { name }, style } = piece;
    return style === 'plain' ? `(quoted $env:${name})` : `(${encoderOf(style, styles)} $env:${name})`;
  }
  const { user, password, style } = piece.basic;
  const secret = style === 'plain' ? `(plain $env:${password.name})` : `(${encoderOf(style, styles)} $env:${password.name})`;
  return `(base64 (${literalText(`${user}:`)} + ${secret}))`;
}
