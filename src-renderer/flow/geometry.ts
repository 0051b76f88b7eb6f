/** Where things stand in the drawing, in CSS pixels from its left edge. */
export interface Geometry { left: number; right: number; drawing: number; x(lane: number): number }

const TIME = 62;
const RESULT = 104;

/** Time at the left, status and duration at the right, the lanes evenly between. */
export function geometryOf(width: number, lanes: number): Geometry {
  const drawing = Math.max(160, width - TIME - RESULT);
  return { left: TIME, right: RESULT, drawing, x: (lane) => Math.round(TIME + (drawing * (lane + 0.5)) / lanes) };
}
