// The frame of the window stands in index.html. It is on the screen with the first frame; the second one means it has been drawn,
// and only then the rest is read, which would have kept it waiting.
requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => void import('./start.ts'))));
