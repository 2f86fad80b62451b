// The same start with Next's development server and a worker that reloads.
process.argv.splice(2, 0, "dev");
await import("./start");
