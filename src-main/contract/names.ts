import type { CommandName, NoticeName } from './commands.ts';

// Apart from the schemas, so that the preload script (loaded before every page) does not carry a schema library.
const commands = {
  'app.info': true, 'app.openExternal': true, 'app.theme': true,
  'environment.list': true, 'environment.save': true, 'environment.duplicate': true, 'environment.remove': true, 'environment.restore': true,
  'environment.discover': true, 'environment.presets': true, 'environment.fromPreset': true, 'environment.check': true, 'redirect.certificate': true,
  'key.prepare': true, 'key.list': true,
  'run.start': true, 'run.cancel': true, 'run.continue': true, 'run.act': true, 'run.list': true, 'run.open': true, 'run.remove': true, 'run.restore': true, 'run.removeMany': true, 'run.restoreMany': true,
  'run.copyAuthorizationUrl': true,
  'renewal.list': true, 'renewal.stop': true, 'renewal.resume': true,
  'measure.plan': true, 'measure.start': true, 'measure.stop': true, 'measure.continue': true, 'measure.status': true, 'timeline.codeLimit': true,
  'import.preview': true, 'import.keep': true, 'import.cancel': true,
  'diagnosis.explain': true, 'diagnosis.lint': true, 'diagnosis.lintRun': true, 'secret.reveal': true, 'export.curl': true,
  'compare.open': true, 'compare.copy': true, 'compare.save': true,
  'export.preview': true, 'export.copy': true, 'export.save': true, 'environment.saveFile': true, 'environment.openFile': true, 'environment.keepFile': true,
  'find.start': true, 'find.cancel': true, 'clipboard.copyText': true, 'vault.retry': true, 'vault.reset': true,
} satisfies Record<CommandName, true>;

/** The names of all commands, without their schemas. */
export const commandNames: ReadonlySet<string> = new Set(Object.keys(commands));

const notices = {
  'run-event': true, 'runs-changed': true, 'environments-changed': true, 'vault-changed': true, 'notice': true, 'renewal-changed': true, 'show-refusal': true, 'command-wanted': true, 'find-progress': true,
} satisfies Record<NoticeName, true>;

/** The names of all notices. */
export const noticeNames = Object.keys(notices) as readonly NoticeName[];
