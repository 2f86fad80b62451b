// Preloaded into the app and the worker, and so into what they fork: when the start that made them is gone, even by
// kill -9, they go too.
if (process.channel) {
  process.on("disconnect", () => {
    process.kill(process.pid, "SIGTERM");
    setTimeout(() => process.exit(1), 10_000).unref();
  });
  // The start's own child may end when it has nothing left to do. A fork may be waiting for its first message.
  if (process.env.PORTICO_PARENT === String(process.ppid)) process.channel.unref();
}
