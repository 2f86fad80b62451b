"use client";

import { useId, type ReactNode, type SelectHTMLAttributes } from "react";
import { describedBy, Field } from "./field";
import { useField } from "./form-context";
import { Glyph } from "./glyph";
import { chevronDown } from "./icon-paths";
import type { FieldTexts } from "./text-field";

export interface Choice {
  value: string;
  label: string;
  hint?: ReactNode;
  disabled?: boolean;
}

type SelectProps = FieldTexts & {
  choices: readonly Choice[];
} & SelectHTMLAttributes<HTMLSelectElement>;

export function Select({ label, hint, error, aside, small, choices, className, ...select }: SelectProps) {
  const own = useId();
  const id = select.id ?? own;
  const form = useField(select.name, id, label);
  const problem = error ?? form.error;
  return (
    <Field id={id} label={label} hint={hint} error={problem} aside={aside}>
      <div className="selectwrap">
        <select
          {...select}
          id={id}
          className={`input ${small ? "small" : ""} ${className ?? ""}`}
          aria-invalid={problem ? true : undefined}
          aria-describedby={describedBy(id, hint, problem)}
        >
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value} disabled={choice.disabled}>
              {choice.label}
            </option>
          ))}
        </select>
        <Glyph path={chevronDown} />
      </div>
    </Field>
  );
}
