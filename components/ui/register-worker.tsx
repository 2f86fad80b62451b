"use client";

import { useEffect } from "react";

/** The worker keeps the pages a person has read, so that they can be read again without a connection. */
export function RegisterWorker() {
  useEffect(() => {
    if (process.env.NODE_ENV !== "production" || !("serviceWorker" in navigator)) return;
    navigator.serviceWorker.register("/sw.js").catch(() => undefined);
  }, []);
  return null;
}
