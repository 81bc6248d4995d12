import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

/** What ties a control to its label and its error. */
export interface Control {
    id: string;
    "aria-describedby"?: string;
    "aria-invalid"?: boolean;
}

interface FieldProps {
    label: string;
    error?: string | undefined;
    hint?: string | undefined;
    children: (control: Control) => ComponentChildren;
}

/** A label with its control, and what is wrong with it. */
export function Field({ label, error, hint, children }: FieldProps) {
    const id = useId();
    const about = error ?? hint;
    return (
        <div class="field">
            <label for={id}>{label}</label>
            {children({ id, ...about !== undefined && { "aria-describedby": `${id}-about` }, ...error !== undefined && { "aria-invalid": true } })}
            {about !== undefined && <p id={`${id}-about`} class={error === undefined ? "hint" : "error"} role={error === undefined ? undefined : "alert"}>{about}</p>}
        </div>
    );
}

interface SuggestProps {
    value: string;
    onValue: (value: string) => void;
    values: readonly string[];
    [attribute: string]: unknown;
}

/** A text that often is one of these. */
export function Suggest({ value, onValue, values, ...others }: SuggestProps) {
    const id = useId();
    return (
        <>
            <input {...others} type="text" value={value} list={id} onInput={event => onValue(event.currentTarget.value)} />
            <datalist id={id}>{values.map(each => <option key={each} value={each} />)}</datalist>
        </>
    );
}
