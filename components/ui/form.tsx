"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import { Button, type ButtonSize, type ButtonVariant } from "./button";
import { FormContext } from "./form-context";
import { readForm, type FormValues } from "./form-values";
import { Notice } from "./notice";
import type { Method } from "./request";
import { checkValues, type Schema } from "./schema";
import { useToast } from "./toast";
import { useLeaveWarning } from "./use-leave-warning";
import { useSend } from "./use-send";

interface FormProps<Result = unknown> {
  path: string;
  method?: Method;
  /** Names the result: "Save 9,581 rows". */
  submit: string;
  submitVariant?: ButtonVariant;
  size?: ButtonSize;
  children?: ReactNode;
  /** Beside the submit button, such as a way back. */
  secondary?: ReactNode;
  /** Sent along with what was entered. */
  extra?: FormValues;
  body?: (values: FormValues) => unknown;
  /**
   * Checked in the browser first; any Standard Schema, such as a contract's zod object. A function fetches it with the
   * first sending: on a page for members the schema library would weigh more than the form.
   */
  schema?: Schema | (() => Promise<Schema>);
  onSent?: (data: Result) => void;
  /** Said in a toast once it is sent. */
  done?: string;
  /** Where to go next; without it the page's data is read again. */
  next?: string;
  stay?: boolean;
  warnOnLeave?: boolean;
  className?: string;
  label?: string;
}

export function Form<Result = unknown>(props: FormProps<Result>) {
  const { path, method = "POST", submit, size = "medium", children, secondary, extra, body, schema } = props;
  const t = useTranslations("ui.form");
  const router = useRouter();
  const toast = useToast();
  const { send, sending, problem, setProblem } = useSend<Result>();
  const [dirty, setDirty] = useState(false);
  const [fields, setFields] = useState<Record<string, { id: string; label: string }>>({});
  const summary = useRef<HTMLDivElement>(null);
  const form = useRef<HTMLFormElement>(null);
  useLeaveWarning(Boolean(props.warnOnLeave) && dirty && !sending);

  const register = useCallback((name: string, field: { id: string; label: string }) => {
    setFields((known) => ({ ...known, [name]: field }));
    return () => setFields(({ [name]: _gone, ...rest }) => rest);
  }, []);
  const errors = problem?.fields;
  const state = useMemo(() => ({ errors: errors ?? {}, sending, register }), [errors, sending, register]);

  useEffect(() => {
    if (problem) summary.current?.focus();
  }, [problem]);

  async function submitForm(event: React.FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const values = { ...extra, ...readForm(event.currentTarget) };
    const content = body ? body(values) : values;
    // Without it the server still checks, and says the same.
    const known = typeof schema === "function" ? await schema().catch(() => null) : schema;
    const found = known ? await checkValues(known, content) : {};
    if (Object.keys(found).length > 0) {
      setProblem({ message: "", fields: found, requestId: null, code: "invalid" });
      return;
    }
    const sent = await send(path, content, method);
    if (!sent) return;
    setDirty(false);
    props.onSent?.(sent.data);
    if (props.done) toast({ message: props.done });
    if (props.next) router.push(props.next);
    else if (!props.stay) router.refresh();
  }

  const listed = Object.entries(errors ?? {});
  return (
    <FormContext.Provider value={state}>
      <form
        ref={form}
        className={props.className ?? "stack gap-4"}
        aria-label={props.label}
        // Pressed before the page is alive, React keeps the press and calls this later. Without it the browser would
        // send the form itself: the page came back, nothing was done, and a password could have stood in the address.
        action={() => form.current?.requestSubmit()}
        // React empties a form after such a call; what was typed stays until it is known to be right.
        onReset={(event) => event.preventDefault()}
        noValidate
        onSubmit={submitForm}
        onChange={() => setDirty(true)}
      >
        {problem && (
          <Notice
            tone="bad"
            ref={summary}
            title={listed.length > 0 ? t("problems", { count: listed.length }) : problem.message}
          >
            {listed.length > 0 && (
              <ul>
                {listed.map(([name, message]) => (
                  <li key={name}>
                    {fields[name] ? (
                      <a className="text-current underline underline-offset-2" href={`#${fields[name].id}`}>
                        {fields[name].label}: {message}
                      </a>
                    ) : (
                      message
                    )}
                  </li>
                ))}
              </ul>
            )}
            {problem.requestId && listed.length === 0 && (
              <p className="sm">{t("reference", { reference: problem.requestId })}</p>
            )}
          </Notice>
        )}
        {children}
        <div className={size === "small" ? "row justify-end" : "stack"}>
          {size === "small" && secondary}
          <Button
            type="submit"
            variant={props.submitVariant ?? "primary"}
            size={size}
            wide={size !== "small"}
            busy={sending}
          >
            {submit}
          </Button>
          {size !== "small" && secondary}
        </div>
      </form>
    </FormContext.Provider>
  );
}
