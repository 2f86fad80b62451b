"use client";

import { useId, type InputHTMLAttributes, type ReactNode } from "react";
import { describedBy } from "./field";
import { useField } from "./form-context";
import { Glyph } from "./glyph";
import { circleAlert } from "./icon-paths";

type BoxProps = Omit<InputHTMLAttributes<HTMLInputElement>, "type"> & { label: string; hint?: ReactNode };

function useBox(props: BoxProps) {
  const own = useId();
  const id = props.id ?? own;
  return { id, error: useField(props.name, id, props.label).error };
}

export function Checkbox({ label, hint, ...input }: BoxProps & { kind?: "list" }) {
  const { id, error } = useBox({ label, ...input });
  const { kind, ...rest } = input;
  return (
    <div>
      <label className="check">
        <input
          {...rest}
          type="checkbox"
          id={id}
          data-kind={kind}
          aria-invalid={error ? true : undefined}
          aria-describedby={describedBy(id, null, error)}
        />
        <span>
          {label}
          {hint && <span className="sm muted block">{hint}</span>}
        </span>
      </label>
      {error && (
        <p className="error" id={`${id}-error`}>
          <Glyph path={circleAlert} size="s" />
          {error}
        </p>
      )}
    </div>
  );
}

export function Switch({ label, hint, ...input }: BoxProps) {
  const { id } = useBox({ label, ...input });
  return (
    <label className="switch">
      <span>
        {label}
        {hint && <span className="sm muted block">{hint}</span>}
      </span>
      <input {...input} type="checkbox" role="switch" id={id} />
    </label>
  );
}
