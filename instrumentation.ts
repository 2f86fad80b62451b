/** Runs once when the server starts, before the first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const [{ env }, { recordPeerAddress }] = await Promise.all([
    import("@/lib/kernel/env"),
    import("@/lib/http/peer-address"),
  ]);
  // Reading any value checks all of them: a wrong environment stops here with a sentence, not at some request.
  void env.appUrl;
  recordPeerAddress();
}
