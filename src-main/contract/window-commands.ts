/**
 * Everything a person can do in the window by a key, the palette or the menu: name, group, keys. The one list of shortcuts: the window
 * acts on it and shows it, the native menu takes its labels and accelerators from it. What a command does is in src-renderer/commands/.
 */
interface WindowCommand {
  title: string;
  group: CommandGroup;
  /** `mod` is Ctrl, on a Mac Command. The first is the one that is shown. */
  keys?: readonly string[];
  /** Also while a text field has the focus; such a key must mean nothing to a text field. */
  inText?: true;
  /** Drawn and acted on by Electron itself: the role. */
  role?: 'zoomIn' | 'zoomOut' | 'resetZoom' | 'togglefullscreen';
}

export const COMMAND_GROUPS = ['File', 'Edit', 'View', 'Run', 'Tokens', 'Developer', 'Help'] as const;
export type CommandGroup = (typeof COMMAND_GROUPS)[number];

export const windowCommands = {
  'environment.new': { title: 'New environment…', group: 'File', keys: ['mod+n'], inText: true },
  'environment.edit': { title: 'Edit environment…', group: 'File', keys: ['mod+shift+e'], inText: true },
  'environment.duplicate': { title: 'Duplicate environment', group: 'File', keys: ['mod+shift+d'], inText: true },
  'environment.delete': { title: 'Delete environment', group: 'File', keys: ['mod+shift+backspace'] },
  'import.open': { title: 'Import…', group: 'File', keys: ['mod+i'], inText: true },
  'export.open': { title: 'Export…', group: 'File', keys: ['mod+e'], inText: true },
  'export.run': { title: 'Export this run…', group: 'File', keys: ['mod+shift+x'], inText: true },

  'edit.undo': { title: 'Undo the last deletion', group: 'Edit', keys: ['mod+z'] },
  'run.delete': { title: 'Delete this run', group: 'Edit', keys: ['mod+backspace'] },
  'run.delete-all': { title: 'Delete all runs of this environment', group: 'Edit' },
  'find.inside': { title: 'Find in the inspector', group: 'Edit', keys: ['mod+f'], inText: true },
  'find.open': { title: 'Find in all runs…', group: 'Edit', keys: ['mod+shift+f'], inText: true },
  'copy.curl': { title: 'Copy as curl', group: 'Edit', keys: ['mod+shift+c'], inText: true },

  'palette.open': { title: 'Command palette…', group: 'View', keys: ['mod+k'], inText: true },
  'run.next': { title: 'Next run', group: 'View', keys: ['alt+arrowdown'] },
  'run.previous': { title: 'Previous run', group: 'View', keys: ['alt+arrowup'] },
  'step.next': { title: 'Next step', group: 'View', keys: ['alt+arrowright'] },
  'step.previous': { title: 'Previous step', group: 'View', keys: ['alt+arrowleft'] },
  'environment.home': { title: 'Show the environment', group: 'View', keys: ['mod+shift+h'], inText: true },
  'theme.system': { title: 'Theme: as the system', group: 'View' },
  'theme.light': { title: 'Theme: light', group: 'View' },
  'theme.dark': { title: 'Theme: dark', group: 'View' },
  'zoom.in': { title: 'Zoom in', group: 'View', keys: ['mod+plus'], role: 'zoomIn' },
  'zoom.out': { title: 'Zoom out', group: 'View', keys: ['mod+-'], role: 'zoomOut' },
  'zoom.reset': { title: 'Actual size', group: 'View', keys: ['mod+0'], role: 'resetZoom' },
  'view.fullscreen': { title: 'Full screen', group: 'View', keys: ['f11'], role: 'togglefullscreen' },

  'run.start': { title: 'Run', group: 'Run', keys: ['mod+enter'], inText: true },
  'run.tracing': { title: 'Run in tracing browser', group: 'Run', keys: ['mod+shift+t'], inText: true },
  'run.options': { title: 'Run with options…', group: 'Run', keys: ['mod+shift+enter'], inText: true },
  'run.cancel': { title: 'Cancel the run', group: 'Run', keys: ['mod+.'], inText: true },
  'run.provoke': { title: 'Provoke a failure…', group: 'Run', keys: ['mod+p'], inText: true },
  'run.refusal': { title: 'Show the last refusal', group: 'Run', keys: ['mod+shift+y'], inText: true },
  'run.compare': { title: 'Compare with…', group: 'Run', keys: ['mod+d'], inText: true },
  'run.all': { title: 'Run in all environments…', group: 'Run' },
  'run.copy-url': { title: 'Copy the authorization URL', group: 'Run', keys: ['mod+shift+u'], inText: true },

  'token.refresh': { title: 'Refresh', group: 'Tokens', keys: ['mod+r'], inText: true },
  'token.refresh-scope': { title: 'Refresh with another scope…', group: 'Tokens' },
  'token.userinfo': { title: 'Ask UserInfo', group: 'Tokens', keys: ['mod+u'], inText: true },
  'token.introspect': { title: 'Introspect…', group: 'Tokens', keys: ['mod+shift+i'], inText: true },
  'token.revoke': { title: 'Revoke…', group: 'Tokens', keys: ['mod+shift+k'], inText: true },
  'token.call': { title: 'Call an API…', group: 'Tokens', keys: ['mod+shift+a'], inText: true },
  'token.logout': { title: 'Log out', group: 'Tokens', keys: ['mod+shift+o'], inText: true },

  'help.shortcuts': { title: 'Keyboard shortcuts', group: 'Help', keys: ['?', 'mod+/'] },
  'help.first-steps': { title: 'Show the first steps again', group: 'Help' },
} as const satisfies Record<string, WindowCommand>;

export type WindowCommandId = keyof typeof windowCommands;

/** The same list with its members optional, for reading. */
export const windowCommand = (id: WindowCommandId): WindowCommand => windowCommands[id];
export const WINDOW_COMMAND_IDS = Object.keys(windowCommands) as readonly WindowCommandId[];
export type { WindowCommand };

export interface Chord { mod: boolean; shift: boolean; alt: boolean; key: string }

/** @param keys as in the list: modifiers, then one key, joined by `+` */
export function chordOf(keys: string): Chord {
  const parts = keys.split('+');
  return { mod: parts.includes('mod'), shift: parts.includes('shift'), alt: parts.includes('alt'), key: parts.at(-1) ?? '' };
}
