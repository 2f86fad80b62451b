"use client";

import { useId, type InputHTMLAttributes, type ReactNode, type TextareaHTMLAttributes } from "react";
import { describedBy, Field } from "./field";
import { useField } from "./form-context";

export interface FieldTexts {
  label: string;
  hint?: ReactNode;
  error?: ReactNode;
  aside?: ReactNode;
  /** Admin density: 30 px. */
  small?: boolean;
}

export type TextFieldProps = FieldTexts &
  Omit<InputHTMLAttributes<HTMLInputElement>, "size"> & {
    /** Makes the value a number in what is sent. */
    kind?: "number";
    /** Inside the field at its right end. */
    end?: ReactNode;
  };

export function TextField({
  label,
  hint,
  error,
  aside,
  small,
  kind,
  end,
  className,
  ...input
}: TextFieldProps) {
  const own = useId();
  const id = input.id ?? own;
  const form = useField(input.name, id, label);
  const problem = error ?? form.error;
  const control = (
    <input
      type="text"
      {...input}
      id={id}
      data-kind={kind}
      inputMode={input.inputMode ?? (kind === "number" ? "decimal" : undefined)}
      className={`input ${small ? "small" : ""} ${end ? "has-end" : ""} ${className ?? ""}`}
      aria-invalid={problem ? true : undefined}
      aria-describedby={describedBy(id, hint, problem)}
    />
  );
  return (
    <Field id={id} label={label} hint={hint} error={problem} aside={aside}>
      {end ? (
        <div className="inwrap">
          {control}
          {end}
        </div>
      ) : (
        control
      )}
    </Field>
  );
}

type TextAreaProps = FieldTexts & TextareaHTMLAttributes<HTMLTextAreaElement>;

export function TextArea({ label, hint, error, aside, small, className, ...input }: TextAreaProps) {
  const own = useId();
  const id = input.id ?? own;
  const form = useField(input.name, id, label);
  const problem = error ?? form.error;
  return (
    <Field id={id} label={label} hint={hint} error={problem} aside={aside}>
      <textarea
        rows={3}
        {...input}
        id={id}
        className={`input ${small ? "small" : ""} ${className ?? ""}`}
        aria-invalid={problem ? true : undefined}
        aria-describedby={describedBy(id, hint, problem)}
      />
    </Field>
  );
}

/** The browser's own date picker: it speaks the reader's language, works by keyboard and needs no script. */
export function DateField(props: Omit<TextFieldProps, "type" | "kind" | "end">) {
  return <TextField {...props} type="date" className="num" />;
}
