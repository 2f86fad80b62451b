"use client";

import { lazy, Suspense, useSyncExternalStore } from "react";

interface ToastMessage {
  message: string;
  tone?: "plain" | "bad";
  action?: { label: string; onClick: () => void };
}

/* Pages say things rarely, so the machinery (Base UI's toast) loads with the first word. Until it is there the
   messages wait in this queue. */
let waiting: ToastMessage[] = [];
let deliver: ((toast: ToastMessage) => void) | null = null;
let used = false;
const listeners = new Set<() => void>();

export function connectToasts(handler: (toast: ToastMessage) => void): () => void {
  deliver = handler;
  waiting.forEach(handler);
  waiting = [];
  return () => {
    deliver = null;
  };
}

function showToast(toast: ToastMessage): void {
  if (deliver) return deliver(toast);
  waiting.push(toast);
  used = true;
  listeners.forEach((listener) => listener());
}

export function useToast(): (toast: ToastMessage) => void {
  return showToast;
}

const ToastRegion = lazy(() => import("./toast-region").then((module) => ({ default: module.ToastRegion })));

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** Once, in the root layout. */
export function Toaster() {
  const on = useSyncExternalStore(
    subscribe,
    () => used,
    () => false,
  );
  return on ? (
    <Suspense fallback={null}>
      <ToastRegion />
    </Suspense>
  ) : null;
}
