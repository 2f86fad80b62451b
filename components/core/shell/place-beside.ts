const gap = 8;

/** Below what it belongs to while there is more room there, else beside it, upwards. */
export function placeBeside(box: HTMLElement, anchor: HTMLElement): void {
  const at = anchor.getBoundingClientRect();
  const { innerWidth: width, innerHeight: height } = window;
  if (at.top < height / 2) {
    box.style.top = `${at.bottom + gap}px`;
    box.style.right = `${Math.max(gap, width - at.right)}px`;
    box.style.maxHeight = `${height - at.bottom - 2 * gap}px`;
  } else {
    box.style.bottom = `${Math.max(gap, height - at.bottom)}px`;
    box.style.left = `${at.right + 2 * gap}px`;
    box.style.maxHeight = `${at.bottom - gap}px`;
  }
}
