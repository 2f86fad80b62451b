// Imported before the embedded API, which reads these once while it loads.
process.env.LITE_TELEMETRY = "0";
process.env.NEXT_TELEMETRY_DISABLED = "1";
process.env.EXPERIMENTAL_STORAGE = "1";
