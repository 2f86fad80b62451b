/**
 * A whole page load on purpose: cookies, colour and rooms all change with who is signed in.
 * The path comes from the server, which only lets paths of our own through.
 */
export function leaveTo(path: string): void {
  window.location.assign(path);
}
