"use client";

import { createContext, useContext, useEffect } from "react";

interface FormState {
  errors: Record<string, string>;
  sending: boolean;
  register(name: string, field: { id: string; label: string }): () => void;
}

export const FormContext = createContext<FormState | null>(null);

/** What a field needs to know of the form around it; outside a form it stands alone. */
export function useField(name: string | undefined, id: string, label: string): { error: string | undefined } {
  const form = useContext(FormContext);
  const register = form?.register;
  useEffect(
    () => (register && name ? register(name, { id, label }) : undefined),
    [register, name, id, label],
  );
  return { error: name ? form?.errors[name] : undefined };
}
