/** Ctrl or Cmd, as everywhere several things are chosen; Shift as well, since the lists have no ranges. */
export const asksToMark = (event: Pick<MouseEvent, 'ctrlKey' | 'metaKey' | 'shiftKey'>): boolean => event.ctrlKey || event.metaKey || event.shiftKey;
